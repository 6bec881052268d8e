"""Fingerprints: equal content, equal fingerprint, whatever the row order or file format."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from spatial.arrays import IntArray
from spatial.blocks import BlockSet
from spatial.contiguity import Contiguity

_CENTIMETRES = 2  # stated rounding: coordinates and lengths to 1 cm, areas to 1 cm²·100


def digest(*parts: Any) -> str:
    """SHA-256 over texts, numbers and arrays in the order given, 16 hex digits.

    >>> digest("a", np.array([1.0])) == digest("a", np.array([1.0]))
    True
    """
    hasher = hashlib.sha256()
    for part in parts:
        raw = part.tobytes() if isinstance(part, np.ndarray) else repr(part).encode()
        hasher.update(len(raw).to_bytes(8, "little") + raw)
    return hasher.hexdigest()[:16]


def county_fingerprint(blocks: BlockSet, contiguity: Contiguity) -> str:
    """Fingerprint of blocks and their neighbourhood in canonical order (by id), rounded to centimetres."""
    order = np.array(sorted(range(len(blocks)), key=blocks.ids.__getitem__), dtype=np.int64)
    keys = [blocks.municipalities[c].key for c in blocks.municipality[order]]
    places = [blocks.places[c].key if c >= 0 else "" for c in blocks.place[order]]
    numbers = (np.round(a[order], _CENTIMETRES) for a in (blocks.area_m2, blocks.perimeter_m, blocks.centroid_m))
    ids = tuple(blocks.ids[i] for i in order)
    return digest(ids, keys, places, blocks.population[order], *numbers, *_edges(contiguity, order))


def _edges(contiguity: Contiguity, order: IntArray) -> tuple[Any, ...]:
    canonical = contiguity.reordered(order)
    lengths = np.round(canonical.border_m, _CENTIMETRES)
    return canonical.edges, lengths, canonical.barrier, canonical.bridge
