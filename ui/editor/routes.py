"""The addresses the map asks: shapes by their fingerprint, and the editor's door."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ui.editor.desk_routes import desk_routes
from ui.editor.shape_shelf import packed_shapes


def editor_routes() -> list[BaseRoute]:
    """Everything the map and the editor fetch beside Streamlit's own connection."""
    return [Route("/raumwerk/shapes/{key}", _shapes), *desk_routes()]


async def _shapes(request: Request) -> Response:
    content = packed_shapes(request.path_params["key"])
    if content is None:
        return Response(status_code=404)
    headers = {"Content-Encoding": "gzip", "Cache-Control": "private, max-age=31536000, immutable"}
    return Response(content, media_type="application/octet-stream", headers=headers)
