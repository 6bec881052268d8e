"""A county's own indicators: every mistake of the file at once, kept in the project, and used like all others."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indicators.catalogue import standard_catalogue
from reporting.indicator_pages import indicator_page
from reporting.text_de.findings import sentence
from spatial.errors import InputError
from tests.workspace.figure_county import DATE, IDS, START, figure_county
from tests.workspace.test_no_secret_leaves import outlines
from workspace.county_catalogue import (
    catalogue_from_upload,
    catalogue_of,
    keep_catalogue,
    own_indicators,
    read_catalogue,
)
from workspace.county_counts import counts_from_file, keep_counts
from workspace.geopackage_file import backup_path
from workspace.indicator_actions import IndicatorOptions, compute_indicators
from workspace.indicator_desk import desk_of
from workspace.ledger import Ledger
from workspace.project import create_project, open_project
from workspace.redrawing_effect import Onlooker, starting_point
from workspace.region_profiles import profile_of
from workspace.release import Occasion, release_into
from workspace.store import CountSource, KeptCatalogue

OWN = """version = "2026.k"
[sources.SOZ]
name = "Sozialamt, Schuldnerberatung"
legal_basis = "§ 11 Abs. 5 SGB XII"
reference = "period"
period = "Kalenderjahr"
[[indicator]]
id = "SOZ01"
theme = "EIN"
name_de = "Anteil überschuldeter Haushalte"
name_en = "households in debt counselling"
kind = "proportion"
numerator = "Beratene Haushalte"
denominator = "Haushalte"
unit = "%"
per = 100
polarity = -1
source = "SOZ"
min_numerator = 5
interpretation = "Beratung wegen Schulden"
limits = "Nur wer kommt, wird gezählt"
"""


def kept(text: str = OWN) -> KeptCatalogue:
    return catalogue_from_upload(text.encode(), "kreis.toml", taken_at=DATE, taken_by="Kern")[0]


def counts_file(folder: Path) -> Path:
    rows = [f"{i};31.12.2022;{4 if n == 0 else 40 + n};300;{n + 20};150" for n, i in enumerate(IDS)]
    path = folder / "zahlen.csv"
    path.write_text("\n".join(["block_id;stichtag;SOZ01_num;SOZ01_den;EIN02_num;EIN02_den", *rows]), encoding="utf-8")
    return path


def test_own_indicators_are_kept_and_stand_in_table_profile_release_and_effect(tmp_path: Path) -> None:
    project = create_project(tmp_path / "kreis.gpkg", figure_county())
    assert catalogue_of(project.store) is standard_catalogue() and project.store.catalogue() is None
    catalogue = keep_catalogue(project.store, kept())
    stored, found = counts_from_file(counts_file(tmp_path), IDS, source=CountSource("z"), catalogue=catalogue)
    assert found == () and stored.statistics["SOZ01"] == "Sozialamt, Schuldnerberatung"
    keep_counts(project.store, stored, instead_of=None)
    project.close()
    again = open_project(tmp_path / "kreis.gpkg")
    known, counts = catalogue_of(again.store), again.store.counts()
    assert own_indicators(known) == ("SOZ01",) and counts is not None and "SOZ01" in counts.table.indicators
    desk = desk_of(figure_county(), START, counts.table, audience="public", catalogue=known)
    assert desk.catalogue.ids == ("EIN02", "SOZ01")
    profile = profile_of(desk, "1", date=DATE, outlines=outlines())
    assert "Anteil überschuldeter Haushalte" in [row.name for row in profile.rows]
    assert "Sozialamt, Schuldnerberatung" in profile.sources
    assert "Nur wer kommt, wird gezählt" in indicator_page(known["SOZ01"], known)
    _, entry, _ = release_into(again.store, desk.figures, Occasion("public", "Kern", DATE))
    assert "SOZ01" in entry.levels[-1].indicators
    seen = Onlooker("public", Ledger(), known)
    assert "SOZ01" in starting_point(figure_county(), counts.table, START, date=DATE, seen=seen).shown.indicators
    again.close()


def test_the_higher_minimum_of_an_own_indicator_holds(tmp_path: Path) -> None:
    """Four cases may be shown of a standard indicator; the county asks for five."""
    catalogue = catalogue_from_upload(OWN.encode(), "kreis.toml")[1]
    stored, _ = counts_from_file(counts_file(tmp_path), IDS, source=CountSource("z"), catalogue=catalogue)
    values, k = stored.table.values.copy(), stored.table.indicators.index("SOZ01")
    values[:, 0, k, 0] = np.where(START.labels == 1, 0, 50)
    values[0, 0, k, 0] = 4
    table = type(stored.table)(IDS, stored.table.indicators, stored.table.dates, values, stored.table.states)
    shown = desk_of(figure_county(), START, table, audience="public", catalogue=catalogue).shown["sozialraum"]
    assert np.isnan(shown.numerator[0, 0, shown.indicators.index("SOZ01")])


def test_every_mistake_of_a_catalogue_is_said_at_once_in_german() -> None:
    wrong = OWN.replace('id = "SOZ01"', 'id = "EIN02"').replace("min_numerator = 5", "min_numerator = 1")
    wrong = wrong.replace('kind = "proportion"', 'kind = "anteil"').replace("per = 100", "per = 0")
    wrong = wrong.replace('source = "SOZ"', 'source = "NIE"').replace('limits = "Nur wer kommt, wird gezählt"\n', "")
    with pytest.raises(InputError) as refused:
        catalogue_from_upload(wrong.encode(), "kreis.toml")
    assert {f.code for f in refused.value.findings} == {
        "catalogue.id.duplicate", "catalogue.min_numerator", "catalogue.kind.unknown", "catalogue.per",
        "catalogue.source.unknown", "catalogue.field.missing",
    }  # fmt: skip
    assert all("EIN02" in sentence(finding) for finding in refused.value.findings)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (OWN.encode("cp1252"), "catalogue.encoding"),
        (b"", "catalogue.empty"),
        (b"version = ", "catalogue.toml.broken"),
        (b'version = "1"\nindicator = "x"\n', "catalogue.shape"),
        (OWN.replace("[sources.SOZ]", "sources = 3\n[x]").encode(), "catalogue.shape"),
        (OWN.replace("min_numerator = 5", "min_denominator = 20").encode(), "catalogue.min_denominator"),
        (OWN.replace("min_numerator = 5", 'modelled = "nein"').encode(), "catalogue.modelled"),
        (OWN.replace("per = 100", "per = nan").encode(), "catalogue.per"),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused_with_a_sentence(content: bytes, code: str) -> None:
    with pytest.raises(InputError) as refused:
        catalogue_from_upload(content, "kreis.toml")
    assert code in {f.code for f in refused.value.findings}
    assert all(sentence(finding) for finding in refused.value.findings)


def test_a_plain_count_needs_no_denominator_and_a_mark_at_the_start_does_no_harm() -> None:
    text = OWN.replace('kind = "proportion"', 'kind = "count"').replace('denominator = "Haushalte"\n', "")
    assert catalogue_from_upload(text.encode("utf-8-sig"), "k.toml")[1]["SOZ01"].denominator == ""


def test_a_catalogue_without_indicators_that_have_counts_is_refused(tmp_path: Path) -> None:
    project = create_project(tmp_path / "kreis.gpkg", figure_county())
    catalogue = keep_catalogue(project.store, kept())
    stored, _ = counts_from_file(counts_file(tmp_path), IDS, source=CountSource("z"), catalogue=catalogue)
    keep_counts(project.store, stored, instead_of=None)
    with pytest.raises(InputError) as refused:
        keep_catalogue(project.store, kept(OWN.replace("SOZ01", "SOZ02")))
    assert refused.value.findings[0].code == "catalogue.counts.orphaned" and refused.value.findings[0].where == (
        "SOZ01",
    )
    keep_catalogue(project.store, kept(OWN.replace("2026.k", "2027.k")))
    assert catalogue_of(project.store).version.endswith("2027.k")
    project.close()


def test_a_file_of_version_3_gets_its_place_for_a_catalogue_with_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "kreis.gpkg"
    create_project(path, figure_county()).close()
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE rw_catalogue")
        connection.execute("UPDATE rw_project SET value='3' WHERE key='schema_version'")
    connection.close()
    project = open_project(path)
    keep_catalogue(project.store, kept())
    assert own_indicators(catalogue_of(project.store)) == ("SOZ01",)
    project.close()
    assert backup_path(path, suffix="version3").exists()


def test_a_catalogue_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_catalogue(tmp_path / "nirgends.toml")
    assert refused.value.findings[0].code == "read.file.missing"


def test_the_command_line_reads_counts_with_the_own_indicators_of_the_project_and_says_so(tmp_path: Path) -> None:
    project = create_project(tmp_path / "kreis.gpkg", figure_county())
    keep_catalogue(project.store, kept())
    project.close()
    plan = tmp_path / "plan.csv"
    plan.write_text("\n".join(["block_id,region", *(f"{i},1" for i in IDS)]), encoding="utf-8")
    options = IndicatorOptions(Occasion("public", "Kern", DATE), project=project.path)
    tables, found = compute_indicators(counts_file(tmp_path), plan, out=None, options=options)
    assert tables[-1].indicators == ("EIN02", "SOZ01")
    assert [f.where for f in found if f.code == "catalogue.of_project"] == [("kreis.gpkg",)]
    named = tmp_path / "kreis.toml"
    named.write_text(OWN.replace("SOZ01", "SOZ02"), encoding="utf-8")
    tables, found = compute_indicators(counts_file(tmp_path), plan, out=None, options=replace(options, catalogue=named))
    assert tables[-1].indicators == ("EIN02",) and "catalogue.of_project" not in {f.code for f in found}
