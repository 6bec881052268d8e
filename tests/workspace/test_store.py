"""The store keeps plans, journal, scenarios, comments, settings, counts and releases, on any database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import create_engine, delete, select, update
from sqlalchemy.pool import StaticPool

from indicators.counts import CellState, CountTable
from tests.workspace.small_county import IDS, START
from workspace import schema
from workspace.geopackage_file import guarded, project_engine
from workspace.ledger import Ledger, Release, ReleasedLevel
from workspace.migrations import create_version
from workspace.release_request import Audience, Occasion
from workspace.sql_store import SqlStore
from workspace.store import (
    Comment,
    Conflict,
    CountSource,
    Entry,
    PlanRecord,
    Scenario,
    Store,
    StoredCounts,
    StoreError,
)

MORNING, NOON = "2026-03-02T08:00:00Z", "2026-03-02T12:00:00Z"
DRAFT = PlanRecord("p1", "Entwurf A", "sozialraum", MORNING, "Kern", origin={"seed": 7})


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "file":
        engine = project_engine(tmp_path / "kreis.gpkg")
    else:
        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    create_version(engine, {"label": "Kleiner Kreis"})
    made = SqlStore(engine, IDS, guard=guarded)
    yield made
    made.close()


def entry(revision: int, uuid: str, **changed: object) -> Entry:
    values = {"payload": {"moves": [[2, ["00"]]]}, "effect": {"moved": [[1, 2, ["00"]]]}, **changed}
    return Entry(uuid, "p1", revision, revision - 1, "Kern", "c1", MORNING, "assign", **values)  # type: ignore[arg-type]


def test_a_plan_comes_back_as_it_was_kept(store: Store) -> None:
    plan = replace(START, names={1: "Wurmtal"}, colours={1: 3, 2: 0})
    store.add_plan(DRAFT, plan)
    assert store.plans() == (DRAFT,)
    assert store.plan("p1").labels.tolist() == START.labels.tolist()
    assert dict(store.plan("p1").names) == {1: "Wurmtal"} and dict(store.plan("p1").colours) == {1: 3, 2: 0}


def test_a_plan_can_be_renamed_and_archived(store: Store) -> None:
    store.add_plan(DRAFT, START)
    store.change_plan(replace(DRAFT, name="Fassung des Workshops", archived=True))
    assert [(p.name, p.archived) for p in store.plans()] == [("Fassung des Workshops", True)]


def test_an_unknown_plan_is_said_to_be_unknown(store: Store) -> None:
    with pytest.raises(StoreError, match=r"store\.no_plan"):
        store.plan("nirgends")


def test_the_journal_is_read_in_its_order_and_from_any_revision(store: Store) -> None:
    store.add_plan(DRAFT, START)
    store.append([entry(1, "u1"), entry(2, "u2"), entry(3, "u3")])
    assert [e.uuid for e in store.entries("p1")] == ["u1", "u2", "u3"]
    assert [e.uuid for e in store.entries("p1", after=2)] == ["u3"]
    assert store.entry("u2") == entry(2, "u2") and store.entry("u9") is None


def test_a_journal_line_is_never_written_twice_and_takes_its_whole_request_with_it(store: Store) -> None:
    store.add_plan(DRAFT, START)
    store.append([entry(1, "u1")])
    with pytest.raises(StoreError):
        store.append([entry(2, "u2"), entry(3, "u1")])
    assert [e.uuid for e in store.entries("p1")] == ["u1"]


def test_only_the_latest_snapshot_is_kept(store: Store) -> None:
    store.add_plan(DRAFT, START)
    assert store.snapshot("p1") is None
    store.save_snapshot("p1", 5, b"old")
    store.save_snapshot("p1", 9, b"new")
    assert store.snapshot("p1") == (9, b"new")


def test_settings_are_kept_one_by_one(store: Store) -> None:
    store.save_settings({"target": {"minimum": 10_000}, "seed": 3})
    store.save_settings({"seed": 4})
    assert store.settings() == {"target": {"minimum": 10_000}, "seed": 4}
    assert store.fact("label") == "Kleiner Kreis" and store.fact("unknown") == ""


def test_scenarios_and_comments_can_be_changed_and_stay_in_order(store: Store) -> None:
    store.add_plan(DRAFT, START)
    scenario = Scenario("s1", "Mit Ortsteil Dorf", "Kern", MORNING)
    store.put_scenario(scenario)
    store.put_scenario(replace(scenario, archived=True))
    assert store.scenarios() == (replace(scenario, archived=True),)
    remark = Comment("c1", "p1", 2, "", "Jansen", MORNING, "Warum gehört das Dorf hierher?")
    store.put_comment(remark)
    store.put_comment(Comment("c2", "p1", -1, "00", "Kern", MORNING, "Schule"))
    store.put_comment(replace(remark, done=True))
    assert [(c.id, c.done) for c in store.comments("p1")] == [("c1", True), ("c2", False)]


def test_a_decided_conflict_is_no_longer_open(store: Store) -> None:
    store.add_plan(DRAFT, START)
    both = [Conflict(k, "p1", "00", 2, 3, "Kern", "Jansen", MORNING) for k in ("k1", "k2")]
    store.append([entry(1, "u1")], both)
    assert store.conflicts("p1") == tuple(both)
    decided = entry(2, "u2", payload={"conflicts": ["k1"], "take": "theirs"}, effect={"decided": ["k1"]})
    store.append([replace(decided, kind="decide")])
    assert [c.id for c in store.conflicts("p1")] == ["k2"]


def four_kinds() -> CountTable:
    """One indicator with a value, a zero, a secret, a missing and a cell that does not apply, at two dates."""
    k, m, s, x = CellState.KNOWN, CellState.MISSING, CellState.SUPPRESSED, CellState.NOT_APPLICABLE
    states = np.full((len(IDS), 2, 1, 2), k, dtype=np.uint8)
    values = np.arange(states.size, dtype=float).reshape(states.shape)
    values[1, 0, 0] = (0.0, 0.5)
    for row, state in ((2, s), (3, m), (4, x)):
        states[row, 0, 0, 0], values[row, 0, 0, 0] = state, np.nan
    return CountTable(IDS, ("EIN02",), ("2020-12-31", "2022-12-31"), values, states, "Gebietsstand 2022")


COUNTS = StoredCounts(
    four_kinds(),
    CountSource(
        "zahlen.csv", "ab" * 32, "Gebietsstand 2022", "cat", MORNING, "Kern", False, ("counts.date.forms",), "",
        four_kinds().fingerprint,
    ),
    frozenset({("EIN02", "2020-12-31")}),
    {"EIN02": "Statistik der BA"},
)  # fmt: skip


def test_counts_come_back_with_their_four_kinds_of_no_number_and_their_provenance(store: Store) -> None:
    assert store.counts() is None and store.count_sources() == ()
    store.replace_counts(COUNTS, instead_of="")
    again = reopened(store).counts()
    assert again is not None and again.table.fingerprint == COUNTS.table.fingerprint
    np.testing.assert_array_equal(again.table.values, COUNTS.table.values)
    np.testing.assert_array_equal(again.table.states, COUNTS.table.states)
    assert again.source == COUNTS.source and again.modelled == COUNTS.modelled
    assert dict(again.statistics) == {"EIN02": "Statistik der BA"}


def test_counts_are_replaced_only_by_somebody_who_has_seen_the_present_ones(store: Store) -> None:
    store.replace_counts(COUNTS, instead_of="")
    values = COUNTS.table.values.copy()
    values[0, 0, 0, 0] = 7.0
    table = replace(COUNTS.table, values=values)
    other = StoredCounts(table, replace(COUNTS.source, source="neu.csv", taken_at=NOON, fingerprint=table.fingerprint))
    for seen in ("", "something else"):
        with pytest.raises(StoreError, match=r"store\.counts_changed"):
            store.replace_counts(other, instead_of=seen)
    assert store.counts().table.fingerprint == COUNTS.table.fingerprint  # type: ignore[union-attr]
    store.replace_counts(other, instead_of=COUNTS.source.fingerprint)
    assert store.counts().table.values[0, 0, 0, 0] == 7.0  # type: ignore[union-attr]
    assert [(s.source, s.replaced_at) for s in store.count_sources()] == [("zahlen.csv", NOON), ("neu.csv", "")]


def released(audience: Audience, purpose: str) -> Release:
    """Region 1 is shown and region 2 secret."""
    level = ReleasedLevel("sozialraum", ("1", "2"), ("2022-12-31",), ("EIN02",), ("1", "."))
    members = {("sozialraum", "1"): IDS[:6], ("sozialraum", "2"): IDS[6:]}
    return Release(0, Occasion(audience, "Kern", MORNING, purpose), {"version": "d1"}, "plan", "c", (level,), members)


def test_the_ledger_grows_line_by_line_and_comes_back_as_it_was(store: Store) -> None:
    assert store.ledger() == Ledger()
    first = store.append_release(released("public", "Sozialbericht"))
    second = store.append_release(released("intern", "Tabelle"))
    assert (first.number, second.number) == (1, 2)
    assert reopened(store).ledger() == store.ledger() == Ledger((first, second))
    assert [entry.occasion.purpose for entry in store.ledger().outside] == ["Sozialbericht"]


@pytest.mark.parametrize("damage", ["change", "remove"])
def test_a_ledger_that_was_changed_by_hand_is_not_believed(store: Store, damage: str) -> None:
    for purpose in ("Sozialbericht", "Workshop", "Ausschuss"):
        store.append_release(released("public", purpose))
    table = schema.releases
    with store._engine.begin() as connection:  # type: ignore[attr-defined]
        if damage == "remove":
            connection.execute(delete(table).where(table.c.number == 2))
        else:
            other = connection.scalar(select(table.c.content).where(table.c.number == 3))
            connection.execute(update(table).where(table.c.number == 2).values(content=other))
    with pytest.raises(StoreError, match=r"store\.ledger_changed"):
        reopened(store).ledger()


def reopened(store: Store) -> Store:
    """The same database read anew."""
    return SqlStore(store._engine, IDS, guard=guarded)  # type: ignore[attr-defined]
