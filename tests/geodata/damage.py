"""Damages files the way disks, mail gateways and spreadsheets do, from a seed."""

from __future__ import annotations

import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl

from tests.geodata.drawn_blocks import six_blocks


def intact_files(folder: Path) -> list[Path]:
    """One small block file of every kind that is read."""
    frame = six_blocks()
    for suffix in (".gpkg", ".shp", ".fgb"):
        frame.to_file(folder / f"b{suffix}")
    frame.to_crs(4326).to_file(folder / "b.geojson")
    frame.to_parquet(folder / "b.parquet")
    with zipfile.ZipFile(folder / "b.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for suffix in (".shp", ".shx", ".dbf", ".prj"):
            packed.write(folder / f"b{suffix}", f"b{suffix}")
    table = frame.drop(columns="geometry").assign(wkt=["SRID=25832;" + shape.wkt for shape in frame.geometry])
    table.to_csv(folder / "b.csv", sep=";", index=False, encoding="utf-8-sig")
    book = openpyxl.Workbook()
    book.active.append(list(table.columns))
    for row in table.itertuples(index=False):
        book.active.append(list(row))
    book.save(folder / "b.xlsx")
    return sorted(path for path in folder.iterdir() if path.suffix not in (".shx", ".dbf", ".prj", ".cpg"))


def damaged(path: Path, folder: Path, rng: random.Random) -> Path:
    """A damaged copy of a file (of a Shapefile: of one of its parts)."""
    parts = [path]
    if path.suffix == ".shp":
        parts = [path.with_suffix(suffix) for suffix in (".shp", ".shx", ".dbf", ".prj")]
    hit = rng.choice(parts)
    for part in parts:
        target = folder / part.name
        if part == hit:
            target.write_bytes(rng.choice(_DAMAGES)(part.read_bytes(), rng))
        else:
            shutil.copy(part, target)
    return folder / path.name


def _cut(raw: bytes, rng: random.Random) -> bytes:
    return raw[: rng.randrange(len(raw))]


def _flipped(raw: bytes, rng: random.Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(rng.choice((1, 1, 2, 8, 64))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _hole(raw: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(raw))
    size = rng.randrange(1, 600)
    return raw[:start] + rng.choice((b"", b"\x00" * size, b"\xff" * size, rng.randbytes(size))) + raw[start + size :]


def _doubled(raw: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(raw))
    stop = min(start + rng.randrange(1, 400), len(raw))
    return raw[:stop] + raw[start:]


def _numbers(raw: bytes, rng: random.Random) -> bytes:
    wild = rng.choice((b"NaN", b"1e308", b"-1", b"99999999999999999999", b'"', b";", b"\xe4", b"0x1F", b"[[", b"null"))
    digits = [i for i, byte in enumerate(raw) if 48 <= byte <= 57] or [0]
    place = rng.choice(digits)
    return raw[:place] + wild + raw[place + 1 :]


_DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (_cut, _flipped, _flipped, _hole, _doubled, _numbers)
