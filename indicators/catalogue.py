"""The catalogue of indicators (Indikatorenkatalog): definitions are data, only formulas are code."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

from indicators.catalogue_rules import catalogue_findings
from spatial.errors import Finding, InputError, blocking
from spatial.fingerprint import digest

Kind = Literal["count", "density", "proportion", "rate", "ratio", "balance", "supply", "mean", "model"]
Polarity = Literal[-1, 0, 1]
PERSON_KINDS = frozenset({"count", "proportion", "rate", "ratio", "balance"})


@dataclass(frozen=True)
class Source:
    """A statistic or register that counts come from (Quelle), with its legal basis and reference time."""

    key: str
    name: str
    legal_basis: str
    reference: Literal["date", "period"]
    period: str


@dataclass(frozen=True)
class Indicator:
    """One indicator as the catalogue defines it (Indikator).

    Attributes
    ----------
    id : stable key such as ``EIN02``; its counts are the columns ``EIN02_num`` and ``EIN02_den``
    kind : what numerator and denominator are to each other; decides the interval
    per : factor of the printed value, for example 100 for percent
    polarity : −1 higher is more burden, 1 higher is better, 0 context
    min_numerator, min_denominator : smallest counts that may leave the house
    modelled : the counts are estimates, not a register
    """

    id: str
    name_de: str
    name_en: str
    theme: str
    kind: Kind
    numerator: str
    denominator: str
    unit: str
    per: float
    polarity: Polarity
    source: Source
    min_numerator: int
    min_denominator: int
    interpretation: str
    limits: str
    version: str
    modelled: bool = False

    @property
    def has_denominator(self) -> bool:
        """Whether the indicator is a quotient; a plain count has none."""
        return self.kind != "count"


@dataclass(frozen=True)
class Catalogue:
    """All indicators in their printed order, found by id.

    >>> standard_catalogue()["EIN02"].name_de
    'Kinderarmut'
    """

    version: str
    indicators: tuple[Indicator, ...]
    themes: Mapping[str, str]
    views: Mapping[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        object.__setattr__(self, "themes", MappingProxyType(dict(self.themes)))
        object.__setattr__(self, "views", MappingProxyType(dict(self.views)))

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.indicators)

    def __len__(self) -> int:
        return len(self.indicators)

    def __contains__(self, indicator_id: object) -> bool:
        return any(indicator.id == indicator_id for indicator in self.indicators)

    def __getitem__(self, indicator_id: str) -> Indicator:
        for indicator in self.indicators:
            if indicator.id == indicator_id:
                return indicator
        raise InputError(Finding("catalogue.indicator.unknown", where=(indicator_id,)))

    def __reduce__(self) -> tuple[Any, ...]:
        return (Catalogue, (self.version, self.indicators, dict(self.themes), dict(self.views)))

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids in printed order."""
        return tuple(indicator.id for indicator in self.indicators)

    @property
    def fingerprint(self) -> str:
        """Changes whenever any definition changes."""
        return digest(self.version, self.indicators)

    def only(self, ids: Iterator[str] | tuple[str, ...] | list[str]) -> Catalogue:
        """The part of the catalogue with these ids, in the order of the catalogue."""
        wanted = set(ids)
        return Catalogue(self.version, tuple(i for i in self.indicators if i.id in wanted), self.themes, self.views)


def catalogue_from_toml(text: str, *, base: Catalogue | None = None) -> Catalogue:
    """Read a catalogue; with ``base`` the file adds indicators of the county (eigene Indikatoren).

    Parameters
    ----------
    text : TOML with the tables ``defaults``, ``themes``, ``sources`` and ``indicator``
    base : catalogue to be extended; its ids, themes and sources are known to the new file

    Raises
    ------
    InputError : with every mistake of the file at once
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(Finding("catalogue.toml.broken", values={"reason": str(error)})) from error
    found = catalogue_findings(raw, known=_known(base))
    if blocking(found):
        raise InputError(*found)
    sources = {**_sources_of(base), **_sources(raw)}
    defaults = {**_DEFAULTS, **raw.get("defaults", {})}
    own = tuple(_indicator({**defaults, **entry}, sources) for entry in raw.get("indicator", []))
    views = {key: tuple(ids) for key, ids in raw.get("views", {}).items()}
    if base is None:
        return Catalogue(str(raw["version"]), own, raw.get("themes", {}), views)
    themes = {**base.themes, **raw.get("themes", {})}
    version = f"{base.version}+{raw['version']}"
    return Catalogue(version, base.indicators + own, themes, {**base.views, **views})


@cache
def standard_catalogue() -> Catalogue:
    """The catalogue that comes with Raumwerk, oriented on KGSt Materialien Nr. 4/2009."""
    return catalogue_from_toml(files("indicators").joinpath("catalogue.toml").read_text(encoding="utf-8"))


_DEFAULTS: dict[str, Any] = {
    "denominator": "", "min_numerator": 3, "min_denominator": 100, "version": "1", "modelled": False
}  # fmt: skip


def _known(base: Catalogue | None) -> dict[str, frozenset[str]]:
    if base is None:
        return {"ids": frozenset(), "themes": frozenset(), "sources": frozenset()}
    return {"ids": frozenset(base.ids), "themes": frozenset(base.themes), "sources": frozenset(_sources_of(base))}


def _sources_of(base: Catalogue | None) -> dict[str, Source]:
    return {indicator.source.key: indicator.source for indicator in base or ()}


def _sources(raw: Mapping[str, Any]) -> dict[str, Source]:
    return {key: Source(key=key, **table) for key, table in raw.get("sources", {}).items()}


def _indicator(entry: Mapping[str, Any], sources: Mapping[str, Source]) -> Indicator:
    values = {name: value for name, value in entry.items() if name not in ("source", "theme")}
    theme = entry.get("theme", entry["id"].rstrip("0123456789"))
    return Indicator(theme=theme, source=sources[entry["source"]], **{**values, "version": str(values["version"])})
