"""What a catalogue file must obey; every mistake is reported, not only the first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from spatial.errors import Finding

KINDS = ("count", "density", "proportion", "rate", "ratio", "balance", "supply", "mean", "model")
_TEXTS = ("id", "name_de", "name_en", "kind", "numerator", "unit", "source", "interpretation", "limits")
_OPTIONAL = {"denominator", "theme", "version", "modelled", "min_numerator", "min_denominator", "per", "polarity"}
_ID = re.compile(r"[A-Z]{2,4}[0-9]{2,3}")
_FLOOR_NUMERATOR, _FLOOR_DENOMINATOR = 3, 100
_GROUPS = ("proportion", "rate", "ratio", "balance")  # kinds whose denominator is a group of persons or households
_SHAPES: Mapping[str, type] = {"themes": dict, "sources": dict, "defaults": dict, "views": dict, "indicator": list}


def catalogue_findings(raw: Mapping[str, Any], *, known: Mapping[str, frozenset[str]]) -> tuple[Finding, ...]:
    """Every mistake of a catalogue file (Befunde).

    Parameters
    ----------
    raw : the parsed TOML
    known : ids, themes and sources that an underlying catalogue already defines

    >>> known = {"ids": frozenset(), "themes": frozenset(), "sources": frozenset()}
    >>> [f.code for f in catalogue_findings({}, known=known)]
    ['catalogue.version.missing', 'catalogue.empty']
    """
    raw, misshapen = _well_shaped(raw)
    found = [] if raw.get("version") else [Finding("catalogue.version.missing")]
    found += misshapen
    entries = raw.get("indicator", [])
    if not entries:
        return (*found, *([] if misshapen else [Finding("catalogue.empty")]))
    found += _source_findings(raw)
    found += _id_findings(entries, known["ids"])
    themes = known["themes"] | set(raw.get("themes", {}))
    sources = known["sources"] | set(raw.get("sources", {}))
    defaults = raw.get("defaults", {})
    for number, entry in enumerate(entries, 1):
        where = (str(entry.get("id", f"#{number}")),)
        found += _entry_findings({**defaults, **entry}, where)
        found += _reference_findings(entry, where, themes=themes, sources=sources)
    found += _view_findings(raw, known["ids"] | {str(e.get("id")) for e in entries})
    return tuple(found)


def _well_shaped(raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[Finding]]:
    """The sections that can be looked at further, and a finding for each that has another form than it should."""
    kept, wrong = {}, []
    for name, value in raw.items():
        if name == "version":
            fits = isinstance(value, (str, int, float)) and not isinstance(value, bool)
        else:
            fits = name in _SHAPES and isinstance(value, _SHAPES[name]) and _inner_shape(name, value)
        if fits:
            kept[name] = value
        else:
            wrong.append(name)
    return kept, [Finding("catalogue.shape", where=(name,)) for name in wrong]


def _inner_shape(name: str, value: Any) -> bool:
    inner = value.values() if isinstance(value, dict) else value
    kinds: dict[str, Any] = {"themes": str, "sources": dict, "defaults": object, "views": list, "indicator": dict}
    if not all(isinstance(one, kinds[name]) for one in inner):
        return False
    deeper = [text for one in inner for text in (one if name == "views" else one.values() if name == "sources" else ())]
    return all(isinstance(text, str) for text in deeper)


def _source_findings(raw: Mapping[str, Any]) -> list[Finding]:
    wanted = {"name", "legal_basis", "reference", "period"}
    found = []
    for key, table in raw.get("sources", {}).items():
        wrong = sorted(wanted ^ set(table))
        if wrong:
            found.append(Finding("catalogue.source.fields", where=(key,), values={"fields": wrong}))
        elif table["reference"] not in ("date", "period"):
            found.append(Finding("catalogue.source.reference", where=(key,), values={"value": table["reference"]}))
    return found


def _id_findings(entries: list[Mapping[str, Any]], known: frozenset[str]) -> list[Finding]:
    ids = [str(entry["id"]) for entry in entries if "id" in entry]
    twice = tuple(key for key, times in Counter(ids).items() if times > 1 or key in known)
    found = [Finding("catalogue.id.duplicate", where=twice)] if twice else []
    odd = tuple(key for key in ids if not _ID.fullmatch(key))
    return found + ([Finding("catalogue.id.form", where=odd)] if odd else [])


def _entry_findings(entry: Mapping[str, Any], where: tuple[str, ...]) -> list[Finding]:
    found = []
    missing = [name for name in _TEXTS if not isinstance(entry.get(name), str) or not entry[name]]
    if not isinstance(entry.get("denominator", ""), str) or (
        entry.get("kind") != "count" and not entry.get("denominator")
    ):
        missing.append("denominator")
    if missing:
        found.append(Finding("catalogue.field.missing", where=where, values={"fields": missing}))
    unknown = sorted(set(entry) - set(_TEXTS) - _OPTIONAL)
    if unknown:
        found.append(Finding("catalogue.field.unknown", where=where, values={"fields": unknown}))
    if "kind" in entry and entry["kind"] not in KINDS:
        found.append(Finding("catalogue.kind.unknown", where=where, values={"value": entry["kind"]}))
    return found + _number_findings(entry, where)


def _number_findings(entry: Mapping[str, Any], where: tuple[str, ...]) -> list[Finding]:
    found = []
    if isinstance(entry.get("polarity"), bool) or entry.get("polarity") not in (-1, 0, 1):
        found.append(Finding("catalogue.polarity", where=where, values={"value": entry.get("polarity")}))
    per = entry.get("per")
    if isinstance(per, bool) or not isinstance(per, (int, float)) or not 0 < per < float("inf"):
        found.append(Finding("catalogue.per", where=where, values={"value": per}))
    floor = entry.get("min_numerator", _FLOOR_NUMERATOR)
    if isinstance(floor, bool) or not isinstance(floor, int) or floor < _FLOOR_NUMERATOR:
        values = {"value": floor, "limit": _FLOOR_NUMERATOR}
        found.append(Finding("catalogue.min_numerator", where=where, values=values))
    group, least = (
        entry.get("min_denominator", _FLOOR_DENOMINATOR),
        _FLOOR_DENOMINATOR if entry.get("kind") in _GROUPS else 1,
    )
    if isinstance(group, bool) or not isinstance(group, int) or group < least:
        found.append(Finding("catalogue.min_denominator", where=where, values={"value": group, "limit": least}))
    if not isinstance(entry.get("modelled", False), bool):
        found.append(Finding("catalogue.modelled", where=where, values={"value": entry["modelled"]}))
    return found


def _reference_findings(
    entry: Mapping[str, Any], where: tuple[str, ...], *, themes: frozenset[str], sources: frozenset[str]
) -> list[Finding]:
    found = []
    theme = str(entry.get("theme", str(entry.get("id", "")).rstrip("0123456789")))
    if theme not in themes:
        found.append(Finding("catalogue.theme.unknown", where=where, values={"value": theme}))
    if isinstance(entry.get("source"), str) and entry["source"] and entry["source"] not in sources:
        found.append(Finding("catalogue.source.unknown", where=where, values={"value": entry["source"]}))
    return found


def _view_findings(raw: Mapping[str, Any], ids: frozenset[str]) -> list[Finding]:
    unknown = {key: sorted(set(view) - ids) for key, view in raw.get("views", {}).items()}
    return [
        Finding("catalogue.view.unknown", where=(key,), values={"ids": names})
        for key, names in unknown.items()
        if names
    ]
