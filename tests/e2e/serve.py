"""Start the real server with another first page: ``python -m tests.e2e.serve SCRIPT PORT``."""

from __future__ import annotations

import sys
from pathlib import Path

from streamlit.starlette import App

from ui import server


def main() -> None:
    script, port = Path(sys.argv[1]).resolve(), int(sys.argv[2])
    server.app = App(script, routes=server.app_routes(), middleware=server.app_middleware())
    server.serve(port=port)


if __name__ == "__main__":
    main()
