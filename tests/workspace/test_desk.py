"""Editing a plan: what is acknowledged stays, what two people want is shown, and everything can be taken back."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from tests.workspace.small_county import IDS, START, small_county
from workspace.desk import Answer, Desk
from workspace.drafting import Operation
from workspace.geopackage_file import guarded
from workspace.migrations import create_version
from workspace.plan_life import LifeError
from workspace.sql_store import SqlStore
from workspace.store import PlanRecord, StoreError

NOW = "2026-03-02T08:00:00Z"
_numbers = itertools.count()


@pytest.fixture
def store() -> Iterator[SqlStore]:
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    create_version(engine, {})
    made = SqlStore(engine, IDS, guard=guarded)
    made.add_plan(PlanRecord("p1", "Entwurf", "sozialraum", NOW, "Kern"), START)
    yield made
    made.close()


def opened(store: SqlStore) -> Desk:
    return Desk(store, small_county().contiguity, ids=IDS, plan_id="p1", now=lambda: NOW)


def operation(kind: str, *, base: int = 10**6, author: str = "Kern", client: str = "", **payload: object) -> Operation:
    return Operation(f"u{next(_numbers)}", kind, payload, base, author, client or f"browser of {author}")


def move(region: int, *ids: str, **further: object) -> Operation:
    return operation("assign", moves=[[region, list(ids)]], **further)  # type: ignore[arg-type]


def region_of(desk: Desk, block_id: str) -> int:
    return int(desk.draft.plan.labels[desk.draft.index[block_id]])


def one(desk: Desk, wish: Operation) -> Answer:
    (answer,) = desk.submit([wish])
    return answer


def test_a_moved_block_stays_moved_after_reopening(store: SqlStore) -> None:
    one(opened(store), move(2, "01"))
    again = opened(store)
    assert region_of(again, "01") == 2 and again.draft.revision == 1


def test_sending_an_operation_twice_moves_the_block_once(store: SqlStore) -> None:
    desk, wish = opened(store), move(2, "01")
    first, second = desk.submit([wish, wish])
    third = one(opened(store), wish)
    assert first.entry == second.entry == third.entry
    assert len(store.entries("p1")) == 1


def test_undo_and_redo_restore_every_label_also_after_reopening(store: SqlStore) -> None:
    desk = opened(store)
    desk.submit([move(2, "00", "01"), operation("name", region=2, name="Ost"), move(1, "03")])
    after = desk.draft.plan
    for _ in range(3):
        one(opened(store), operation("undo"))
    undone = opened(store)
    assert undone.draft.plan.labels.tolist() == START.labels.tolist() and not undone.draft.plan.names
    for _ in range(3):
        one(opened(store), operation("redo"))
    redone = opened(store).draft.plan
    assert redone.labels.tolist() == after.labels.tolist() and dict(redone.names) == {2: "Ost"}


def test_nothing_to_undo_is_said_and_not_written(store: SqlStore) -> None:
    desk = opened(store)
    assert one(desk, operation("undo")).problem == "nothing"
    assert one(desk, operation("redo")).problem == "nothing"
    assert store.entries("p1") == ()


def test_nobody_takes_back_the_work_of_another(store: SqlStore) -> None:
    desk = opened(store)
    one(desk, move(2, "00"))
    assert one(desk, operation("undo", author="Jansen")).problem == "nothing"
    one(desk, move(1, "03", author="Jansen"))
    one(desk, operation("undo"))
    assert region_of(desk, "00") == 1 and region_of(desk, "03") == 1


def test_undo_leaves_alone_what_another_person_moved_since(store: SqlStore) -> None:
    desk = opened(store)
    one(desk, move(2, "00", "01"))
    one(desk, move(1, "01", author="Jansen"))
    one(desk, move(2, "01", author="Jansen"))
    one(desk, move(7, "00", author="Jansen", new=[7]))
    answer = one(desk, operation("undo"))
    assert answer.entry is not None and answer.entry.effect["refused"] == [["changed", ["00"]]]
    assert region_of(desk, "00") == 7 and region_of(desk, "01") == 1


def test_a_locked_region_neither_gives_nor_takes_blocks(store: SqlStore) -> None:
    desk = opened(store)
    one(desk, operation("lock", regions=[2], locked=True))
    answer = one(desk, move(2, "01"))
    assert answer.entry is not None and answer.entry.effect == {"refused": [["locked", ["01"]]]}
    one(desk, move(1, "03"))
    assert (region_of(desk, "01"), region_of(desk, "03")) == (1, 2)
    one(desk, operation("lock", regions=[2], locked=False))
    one(desk, move(2, "01"))
    assert region_of(desk, "01") == 2


def test_edits_of_two_people_on_different_blocks_merge(store: SqlStore) -> None:
    desk = opened(store)
    one(desk, move(2, "00", base=0))
    one(desk, move(1, "23", base=0, author="Jansen"))
    assert (region_of(desk, "00"), region_of(desk, "23"), desk.conflicts) == (2, 1, ())


def test_two_people_on_the_same_block_are_both_shown_and_one_decides(store: SqlStore) -> None:
    desk = opened(store)
    one(desk, move(2, "00", base=0))
    one(desk, move(3, "00", "01", base=0, author="Jansen", new=[3]))
    (conflict,) = desk.conflicts
    assert (conflict.block_id, conflict.mine, conflict.theirs) == ("00", 3, 2)
    assert (conflict.my_author, conflict.their_author) == ("Jansen", "Kern")
    assert (region_of(desk, "00"), region_of(desk, "01")) == (2, 3)
    one(desk, operation("decide", conflicts=[conflict.id], take="mine"))
    assert region_of(desk, "00") == 3 and desk.conflicts == () and opened(store).conflicts == ()


def test_ones_own_earlier_edit_is_no_conflict(store: SqlStore) -> None:
    desk = opened(store)
    desk.submit([move(2, "00", base=0), move(1, "00", base=0)])
    assert region_of(desk, "00") == 1 and desk.conflicts == ()


def test_two_people_who_found_a_region_at_once_get_two_numbers(store: SqlStore) -> None:
    desk = opened(store)
    one(desk, operation("assign", base=0, moves=[[3, ["00"]]], new=[3]))
    answer = one(desk, operation("assign", base=0, author="Jansen", moves=[[3, ["03"]]], new=[3]))
    assert answer.entry is not None and answer.entry.effect["renumbered"] == {"3": 4}
    assert (region_of(desk, "00"), region_of(desk, "03")) == (3, 4)


def test_a_new_region_gets_a_colour_that_is_kept(store: SqlStore) -> None:
    desk = opened(store)
    one(desk, operation("assign", moves=[[3, ["00"]]], new=[3]))
    colours = dict(desk.draft.plan.colours)
    assert 3 in colours and dict(opened(store).draft.plan.colours) == colours


def test_unknown_blocks_and_operations_are_refused_by_name(store: SqlStore) -> None:
    desk = opened(store)
    answer = one(desk, move(2, "99", "00"))
    assert answer.entry is not None and answer.entry.effect["refused"] == [["unknown", ["99"]]]
    assert region_of(desk, "00") == 2
    assert one(desk, operation("explode")).problem == "unknown"


def test_a_decided_plan_is_never_edited_and_the_journal_says_who_decided(store: SqlStore) -> None:
    desk = opened(store)
    desk.move_on("abgestimmt", author="Jansen")
    desk.move_on("beschlossen", author="Landrätin", valid_from="2026-07-01")
    assert one(desk, move(2, "00")).problem == "state"
    last = store.entries("p1")[-1]
    assert (last.kind, last.author, last.payload["state"]) == ("state", "Landrätin", "beschlossen")
    assert opened(store).record.valid_from == "2026-07-01"


@pytest.mark.parametrize(
    ("steps", "code"), [(["beschlossen"], "life.step"), (["abgestimmt", "beschlossen"], "life.date")]
)
def test_the_life_of_a_plan_knows_no_shortcuts(store: SqlStore, steps: list[str], code: str) -> None:
    desk = opened(store)
    for state in steps[:-1]:
        desk.move_on(state, author="Kern")  # type: ignore[arg-type]
    with pytest.raises(LifeError, match=code):
        desk.move_on(steps[-1], author="Kern")  # type: ignore[arg-type]


def test_an_edit_the_store_cannot_keep_is_not_shown_as_done(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = opened(store)

    def full(*_: object) -> None:
        raise StoreError("store.full")

    with monkeypatch.context() as broken:
        broken.setattr(store, "append", full)
        with pytest.raises(StoreError, match=r"store\.full"):
            desk.submit([move(2, "00")])
    assert region_of(desk, "00") == 1 and desk.draft.revision == 0
    one(desk, move(2, "00"))
    assert region_of(opened(store), "00") == 2


@pytest.mark.parametrize("seed", range(3))
def test_replaying_the_journal_gives_the_plan_shown_whatever_people_do(store: SqlStore, seed: int) -> None:
    rng = np.random.default_rng(seed)
    desk = opened(store)
    for step in range(230):
        author = ["Kern", "Jansen", "Yilmaz"][rng.integers(3)]
        base = max(0, desk.draft.revision - int(rng.integers(4)))
        ids = [IDS[i] for i in rng.choice(len(IDS), size=rng.integers(1, 5), replace=False)]
        kind = rng.choice(["assign", "assign", "assign", "undo", "redo", "lock", "name"])
        payload: dict[str, object] = {
            "assign": {"moves": [[int(rng.integers(-1, 5)), ids]]},
            "lock": {"regions": [int(rng.integers(1, 5))], "locked": bool(rng.integers(2))},
            "name": {"region": int(rng.integers(1, 5)), "name": f"Raum {step}"},
        }.get(str(kind), {})
        one(desk, operation(str(kind), base=base, author=author, **payload))
    again = opened(store)
    assert again.draft.plan.labels.tolist() == desk.draft.plan.labels.tolist()
    assert again.draft.locked == desk.draft.locked and dict(again.draft.plan.names) == dict(desk.draft.plan.names)
    assert again.draft.changed_at.tolist() == desk.draft.changed_at.tolist()
    assert again.history == desk.history and again.conflicts == desk.conflicts
    assert store.snapshot("p1") is not None
