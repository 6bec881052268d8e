"""The Content-Security-Policy: no page of the app may load anything from another host (Inhaltsrichtlinie)."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.*-]+(:\d+)?")


def content_security_policy(index_html: str, *, basemap_origins: Sequence[str] = ()) -> str:
    """The header value that lets a page of ours work and nothing else.

    Parameters
    ----------
    index_html : the page that starts the app; the hashes of its inline scripts are allowed
    basemap_origins : origins of the operator's basemap (``https://sgx.geodatenzentrum.de``), for pictures only

    Errors
    ------
    ValueError : an origin that is none, so that no stray text ends up in the header

    >>> policy = content_security_policy("<script>a = 1</script>", basemap_origins=["https://karten.example.de"])
    >>> "img-src 'self' data: blob: https://karten.example.de" in policy, "'unsafe-eval'" in policy
    (True, False)
    """
    wrong = [origin for origin in basemap_origins if not _ORIGIN.fullmatch(origin)]
    if wrong:
        raise ValueError(f"no origin of the form https://host: {wrong}")
    scripts = " ".join(f"'sha256-{_sha256(text)}'" for text in _INLINE_SCRIPT.findall(index_html))
    rules = {
        "default-src": "'self'",
        # Streamlit's front end compiles one WebAssembly module at its start; this allows that and no eval of text.
        "script-src": f"'self' 'wasm-unsafe-eval' {scripts}".strip(),
        # Streamlit's styling library and the component's shadow root write style elements.
        "style-src": "'self' 'unsafe-inline'",
        "img-src": " ".join(["'self' data: blob:", *basemap_origins]),
        "font-src": "'self' data:",
        "media-src": "'self' blob:",
        "worker-src": "'self' blob:",
        "connect-src": "'self'",
        "frame-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def streamlit_index_html() -> str:
    """The page Streamlit starts its app with, as it is installed."""
    return (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


class SecurityHeaders:
    """ASGI middleware that puts the policy and its small sisters on every answer."""

    def __init__(self, app: Any, *, policy: str) -> None:
        self._app = app
        self._headers = [
            (b"content-security-policy", policy.encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"same-origin"),
            (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
        ]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *self._headers]}
            await send(message)

        await self._app(scope, receive, send_with_headers)
