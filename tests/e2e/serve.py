"""Start the real server with another first page: ``python -m tests.e2e.serve SCRIPT PORT``."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from streamlit.starlette import App

from ui import server
from ui.editor.open_projects import bring_layers_up_to_date


def main() -> None:
    script, port = Path(sys.argv[1]).resolve(), int(sys.argv[2])
    routes, middleware = server.app_routes(), server.app_middleware()
    server.app = App(script, routes=routes, middleware=middleware, lifespan=_complete_files)
    server.serve(port=port)


@asynccontextmanager
async def _complete_files(_app: App) -> AsyncIterator[dict[str, Any]]:
    """As the real server ends, without its warming up."""
    yield {}
    bring_layers_up_to_date()


if __name__ == "__main__":
    main()
