"""The shapes this server hands out, each kept once for all browsers and asked for by its fingerprint."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict

from spatial.outlines import Outlines
from ui.editor.shape_bytes import shape_bytes

_KEPT = 64
_shelf: OrderedDict[str, bytes] = OrderedDict()
_known: OrderedDict[int, tuple[Outlines, str]] = OrderedDict()
_turn = threading.Lock()


def shape_key(outlines: Outlines) -> str:
    """Put shapes on the shelf and return the key they are asked for by; the same shapes are packed once."""
    with _turn:
        known = _known.get(id(outlines))
        if known is not None and known[0] is outlines and known[1] in _shelf:
            return known[1]
    content = shape_bytes(outlines)
    key = hashlib.sha256(content).hexdigest()[:32]
    with _turn:
        _shelf[key] = content
        _known[id(outlines)] = (outlines, key)
        while len(_shelf) > _KEPT:
            _shelf.popitem(last=False)
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    return key


def packed_shapes(key: str) -> bytes | None:
    """The compressed shapes with this key, None where this server has not drawn them yet."""
    with _turn:
        return _shelf.get(key)
