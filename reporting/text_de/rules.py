"""Broken rules, their reasons and remedies in German: what, where, what now (Verstöße und Abhilfen)."""

from __future__ import annotations

import math
import string
from collections.abc import Iterable, Mapping
from typing import Any

from regionalization.cut_measures import CutPlace
from regionalization.explain import Explanation
from regionalization.violation import Remedy, Violation
from reporting.numbers_de import decimal, share, whole

SHOWN = 5  # block ids shown before „und … weitere“

RULES: Mapping[str, str] = {
    "assigned": "{blocks} {belong} zu keinem Raum: {ids}.",
    "contiguous": "Raum {region} besteht aus {measured} getrennten Teilen; abseits {lie} {blocks}: {ids}.",
    "population": "Raum {region}{in_municipality} hat {measured} Einwohner, {bound} sind {limit}.",
    "municipality": "Raum {region} überschreitet eine Gemeindegrenze; jenseits {lie} {blocks}: {ids}.",
    "region_count": "Verlangt {limit_regions}{in_municipality}, im Zuschnitt {measured_regions}.",
    "locked": "{blocks} {should} in Raum {region} bleiben und {lie} anderswo: {ids}.",
    "keep_together": "{blocks} sollten beisammen bleiben und liegen in {measured} Räumen: {ids}.",
    "keep_apart": "Die Blöcke {ids} sollten getrennt sein und liegen beide in Raum {region}.",
    "place": "Ein Ort sollte ganz bleiben und liegt in {measured} Räumen; er umfasst {blocks}: {ids}.",
    "nested": "Quartier {region} liegt nicht in einem einzigen Sozialraum; jenseits {lie} {blocks}: {ids}.",
}

DEMANDS: Mapping[str, str] = {
    "population": "{subject} hat {measured} Einwohner, {bound} wären {limit}.",
    "region_count": "Verlangt {limit_regions}{in_municipality}, möglich {measured_regions}.",
    "locked": "Diese Blöcke können nicht gemeinsam in einem Raum festgehalten werden: {ids}.",
    "keep_together": "Diese Blöcke können nicht in einem Raum beisammen bleiben: {ids}.",
    "keep_apart": "Die Blöcke {ids} können nicht getrennt werden.",
    "place": "Ein Ort kann nicht ganz bleiben ({blocks}): {ids}.",
}

REASONS: Mapping[str, str] = {
    "municipality_below_minimum": "Die ganze Gemeinde hat weniger Einwohner, als ein Raum haben soll.",
    "piece_below_minimum": "Das abgetrennte Gebiet hat weniger Einwohner, als ein Raum haben soll.",
    "between_counts": "Für einen Raum sind es zu viele Einwohner, für einen weiteren zu wenige.",
    "count_does_not_fit": "Mit der verlangten Zahl von Räumen ist das Einwohnerziel nicht zu erreichen.",
    "block_above_maximum": "Ein einzelner Block hat mehr Einwohner, als ein Raum haben darf.",
    "place_above_maximum": "Der Ort hat mehr Einwohner, als ein Raum haben darf.",
    "separated": "Zwischen ihnen liegt Gebiet ohne Blöcke, über das keine Verbindung führt.",
    "different_municipalities": "Sie liegen in verschiedenen Gemeinden, deren Grenze kein Raum überschreiten darf.",
    "barrier_between": "Zwischen ihnen liegt eine Barriere ohne Übergang.",
    "cut_off": "Jeder Weg zwischen ihnen führt über Blöcke, die von ihnen getrennt sein sollen.",
    "ways_cross": "Einzeln ließe sich die Vorgabe halten. Zusammen mit den anderen kreuzen sich die Wege.",
    "links_above_maximum": "Mehrere Vorgaben halten sie zusammen; das sind {measured} Einwohner, erlaubt {limit}.",
    "held_above_maximum": "Blöcke, die beisammen bleiben sollen, haben mehr Einwohner, als ein Raum haben darf.",
    "apart_needs_more": "Blöcke, die getrennt sein sollen, brauchen mehr Räume.",
    "apart_against_band": "Blöcke, die getrennt sein sollen, brauchen mehr Räume, als das Einwohnerziel zulässt.",
    "counts_disagree": "Die Zahlen für einzelne Gemeinden passen nicht zur Gesamtzahl.",
    "enclosed_by_locked": "Rundum liegen gesperrte Räume, die sie nicht aufnehmen dürfen.",
    "group_above_maximum": "Zusammen haben sie {measured} Einwohner, erlaubt sind {limit}.",
    "locked_into_different_regions": "Sie sind in verschiedenen Räumen festgehalten.",
    "locked_into_one_region": "Sie sind im selben Raum festgehalten.",
    "kept_together": "Eine andere Vorgabe hält sie beisammen.",
    "fewer_than_parts": "Jede Gemeinde und jedes getrennte Gebiet braucht mindestens einen Raum.",
    "more_than_blocks": "Es gibt nicht genug Blöcke für so viele Räume.",
    "proven": "Eine vollständige Suche hat gezeigt, dass es keinen solchen Zuschnitt gibt.",
}

REMEDIES: Mapping[str, str] = {
    "widen_band_maximum": "Obergrenze auf {maximum} Einwohner anheben{only}.",
    "widen_band_minimum": "Untergrenze auf {minimum} Einwohner senken{only}.",
    "join_municipality": "Mit {name} zusammenlegen: {residents} Einwohner, {regions} möglich.",
    "other_count": "Stattdessen {regions} bilden, je etwa {residents} Einwohner.",
    "accept_exception": "Oder als Ausnahme hinnehmen: Dann ist nichts zu tun.",
    "declare_bridge": "Eine Verbindung zum Nachbargebiet eintragen ({residents} Einwohner in {blocks} Blöcken).",
    "divide_block": "Block {block} ({residents} Einwohner) teilen.",
    "set_count": "Die Zahl der Räume auf {count} setzen.",
    "shorten_group": "Weniger Blöcke zusammenhalten (jetzt {residents} Einwohner).",
    "declare_bridge_in_group": "Zwischen ihnen eine Verbindung eintragen.",
    "cut_along_lines": "Den Ort entlang von Bahn, Straße oder Gewässer teilen (Vorgabe „prefer_cuts“).",
    "unlock_regions": "Einen der gesperrten Räume freigeben: {regions_named}.",
    "drop_demand": "Auf diese Vorgabe verzichten.",
}

# What nothing else says; features, proof and stop have sentences of their own.
NOTES: Mapping[str, str] = {
    "no_residents": "Kein Block hat Einwohner: Das Einwohnerziel lässt sich nicht anwenden.",
    "own_demands_close_borders": "Gemeinden mit eigenem Einwohnerziel oder eigener Zahl von Räumen werden für sich "
    "zugeschnitten, auch wo die Grenzen sonst offen sind.",
}


BINDING: Mapping[str, str] = {
    "whole_municipality": "Der Raum ist die ganze Gemeinde.",
    "whole_piece": "Der Raum ist ein abgetrenntes Gebiet der Gemeinde.",
    "near_minimum": "Die Untergrenze bindet: Er kann kaum Einwohner abgeben.",
    "near_maximum": "Die Obergrenze bindet: Er kann kaum Einwohner aufnehmen.",
    "locked": "Blöcke sind in ihm festgehalten.",
    "kept_together": "Blöcke sollen in ihm beisammen bleiben.",
    "kept_apart": "Ein Block soll von einem anderen getrennt bleiben.",
    "barrier": "Eine Barriere begrenzt ihn.",
}

REPAIRS: Mapping[str, str] = {
    "make_contiguous": "Getrennte Teile anschließen",
    "into_band": "In das Einwohnerziel bringen",
    "improve": "Zuschnitt verbessern",
}

STRENGTHS: Mapping[str, str] = {
    "compact": "Kompaktheit",
    "homogeneous": "Gleichartigkeit",
    "balanced": "gleich große Räume",
    "settlements_whole": "ganze Siedlungen",
    "short_borders": "kurze Grenzen",
    "close_to_today": "Nähe zum heutigen Zuschnitt",
}

METHODS: Mapping[str, str] = {
    "annealing": "Suche mit Abkühlung",
    "tree": "Schnitte durch Spannbäume",
    "exact": "Suche mit Beweis",
}


def explanation_sentences(explanation: Explanation, *, among: int = 0) -> tuple[str, ...]:
    """Why a region is as it is, in short sentences.

    Parameters
    ----------
    among : how many regions the plan has, for the places in the ranking; 0 leaves it out
    """
    score, of = explanation.score, f" von {whole(among)}" if among else ""
    shape = f"Kompaktheit {decimal(score.polsby_popper, 2)}: Platz {explanation.compactness_rank}{of}."
    sentences = [f"Raum {score.region} hat {whole(score.residents)} Einwohner{_off_target(score.deviation)}.", shape]
    if explanation.homogeneity_rank:
        place = f"Platz {explanation.homogeneity_rank}{of}"
        sentences.append(f"Sozial einheitlich zu {share(score.homogeneity, 0)} gegenüber dem Kreis ({place}).")
    sentences += [BINDING[code] for code in explanation.binding]
    if explanation.offer is not None:
        offer = explanation.offer
        move = (
            f"Block „{offer.block}“ ({whole(offer.residents)} Einwohner) von Raum {offer.giver} zu Raum {offer.taker}"
        )
        sentences.append(f"Am nächsten an das Ziel führt: {move}; dann {whole(offer.after)} Einwohner.")
    return tuple(sentences)


def _off_target(deviation: float) -> str:
    if not math.isfinite(deviation):
        return ""
    if abs(deviation) < 0.0005:
        return ", genau wie angestrebt"
    return f", {share(abs(deviation))} {'mehr' if deviation > 0 else 'weniger'} als angestrebt"


def cut_place_sentence(place: CutPlace) -> str:
    """Which place is cut, into which regions, whether it had to be, and how far the cut follows lines.

    >>> cut_place_sentence(CutPlace("Rath", "05370004", 2_100, (4, 5), 0.0, False))
    'Rath (2.100 Einwohner) liegt in den Räumen 4 und 5.'
    """
    *first, last = (str(region) for region in place.regions)
    words = [
        f"{place.name} ({whole(place.residents)} Einwohner) liegt in den Räumen {', '.join(first)} und {last}.",
        REASONS["place_above_maximum"] if place.too_large else "",
        "Durch den Ort geht eine Gemeindegrenze, die kein Raum überschreiten darf." if place.on_border else "",
        f"Die Grenze im Ort folgt zu {share(place.along_lines_share, 0)} Bahn, Straße oder Gewässer."
        if place.along_lines_share > 0
        else "",
    ]
    return " ".join(word for word in words if word)


def violation_sentence(violation: Violation, names: Mapping[str, str] | None = None) -> str:
    """What is broken, where, and why it cannot be kept where that is so.

    Parameters
    ----------
    violation : from ``check`` or ``feasibility``
    names : municipality key → name; keys are shown where a name is missing

    >>> violation_sentence(Violation("population", 3, measured=9_200, limit=10_000))
    'Raum 3 hat 9.200 Einwohner, mindestens nötig sind 10.000.'
    >>> violation_sentence(Violation("region_count", measured=2, limit=1))
    'Verlangt ist 1 Raum, im Zuschnitt sind 2 Räume.'
    """
    words = _Words(_violation_words(violation, names or {}))
    templates = RULES if violation.region is not None or not violation.unavoidable else DEMANDS
    sentence = templates.get(violation.rule, RULES.get(violation.rule, "Verstoß gegen die Regel „{rule}“."))
    reason = REASONS.get(violation.reason, "")
    return string.Formatter().vformat(f"{sentence} {reason}".strip(), (), words)


def remedy_sentence(remedy: Remedy, names: Mapping[str, str] | None = None, *, only_in: str = "") -> str:
    """What the planner can do, with its numbers.

    Parameters
    ----------
    only_in : key of the municipality that a wider band would hold for alone; empty = for the whole county

    >>> remedy_sentence(Remedy("widen_band", {"maximum": 16_897}))
    'Obergrenze auf 16.897 Einwohner anheben.'
    >>> remedy_sentence(Remedy("widen_band", {"minimum": 9_164}), {"05370040": "Waldfeucht"}, only_in="05370040")
    'Untergrenze auf 9.164 Einwohner senken, nur für Waldfeucht.'
    >>> remedy_sentence(Remedy("other_count", {"count": 2, "residents": 8_448}))
    'Stattdessen 2 Räume bilden, je etwa 8.448 Einwohner.'
    """
    values = dict(remedy.values)
    words = {key: whole(v) if isinstance(v, int) else str(v) for key, v in values.items()}
    words["name"] = (names or {}).get(str(values.get("municipality", "")), str(values.get("name", "–")))
    words["regions"] = _counted(int(values.get("count", 0)), "Raum", "Räume")
    words["only"] = f", nur für {(names or {}).get(only_in, only_in)}" if only_in else ""
    template = REMEDIES.get(f"{remedy.code}_{next(iter(values), '')}", REMEDIES.get(remedy.code, remedy.code))
    return string.Formatter().vformat(template, (), _Words(words))


def note_sentences(notes: Iterable[str]) -> tuple[str, ...]:
    """Remarks of the engine on a proposal, as far as nothing else says them.

    >>> note_sentences(("no_features", "no_residents"))
    ('Kein Block hat Einwohner: Das Einwohnerziel lässt sich nicht anwenden.',)
    """
    return tuple(NOTES[code] for code in notes if code in NOTES)


class _Words(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "–"


def _violation_words(violation: Violation, names: Mapping[str, str]) -> dict[str, str]:
    municipality = names.get(violation.municipality, violation.municipality)
    below = violation.measured < violation.limit
    return {
        "rule": violation.rule,
        "region": str(violation.region),
        "measured": whole(violation.measured),
        "limit": whole(violation.limit),
        "bound": "mindestens nötig" if below else "höchstens erlaubt",
        "in_municipality": f" ({municipality})" if municipality else "",
        "blocks": _counted(len(violation.blocks), "Block", "Blöcke"),
        "ids": _listed(violation.blocks),
        "belong": "gehört" if len(violation.blocks) == 1 else "gehören",
        "lie": "liegt" if len(violation.blocks) == 1 else "liegen",
        "should": "sollte" if len(violation.blocks) == 1 else "sollten",
        "limit_regions": _there_are(violation.limit),
        "measured_regions": _there_are(violation.measured),
        "subject": _subject(violation, municipality),
    }


def _there_are(count: float) -> str:
    return f"{'ist' if count == 1 else 'sind'} {_counted(round(count), 'Raum', 'Räume')}"


def _subject(violation: Violation, municipality: str) -> str:
    if violation.blocks and violation.reason == "block_above_maximum":
        return f"Block {violation.blocks[0]}{f' ({municipality})' if municipality else ''}"
    if violation.blocks and violation.reason == "piece_below_minimum":
        area = f"Ein abgetrenntes Gebiet mit {_counted(len(violation.blocks), 'Block', 'Blöcken')}"
        return f"{area} ({municipality})" if municipality else area
    return municipality or "Das Gebiet"


def _counted(n: int, one: str, many: str) -> str:
    return f"{whole(n)} {one if n == 1 else many}"


def _listed(ids: tuple[str, ...]) -> str:
    shown = ", ".join(f"„{block}“" for block in ids[:SHOWN])
    return shown + (f" und {whole(len(ids) - SHOWN)} weitere" if len(ids) > SHOWN else "")
