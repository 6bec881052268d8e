"""A county's own indicators (eigener Katalog): read, held against what the project counts, kept in the project."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from indicators.catalogue import Catalogue, catalogue_from_toml, standard_catalogue
from spatial.errors import Finding, InputError
from workspace.store import KeptCatalogue, Store


def read_catalogue(path: Path | None) -> Catalogue:
    """The standard catalogue, extended by a county's own file when given.

    Errors
    ------
    InputError : the file is missing or wrong; carries every finding
    """
    if path is None:
        return standard_catalogue()
    if not path.is_file():
        raise InputError(Finding("read.file.missing", where=(str(path),)))
    return _extended(_text_of(path.read_bytes(), path.name))


def catalogue_from_upload(
    content: bytes, name: str, *, taken_at: str = "", taken_by: str = ""
) -> tuple[KeptCatalogue, Catalogue]:
    """A catalogue file as a project keeps it, and the standard catalogue extended by it.

    Errors
    ------
    InputError : with every mistake of the file at once
    """
    text = _text_of(content, name)
    kept = KeptCatalogue(name, text, hashlib.sha256(content).hexdigest(), taken_at, taken_by)
    return kept, _extended(text)


def catalogue_of(store: Store | None) -> Catalogue:
    """The indicators of a project: the standard catalogue with the county's own, where it has any.

    Errors
    ------
    InputError : the kept catalogue does not fit the standard catalogue of this program any more
    StoreError : the project file cannot be used
    """
    kept = store.catalogue() if store is not None else None
    return _extended(kept.content) if kept is not None else standard_catalogue()


def keep_catalogue(store: Store, kept: KeptCatalogue) -> Catalogue:
    """Keep a county's own catalogue in its project, and return all indicators that hold from now on.

    Errors
    ------
    InputError : it is wrong, or lacks indicators whose counts the project holds
    StoreError : the project file cannot be written
    """
    catalogue = _extended(kept.content)
    counts = store.counts()
    orphaned = tuple(key for key in counts.table.indicators if key not in catalogue) if counts is not None else ()
    if orphaned:
        raise InputError(Finding("catalogue.counts.orphaned", where=orphaned))
    store.keep_catalogue(kept)
    return catalogue


def own_indicators(catalogue: Catalogue) -> tuple[str, ...]:
    """Ids of the indicators that a county has added."""
    return tuple(key for key in catalogue.ids if key not in standard_catalogue())


@lru_cache(maxsize=16)
def _extended(text: str) -> Catalogue:
    return catalogue_from_toml(text, base=standard_catalogue())


def _text_of(content: bytes, name: str) -> str:
    """TOML is UTF-8 by its own rule; what was saved otherwise is named, not guessed."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(Finding("catalogue.encoding", where=(name,))) from error
