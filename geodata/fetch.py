"""Official files, downloaded once into a cache: resumed, checked, with their licence line (Abruf)."""

from __future__ import annotations

import http.client
import shutil
import tomllib
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.provenance import Provenance, sha256_of
from spatial.errors import Finding, InputError

CATALOGUE = Path(__file__).with_name("sources.toml")
TIMEOUT_S = 30.0
ATTEMPTS = 3
LARGEST_DOWNLOAD = 8 << 30
_CHUNK = 1 << 18
_SCHEMES = ("http", "https")

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Source:
    """One official file: where it is, what it is, and the line that has to stand beside everything made from it."""

    key: str
    title: str
    url: str
    file: str
    licence: str
    sha256: str = ""
    member: str = ""
    reference_date: str = ""


@dataclass(frozen=True)
class Fetched:
    """A file in the cache.

    ``downloaded`` is False where it was there already; ``provenance`` holds address, hash, date and licence.
    """

    path: Path
    source: Source
    provenance: Provenance
    downloaded: bool


def read_sources(path: Path = CATALOGUE) -> dict[str, Source]:
    """The official files that can be fetched, by key.

    >>> sorted(read_sources())
    ['gv100ad', 'vg250_ew', 'zensus2022_100m']
    """
    with path.open("rb") as stream:
        raw = tomllib.load(stream)
    return {key: Source(key, **entry) for key, entry in raw.items()}


def fetch(source: Source, cache: Path, *, progress: Progress | None = None, attempts: int = ATTEMPTS) -> Fetched:
    """Download an official file into the cache, or take it from there; a broken download goes on where it stopped.

    Parameters
    ----------
    source : what to fetch
    cache : folder, made where it is missing
    progress : called with bytes so far and bytes in all (0 = unknown)
    attempts : so often a broken connection is tried again

    Errors
    ------
    InputError : offline, refused, too large, shorter than announced, or another hash than expected
    """
    cache.mkdir(parents=True, exist_ok=True)
    target = cache / source.file
    noted = target.with_name(target.name + ".sha256")
    expected = source.sha256 or (noted.read_text(encoding="ascii").strip() if noted.exists() else "")
    there = target.exists() and sha256_of(target) == expected
    if not there:
        _download(source, target, progress=progress, attempts=attempts)
    digest = sha256_of(target)
    if source.sha256 and digest != source.sha256:
        target.unlink()
        values = {"expected": source.sha256[:12], "found": digest[:12]}
        raise InputError(Finding("fetch.hash", where=(source.file,), values=values))
    noted.write_text(digest + "\n", encoding="ascii")
    origin = Provenance(source.url, "", digest, source.licence, source.reference_date, ("fetch",))
    return Fetched(target, source, origin, not there)


def _download(source: Source, target: Path, *, progress: Progress | None, attempts: int) -> None:
    if urllib.parse.urlsplit(source.url).scheme not in _SCHEMES:
        raise InputError(Finding("fetch.address", where=(source.url,)))
    part = target.with_name(target.name + ".part")
    for attempt in range(1, attempts + 1):
        try:
            _continue(source, part, progress)
        except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
            if _final(error) or attempt == attempts:
                raise InputError(_failure(source, error)) from error
        else:
            part.replace(target)
            return


def _continue(source: Source, part: Path, progress: Progress | None) -> None:
    """Fetch what is still missing; a server that cannot resume sends everything again."""
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(source.url, headers={"Range": f"bytes={have}-"} if have else {})
    try:
        answer = urllib.request.urlopen(request, timeout=TIMEOUT_S)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code != http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise
        part.unlink()
        raise urllib.error.URLError("range") from error
    with answer:
        resumed = answer.status == http.client.PARTIAL_CONTENT
        start = have if resumed else 0
        whole = start + int(answer.headers.get("Content-Length") or 0)
        _refuse_size(source, whole, part)
        with part.open("ab" if resumed else "wb") as sink:
            _copy(answer, sink, start=start, whole=whole, progress=progress)
    if whole > start and part.stat().st_size != whole:
        raise http.client.IncompleteRead(b"", whole - part.stat().st_size)


def _copy(answer: Any, sink: Any, *, start: int, whole: int, progress: Progress | None) -> None:
    done = start
    while piece := answer.read(_CHUNK):
        sink.write(piece)
        done += len(piece)
        if progress is not None:
            progress(done, whole if whole > start else 0)
        if done > LARGEST_DOWNLOAD:
            raise http.client.IncompleteRead(b"")


def _refuse_size(source: Source, size: int, part: Path) -> None:
    free = shutil.disk_usage(part.parent).free
    if size > min(LARGEST_DOWNLOAD, free):
        values = {"gigabytes": size / 2**30, "free": free / 2**30}
        raise InputError(Finding("fetch.too_large", where=(source.file,), values=values))


def _final(error: BaseException) -> bool:
    """Trying again helps against broken connections and busy servers, not against a plain no."""
    return isinstance(error, urllib.error.HTTPError) and error.code < http.client.INTERNAL_SERVER_ERROR


def _failure(source: Source, error: BaseException) -> Finding:
    if isinstance(error, urllib.error.HTTPError):
        return Finding("fetch.refused", where=(source.url,), values={"status": error.code})
    if isinstance(error, http.client.IncompleteRead):
        return Finding("fetch.incomplete", where=(source.url,))
    return Finding("fetch.offline", where=(source.url,))
