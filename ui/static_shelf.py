"""Scripts, styles and fonts of the pages from memory, compressed once (Ablage der festen Dateien).

A page opens with more than a hundred small files. Streamlit reads each of them anew through all its layers, which keeps
the server busier than the page itself, and sends its own scripts uncompressed.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FOR_EVER = "public, immutable, max-age=31536000"
_ASK_AGAIN = "no-cache"
_TEXT = ("text/", "application/javascript", "application/json", "image/svg")
_SHORT = 500
_MOST_BYTES = 64_000_000


@dataclass(frozen=True)
class Folder:
    """Files under an address.

    Attributes
    ----------
    address : begins and ends with a slash
    place : the folder on the disk; only files in it, not in folders above, are handed out
    hashed : names change with the content, so browsers need never ask again
    """

    address: str
    place: Path
    hashed: bool = False


@dataclass(frozen=True)
class _Kept:
    changed_ns: int
    plain: bytes
    packed: bytes
    kind: bytes
    tag: bytes


class StaticShelf:
    """ASGI middleware that answers for the files of some folders and passes everything else on.

    Parameters
    ----------
    folders : what is handed out; a file that changes on the disk is read again
    """

    def __init__(self, app: Any, *, folders: tuple[Folder, ...]) -> None:
        self._app = app
        self._files = {
            f"{folder.address}{path.relative_to(folder.place).as_posix()}": (path, folder)
            for folder in folders
            for path in folder.place.rglob("*")
            if path.is_file()
        }
        self._kept: dict[Path, _Kept] = {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer for a file on the shelf; pass everything else on."""
        found = self._files.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        kept = None if found is None else self._read(found[0])
        if found is None or kept is None:
            await self._app(scope, receive, send)
            return
        asked = dict(scope["headers"])
        packed = bool(kept.packed) and b"gzip" in asked.get(b"accept-encoding", b"")
        known = asked.get(b"if-none-match", b"") == kept.tag
        body = b"" if known else kept.packed if packed else kept.plain
        headers = _headers(kept, hashed=found[1].hashed, packed=packed, length=None if known else len(body))
        await send({"type": "http.response.start", "status": 304 if known else 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _read(self, path: Path) -> _Kept | None:
        """The file from memory, read anew where it has changed; None where it is gone."""
        try:
            changed_ns = path.stat().st_mtime_ns
            kept = self._kept.get(path)
            if kept is None or kept.changed_ns != changed_ns:
                kept = _kept(path.read_bytes(), path.name, changed_ns)
                if sum(len(k.plain) + len(k.packed) for k in self._kept.values()) > _MOST_BYTES:
                    self._kept.clear()
                self._kept[path] = kept
        except OSError:
            return None
        return kept


def _kept(content: bytes, name: str, changed_ns: int) -> _Kept:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    kind = "text/javascript" if name.endswith((".js", ".mjs")) else kind
    text = kind.startswith(_TEXT)
    packed = gzip.compress(content, compresslevel=6, mtime=0) if text and len(content) > _SHORT else b""
    tag = f'"{hashlib.sha256(content).hexdigest()[:24]}"'.encode()
    return _Kept(changed_ns, content, packed, f"{kind}; charset=utf-8".encode() if text else kind.encode(), tag)


def _headers(kept: _Kept, *, hashed: bool, packed: bool, length: int | None) -> list[tuple[bytes, bytes]]:
    headers = [
        (b"content-type", kept.kind),
        (b"cache-control", (_FOR_EVER if hashed else _ASK_AGAIN).encode()),
        (b"etag", kept.tag),
        (b"vary", b"Accept-Encoding"),
    ]
    if length is not None:
        headers.append((b"content-length", str(length).encode()))
    if packed:
        headers.append((b"content-encoding", b"gzip"))
    return headers
