"""The web server of the app: Streamlit with our security headers, Leaflet from its package, and the editor's door.

All of these start the same thing: ``raumwerk app``, ``python -m ui.server``, ``streamlit run ui/server.py`` and
``uvicorn ui.server:app``.
"""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # Streamlit finds our component through the project's metadata beside app.py
    sys.path.insert(0, str(ROOT))

import streamlit  # noqa: E402
from starlette.concurrency import run_in_threadpool  # noqa: E402
from starlette.middleware import Middleware  # noqa: E402
from starlette.routing import BaseRoute, Mount  # noqa: E402
from starlette.staticfiles import StaticFiles  # noqa: E402
from streamlit.starlette import App  # noqa: E402
from xstatic.pkg import leaflet  # noqa: E402

from reporting.text_de.editor import PREPARING, SERVER_HELP, SERVING  # noqa: E402
from ui.content_security import SecurityHeaders, content_security_policy, streamlit_index_html  # noqa: E402
from ui.editor.open_projects import bring_layers_up_to_date, keep_for_good  # noqa: E402
from ui.editor.routes import editor_routes  # noqa: E402
from ui.operator_settings import chosen_project, operator_settings  # noqa: E402
from ui.static_shelf import Folder, StaticShelf  # noqa: E402

SCRIPT = ROOT / "app.py"
_ready = threading.Event()
_STATISTICS_AFTER_S = 40.0


def app_routes() -> list[BaseRoute]:
    """Our own addresses beside Streamlit's: the map engine and the editor's operation log."""
    return [Mount("/raumwerk/leaflet", StaticFiles(directory=leaflet.BASE_DIR)), *editor_routes()]


def app_middleware() -> list[Middleware]:
    """Security headers on every answer, with the operator's basemap as the only exception; fixed files from memory."""
    policy = content_security_policy(streamlit_index_html(), basemap_origins=operator_settings().basemap_origins)
    own = [
        Folder(f"/_stcore/bidi-components/raumwerk.{part}/", ROOT / "ui/editor/assets") for part in ("editor", "map")
    ]
    folders = (
        Folder("/static/", Path(streamlit.__file__).parent / "static/static", hashed=True),
        Folder("/raumwerk/leaflet/", Path(leaflet.BASE_DIR)),
        *own,
    )
    return [Middleware(SecurityHeaders, policy=policy), Middleware(StaticShelf, folders=folders)]


@asynccontextmanager
async def warmed(_app: App) -> AsyncIterator[dict[str, Any]]:
    """Load the engine and the embedded county while nobody waits yet; leave the project files complete at the end."""
    threading.Thread(target=_warm_up, daemon=True, name="raumwerk-warm-up").start()
    yield {}
    await run_in_threadpool(bring_layers_up_to_date)


def _warm_up() -> None:
    from ui.cache import sample_counts, sample_workspace, worker  # seconds of imports that the start need not wait for

    try:
        worker()
        if chosen_project() is None:
            sample_workspace()
        keep_for_good()
    finally:
        _ready.set()
    if chosen_project() is None:
        sample_counts()
    later = threading.Timer(_STATISTICS_AFTER_S, _warm_up_statistics)
    later.daemon = True
    later.start()


def _warm_up_statistics() -> None:
    """Load what hot spots and segregation need, a little later than the first pages, which it would slow down.

    The kernels lie compiled on disk since the set-up; where they do not, they are compiled now.
    """
    from indicators.warm_up import warm_up

    warm_up()


app = App(SCRIPT, routes=app_routes(), middleware=app_middleware(), lifespan=warmed)


def serve(*, port: int = 8501, address: str = "localhost") -> None:
    """Start the app and stay until it is stopped."""
    # Streamlit looks for .streamlit/config.toml beside the script that sys.argv names.
    sys.argv = [str(SCRIPT)]
    host = "localhost" if address in ("0.0.0.0", "::") else address
    _say(PREPARING)
    threading.Thread(target=_announce, args=(f"{SERVING}: http://{host}:{port}",), daemon=True).start()
    quiet = {"server.headless": True, "logger.hideWelcomeMessage": True}
    app.run(config={"server.port": port, "server.address": address, **quiet})


def _announce(sentence: str) -> None:
    """Invite to the browser only when the first page stands at once."""
    _ready.wait()
    _say(sentence)


def _say(sentence: str) -> None:
    sys.stdout.write(f"\n  {sentence}\n")
    sys.stdout.flush()


def main() -> None:
    """Entry point of ``python -m ui.server``."""
    options = argparse.ArgumentParser(prog="python -m ui.server", description=SERVER_HELP["description"])
    options.add_argument("--port", type=int, default=8501)
    options.add_argument("--address", default="localhost", help=SERVER_HELP["address"])
    chosen = options.parse_args()
    serve(port=chosen.port, address=chosen.address)


if __name__ == "__main__":
    main()
