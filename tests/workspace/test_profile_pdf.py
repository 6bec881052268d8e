"""The profile as a PDF file: one A4 page, searchable, and nothing in it that is secret."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from indicators.counts import CountTable
from reporting.profile_pdf import profile_pdf
from reporting.region_profile import RegionProfile
from spatial.plan import Plan
from tests.workspace.test_indicator_desk import DATES, LABELS, counts, county, outlines
from workspace.indicator_desk import desk_of
from workspace.region_profiles import profile_of

A4_POINTS = (595, 842)


def profile_with_two_poor_children(audience: str) -> RegionProfile:
    """Region 0 has 2 poor children among 137, that is 1.5 %."""
    table = counts()
    values, k = table.values.copy(), table.indicators.index("EIN02")
    values[LABELS == 0, :, k] = 0
    values[0, :, k] = (2, 137)
    changed = CountTable(table.ids, table.indicators, table.dates, values, table.states)
    desk = desk_of(county(), Plan(LABELS), changed, audience=audience)  # type: ignore[arg-type]
    return profile_of(desk, "0", date=DATES[1], outlines=outlines())


def text_of(content: bytes) -> str:
    return PdfReader(io.BytesIO(content)).pages[0].extract_text().replace("\u00a0", " ")


def row_of(page: str, name: str) -> str:
    lines = page.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"{name} (%)"))
    return " ".join(lines[start : start + 5])


@pytest.fixture(scope="module")
def profile() -> RegionProfile:
    return profile_with_two_poor_children("public")


def test_the_profile_is_one_a4_page_with_words_that_can_be_searched(profile: RegionProfile) -> None:
    content = profile_pdf(profile)
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) == 1
    assert tuple(round(float(side)) for side in reader.pages[0].mediabox[2:]) == A4_POINTS
    page = text_of(content)
    assert all(word in page for word in ("Raum 0", "Bedarfe", "Stärken", "Kennzahlen", "Quellen", "Arbeitslosenanteil"))


def test_the_longest_names_still_leave_one_page(profile: RegionProfile) -> None:
    rows = tuple(replace(row, name=f"{row.name} {'und noch ein sehr langer Zusatz ' * 3}") for row in profile.rows)
    long = replace(
        profile,
        title="Erkelenz-Südost mit Immerath, Holzweiler, Keyenberg und Umgebung " * 4,
        rows=rows,
        needs=("Ein langer Bedarf mit vielen Wörtern und einem Wert von 21,2 % (Kreis 12,3)",) * 12,
        strengths=("Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenberechtigungsnachweis" * 2,) * 6,
        sources=profile.sources * 3,
    )
    reader = PdfReader(io.BytesIO(profile_pdf(long)))
    assert len(reader.pages) == 1 and "Keyenberg" in reader.pages[0].extract_text()


def test_a_name_with_markup_signs_is_printed_as_it_stands(profile: RegionProfile) -> None:
    assert "Ost <b>& West" in text_of(profile_pdf(replace(profile, title="Ost <b>& West")))


def test_the_same_profile_gives_the_same_file(profile: RegionProfile) -> None:
    assert profile_pdf(profile) == profile_pdf(profile)


@pytest.mark.parametrize(("audience", "found"), [("public", False), ("intern", True)])
def test_a_secret_value_is_not_in_the_file_and_the_internal_file_has_it(audience: str, found: bool) -> None:
    row = row_of(text_of(profile_pdf(profile_with_two_poor_children(audience))), "Kinderarmut")
    assert ("1,5" in row) is found
    assert (" . " in f"{row} ") is not found
