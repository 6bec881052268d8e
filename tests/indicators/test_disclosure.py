"""Nothing that is kept secret leaves the house, in any object or file; switched off, the same search finds it."""

import io
import json
import re
import sqlite3
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.catalogue import standard_catalogue
from indicators.compute import compute
from indicators.counts import CellState, CountTable, count_table
from indicators.disclosure import DisclosureRules, ReleasedTable, primary_cells, suppressed_cells
from spatial.errors import Finding, InputError
from workspace.figures import figures_of_plan
from workspace.indicator_actions import FILES, IndicatorOptions, compute_indicators, write_tables
from workspace.release import (
    Candidate,
    Ledger,
    Occasion,
    ledger_from_records,
    ledger_records,
    release,
)

CATALOGUE = standard_catalogue()
PUBLIC = Occasion("public", "Statistikstelle", "2024-01-15T09:00:00Z", "Sozialbericht")
INTERN = Occasion("intern", "Statistikstelle", "2024-01-15T09:00:00Z")


def small_county() -> CountTable:
    """Eight blocks, four regions; region 0 has two poor children, region 1 a group of 71, the others are large."""
    num = [1, 1, 8, 9, 31, 22, 47, 55]
    den = [90, 47, 40, 31, 257, 263, 269, 271]
    return count_table([f"b{i}" for i in range(8)], {"EIN02": (num, den)}, date="2022-12-31")


LABELS = np.array([0, 0, 1, 1, 2, 2, 3, 3])


def candidate(labels: np.ndarray = LABELS, counts: CountTable | None = None) -> Candidate:
    return figures_of_plan(CATALOGUE, counts or small_county(), labels)


def regions(occasion: Occasion) -> ReleasedTable:
    return release(candidate(), occasion, ledger=Ledger())[0][-1]


def test_one_or_two_cases_and_small_groups_are_kept_secret_and_zero_is_not() -> None:
    table = regions(PUBLIC)
    assert table.state.ravel().tolist() == [
        CellState.SUPPRESSED,
        CellState.SUPPRESSED,
        CellState.KNOWN,
        CellState.KNOWN,
    ]
    zero = count_table(["a", "b"], {"EIN02": ([0, 40], [300, 300])}, date="2022-12-31")
    shown = release(candidate(np.array([0, 1]), zero), PUBLIC, ledger=Ledger())[0][-1]
    assert shown.value[0, 0, 0] == 0.0


def test_a_secret_cell_holds_no_number_in_any_array_of_the_released_object() -> None:
    table = regions(PUBLIC)
    for name in ("value", "low", "high", "numerator", "denominator"):
        assert np.isnan(getattr(table, name)[:2]).all(), name


def test_a_released_table_with_a_number_behind_a_secret_cell_cannot_be_made() -> None:
    table = regions(PUBLIC)
    arrays = {name: getattr(table, name) for name in ("low", "high", "numerator", "denominator", "state")}
    leaking = np.where(np.isnan(table.value), 1.46, table.value)
    with pytest.raises(InputError):
        ReleasedTable(
            table.ids,
            table.names,
            table.dates,
            CATALOGUE.only(["EIN02"]),
            leaking,
            **arrays,
            level="x",
            audience="public",
        )


def test_all_but_one_of_a_group_is_as_telling_as_one() -> None:
    counts = count_table(["a", "b"], {"EIN02": ([299, 40], [300, 300])}, date="2022-12-31")
    mask = primary_cells(candidate(np.array([0, 1]), counts).tables[-1], DisclosureRules())
    assert mask.ravel().tolist() == [True, False]


def test_a_lone_secret_child_of_a_known_parent_is_protected_by_the_next_smallest() -> None:
    counts = count_table(list("abc"), {"EIN02": ([2, 30, 40], [300, 310, 320])}, date="2022-12-31")
    shown = release(candidate(np.array([0, 1, 2]), counts), PUBLIC, ledger=Ledger())[0]
    assert shown[0].state.ravel().tolist() == [CellState.KNOWN]
    assert shown[1].state.ravel().tolist() == [CellState.SUPPRESSED, CellState.SUPPRESSED, CellState.KNOWN]


def test_two_secret_children_that_together_are_still_too_small_get_a_third() -> None:
    counts = count_table(list("abc"), {"EIN02": ([1, 1, 40], [300, 310, 320])}, date="2022-12-31")
    shown = release(candidate(np.array([0, 1, 2]), counts), PUBLIC, ledger=Ledger())[0]
    assert shown[1].state.ravel().tolist() == [CellState.SUPPRESSED] * 3
    assert shown[0].state.ravel().tolist() == [CellState.KNOWN]


def test_without_a_second_child_the_parent_is_kept_secret_too() -> None:
    counts = count_table(["a"], {"EIN02": ([2], [300])}, date="2022-12-31")
    shown = release(candidate(np.array([0]), counts), PUBLIC, ledger=Ledger())[0]
    assert [t.state.ravel().tolist() for t in shown] == [[CellState.SUPPRESSED], [CellState.SUPPRESSED]]


def test_blocks_outside_every_region_are_a_rest_that_subtraction_must_not_reveal() -> None:
    counts = count_table(list("abc"), {"EIN02": ([2, 30, 40], [300, 310, 320])}, date="2022-12-31")
    shown = release(candidate(np.array([-1, 1, 2]), counts), PUBLIC, ledger=Ledger())[0]
    assert shown[1].ids == ("1", "2")
    assert shown[1].state.ravel().tolist() == [CellState.SUPPRESSED, CellState.KNOWN]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(13, 400)), min_size=4, max_size=12), st.integers(2, 4))
def test_no_hidden_remainder_of_a_shown_parent_is_too_small_or_stands_alone(
    cells: list[tuple[int, int]], groups: int
) -> None:
    num, den = zip(*cells, strict=True)
    counts = count_table([f"{i:02d}" for i in range(len(cells))], {"EIN02": (num, den)}, date="2022-12-31")
    towns = [str(i % groups) for i in range(len(cells))]
    levels = figures_of_plan(CATALOGUE, counts, np.arange(len(cells)), municipality=towns)
    masks = suppressed_cells(levels.tables, levels.parents, rules=DisclosureRules())
    fine, town = levels.tables[-1], levels.parents[-1]
    for parent in range(groups):
        hidden = np.flatnonzero((town == parent) & masks[-1][:, 0, 0])
        if len(hidden) and not masks[1][parent, 0, 0]:
            total = fine.numerator[hidden].sum()
            assert len(hidden) >= 2 and (total == 0 or total >= 3) and fine.denominator[hidden].sum() >= 100


def test_limits_can_be_raised_and_never_lowered() -> None:
    table = candidate().tables[-1]
    assert primary_cells(table, DisclosureRules(min_numerator=60)).sum() == 3
    with pytest.raises(InputError):
        DisclosureRules(min_numerator=2)


def text_of(path: Path) -> str:
    """Everything a file says, unpacked: cells of a workbook, rows of a database, and its raw bytes."""
    raw = path.read_bytes()
    parts = [raw.decode("latin-1")]
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            parts = [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
    if path.suffix == ".gpkg":
        with sqlite3.connect(path) as base:
            names = [n for (n,) in base.execute("SELECT table_name FROM gpkg_contents")]
            parts = [repr(base.execute(f'SELECT * FROM "{name}"').fetchall()) for name in names]
    return "\n".join(parts)


def secrets() -> dict[str, list[str]]:
    """The values of the two secret regions in every writing a file could use: 2 of 137 and 17 of 71 children."""
    found = {}
    for name, num, den in (("raum 0", 2, 137), ("raum 1", 17, 71)):
        share = 100 * num / den
        found[name] = [rf"\b{den}(?:\.0)?\b", f"{share:.2f}".replace(".", ","), f"{share:.10f}"[:8]]
    return found


@pytest.mark.parametrize("name", FILES[:3])
def test_no_file_for_the_public_holds_a_secret_value_and_the_internal_file_does(name: str, tmp_path: Path) -> None:
    """With the protection on none of the writings is found; with it off each secret is, so the search can fail."""
    for audience, occasion in (("public", PUBLIC), ("intern", INTERN)):
        folder = tmp_path / audience
        folder.mkdir()
        tables, ledger, _ = release(candidate(), occasion, ledger=Ledger())
        write_tables(tables, folder, ledger=ledger)
        said = text_of(folder / name)
        hits = {key: [w for w in writings if re.search(w, said)] for key, writings in secrets().items()}
        if audience == "public":
            assert not any(hits.values()), hits
        else:
            assert all(hits.values()), hits


def test_the_ledger_lists_every_figure_and_no_value(tmp_path: Path) -> None:
    _, ledger, found = release(candidate(), PUBLIC, ledger=Ledger())
    entry = ledger.releases[0]
    assert [f.shown for f in entry.figures if f.level == "sozialraum"] == [False, False, True, True]
    assert entry.members[("sozialraum", "0")] == ("b0", "b1")
    assert {f.code for f in found} == {"release.suppressed"}
    said = json.dumps(ledger_records(ledger))
    assert not any(re.search(w, said) for writings in secrets().values() for w in writings)
    assert ledger_from_records(json.loads(said)) == ledger


def test_the_ledger_only_grows_and_knows_what_was_seen_outside() -> None:
    _, one, _ = release(candidate(), INTERN, ledger=Ledger())
    _, two, _ = release(candidate(), PUBLIC, ledger=one)
    assert two.releases[0] == one.releases[0] and two.releases[1].number == 2
    assert not one.shown_outside() and len(two.shown_outside()) == 3


def test_a_further_audit_at_the_door_may_hide_more_or_refuse() -> None:
    def hides_everything(candidate: Candidate, masks: object, ledger: Ledger) -> object:
        return [np.ones(t.state.shape, dtype=bool) for t in candidate.tables], ()

    def refuses(candidate: Candidate, masks: object, ledger: Ledger) -> object:
        return masks, (Finding("release.audience.unknown"),)

    tables, _, _ = release(candidate(), PUBLIC, ledger=Ledger(), audits=[hides_everything])  # type: ignore[list-item]
    assert all(np.isnan(table.value).all() for table in tables)
    with pytest.raises(InputError):
        release(candidate(), PUBLIC, ledger=Ledger(), audits=[refuses])  # type: ignore[list-item]


def test_the_whole_way_from_two_files_to_three_files(tmp_path: Path) -> None:
    counts, plan = tmp_path / "counts.csv", tmp_path / "plan.csv"
    table = small_county()
    rows = [f"{i};31.12.2022;{n:.0f};{d:.0f}" for i, (n, d) in zip(table.ids, table.values[:, 0, 0], strict=True)]
    counts.write_text("\n".join(["block_id;stichtag;EIN02_num;EIN02_den", *rows]), encoding="utf-8")
    plan.write_text("\n".join(["block_id,region", *(f"{i},{r}" for i, r in zip(table.ids, LABELS, strict=True))]))
    out = tmp_path / "out"
    tables, found = compute_indicators(counts, plan, out=out, options=IndicatorOptions(PUBLIC))
    assert sorted(p.name for p in out.iterdir()) == sorted(FILES)
    assert [t.level for t in tables] == ["kreis", "sozialraum"]
    assert "indicators.geometry.none" in {f.code for f in found}
    csv = (out / "indicators.csv").read_text(encoding="utf-8-sig")
    assert "öffentlich freigegeben" in csv and ";.;.;.;.;.;%" in csv


def test_a_town_where_nearly_all_are_poor_is_not_told_by_the_county_less_the_other_towns() -> None:
    """Town 1 has 299 of 300: secret, though two large blocks are hidden below it. Town 2 must be hidden with it."""
    counts = count_table(
        list("abcdef"), {"EIN02": ([150, 149, 30, 40, 60, 70], [150, 150, 400, 400, 500, 500])}, date=""
    )
    towns = np.array([0, 0, 1, 1, 2, 2])
    labels = (np.zeros(6, dtype=np.int32), towns.astype(np.int32), np.arange(6, dtype=np.int32))
    tables = [compute(standard_catalogue().only(["EIN02"]), counts, label) for label in labels]
    masks = suppressed_cells(tables, [np.zeros(3, dtype=np.int64), towns], rules=DisclosureRules())
    assert masks[1].ravel().tolist() == [True, True, False] and not masks[0].any()
