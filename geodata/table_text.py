"""The text of a table file: encoding and separator found out or given (Zeichensatz und Trennzeichen)."""

from __future__ import annotations

import codecs
import csv
from dataclasses import dataclass
from pathlib import Path

from spatial.errors import Finding, InputError

SEPARATORS = (";", "\t", ",", "|")
LARGEST_TABLE = 1 << 30  # bytes
_SAMPLE_LINES = 50
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class TableText:
    """A table file as text, with how it was read.

    ``encoding`` is ``utf-8``, ``utf-8-sig``, ``utf-16`` or ``cp1252``; ``separator`` one of ``; , tab |``.
    """

    text: str
    encoding: str
    separator: str


def table_text(path: Path, *, encoding: str | None = None, separator: str | None = None) -> TableText:
    """Read a table file; UTF-8 is taken where it fits, otherwise Windows-1252, as Excel writes it in Germany.

    Parameters
    ----------
    encoding, separator : given by the planner; None = find out

    Errors
    ------
    InputError : no file, an empty one, one too large, one that is no text, or not in the given encoding
    """
    raw = _bytes(path)
    if not encoding:
        encoding = next((name for mark, name in _BOMS if raw.startswith(mark)), "")
    if b"\x00" in raw[:4096] and encoding != "utf-16":
        raise InputError(Finding("table.not_text", where=(path.name,)))
    text, used = _decoded(raw, encoding, path.name)
    return TableText(text, used, separator or _separator(text))


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise InputError(Finding("read.file.folder", where=(str(path),)))
    if not path.is_file():
        raise InputError(Finding("read.file.missing", where=(str(path),)))
    size = path.stat().st_size
    if size == 0:
        raise InputError(Finding("read.file.empty", where=(path.name,)))
    if size > LARGEST_TABLE:
        raise InputError(Finding("read.file.too_large", where=(path.name,), values={"gigabytes": size / 2**30}))
    return path.read_bytes()


def _decoded(raw: bytes, encoding: str, name: str) -> tuple[str, str]:
    for candidate in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            return raw.decode(candidate), candidate
        except (UnicodeDecodeError, LookupError):
            continue
    raise InputError(Finding("table.encoding", where=(name,), values={"encoding": encoding or "UTF-8, Windows-1252"}))


def _separator(text: str) -> str:
    """The sign that cuts the first lines into the same number of columns, as many as possible."""
    lines = text.splitlines()[:_SAMPLE_LINES]
    widths = {sign: _widths(lines, sign) for sign in SEPARATORS}
    steady = {sign: w[0] for sign, w in widths.items() if w and len(set(w)) == 1 and w[0] > 1}
    if steady:
        return max(steady, key=lambda sign: (steady[sign], -SEPARATORS.index(sign)))
    return max(SEPARATORS, key=lambda sign: (widths[sign][0] if widths[sign] else 0, -SEPARATORS.index(sign)))


def _widths(lines: list[str], sign: str) -> list[int]:
    try:
        return [len(row) for row in csv.reader(lines, delimiter=sign) if row]
    except csv.Error:
        return []
