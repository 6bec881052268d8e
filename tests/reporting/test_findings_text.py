"""Every finding of the lower floors has its German sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reporting.text_de.findings import SENTENCES, sentence
from spatial.errors import Finding

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("spatial", "geodata")
CODES = sorted(
    {
        code
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for code in re.findall(r'"((?:read|blocks|contiguity|plan|table|write)\.[a-z_.]+)"', path.read_text())
        if not code.endswith((".csv", ".gpkg"))
    }
)


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_german_sentence(code: str) -> None:
    assert code in SENTENCES


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_can_be_said_whatever_the_numbers_are(code: str) -> None:
    text = sentence(Finding(code, where=("04-117",), values={"count": 1}))
    assert text.strip()
    assert "{" not in text
    assert text.endswith((".", "?"))


def test_many_places_are_shortened_and_counted() -> None:
    text = sentence(Finding("read.population.missing", where=tuple("abcdefgh"), values={"count": 8, "column": "ew"}))
    assert text == (
        "Bei 8 Blöcken fehlt die Einwohnerzahl (Spalte „ew“): „a“, „b“, „c“, „d“, „e“ und 3 weitere. "
        "Tragen Sie sie ein, bei unbewohnten Blöcken eine 0."
    )


def test_numbers_are_written_in_german() -> None:
    text = sentence(Finding("target.order", values={"minimum": 10000, "target": 12500, "maximum": 9000}))
    assert "mindestens 10.000, angestrebt 12.500, höchstens 9.000" in text


def test_an_ambiguous_column_is_a_question_with_the_option_to_use() -> None:
    values = {"role": "population", "candidates": "pop, einwohner"}
    text = sentence(Finding("read.column.ambiguous", "question", where=("pop", "einwohner"), values=values))
    assert "die Einwohner" in text and "pop, einwohner" in text and "--population" in text


def test_epsg_codes_and_unknown_codes_are_said_plainly() -> None:
    values = {"from": 4326, "to": 25832}
    assert "EPSG 25832" in sentence(Finding("read.crs.degrees", "note", values=values))
    assert "ganz.neu" in sentence(Finding("ganz.neu", where=("x",)))


@pytest.mark.parametrize(("where", "said"), [(("a – b",), "bei 1 Paar von"), (("a – b", "b – c"), "bei 2 Paaren von")])
def test_overlaps_are_said_in_grammar_for_one_pair_and_for_many(where: tuple[str, ...], said: str) -> None:
    for code in ("blocks.geometry.overlap", "blocks.geometry.small_overlap", "blocks.geometry.same"):
        assert said in sentence(Finding(code, where=where))
