"""The desk at which a plan is edited (Arbeitstisch): many browsers, one order of events, nothing lost."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from spatial.contiguity import Contiguity
from spatial.plan import UNASSIGNED
from workspace.drafting import (
    KINDS,
    Draft,
    Effect,
    Operation,
    apply_effect,
    draft_from_plan,
    effect_of,
    inverse,
)
from workspace.history import History, history_of
from workspace.plan_content import bytes_from_plan, plan_from_bytes
from workspace.plan_life import may_edit, moved_on
from workspace.region_colours import with_colours
from workspace.store import Conflict, Entry, PlanRecord, PlanState, Store

SNAPSHOT_EVERY = 200
EDITS = (*KINDS, "undo", "redo", "decide")


@dataclass(frozen=True)
class Answer:
    """What the browser hears about one operation: its journal line, or why there is none.

    ``problem`` is ``""``, ``"nothing"`` (nothing to undo), ``"state"`` (the plan is no draft any more), ``"unknown"``.
    """

    uuid: str
    entry: Entry | None = None
    problem: str = ""


class Desk:
    """One plan of a project, open for editing by several people at once.

    Parameters
    ----------
    store : where the journal is kept
    contiguity : of the county's n blocks, for the colours of new regions
    ids : n block ids in the fixed order
    plan_id : the plan to edit
    now : the present time as ISO text in UTC
    """

    def __init__(
        self, store: Store, contiguity: Contiguity, *, ids: Sequence[str], plan_id: str, now: Callable[[], str]
    ) -> None:
        self._store = store
        self._contiguity = contiguity
        self._now = now
        self._turn = threading.RLock()
        self.plan_id = plan_id
        self._entries = list(store.entries(plan_id))
        self._answers = {entry.uuid: entry for entry in self._entries}
        self._history = history_of(self._entries)
        self._draft = _replayed(store, ids, plan_id, self._entries)
        self._conflicts = store.conflicts(plan_id)

    @property
    def draft(self) -> Draft:
        """The plan as it stands after the last acknowledged operation."""
        return self._draft

    @property
    def history(self) -> History:
        """What everybody can take back."""
        return self._history

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Blocks that two people want in different regions, until one person decides."""
        return self._conflicts

    @property
    def record(self) -> PlanRecord:
        """Name, state and origin of the plan as the store has them."""
        return next(record for record in self._store.plans() if record.id == self.plan_id)

    def since(self, revision: int) -> tuple[Entry, ...]:
        """The journal after a revision; what other browsers did."""
        return tuple(self._entries[max(revision, 0) :])

    def submit(self, operations: Sequence[Operation]) -> tuple[Answer, ...]:
        """Take operations in their order; an operation that was taken before is only answered again.

        Errors
        ------
        StoreError : nothing of this call was kept, the browser sends it again
        """
        with self._turn:
            editable = may_edit(self.record)
            batch = _Batch(self, editable=editable)
            answers = tuple(batch.take(operation) for operation in operations)
            self._keep(batch)
            return answers

    def move_on(self, state: PlanState, *, author: str, valid_from: str = "") -> PlanRecord:
        """Bring the plan one step further in its life and note who did it.

        Errors
        ------
        LifeError : the life of a plan does not know this step
        StoreError : nothing was kept
        """
        with self._turn:
            changed = moved_on(self.record, state, valid_from=valid_from)
            payload = {"from": self.record.state, "state": state, "valid_from": valid_from}
            operation = Operation(str(uuid.uuid4()), "state", payload, self._draft.revision, author, "")
            entry = self._line(operation, {}, self._draft.revision + 1)
            self._store.append([entry])
            self._remember(entry, apply_effect(self._draft, {}, entry.revision))
            self._store.change_plan(changed)
            return changed

    def _line(self, operation: Operation, effect: Effect, revision: int) -> Entry:
        return Entry(
            uuid=operation.uuid,
            plan_id=self.plan_id,
            revision=revision,
            base_revision=operation.base_revision,
            author=operation.author,
            client=operation.client,
            made_at=self._now(),
            kind=operation.kind,
            payload=dict(operation.payload),
            effect=effect,
        )

    def _keep(self, batch: _Batch) -> None:
        if not batch.entries:
            return
        self._store.append(batch.entries, batch.conflicts)
        before = self._draft.revision
        for entry in batch.entries:
            self._remember(entry, batch.draft)
        if batch.conflicts or any(entry.kind == "decide" for entry in batch.entries):
            self._conflicts = self._store.conflicts(self.plan_id)
        if before // SNAPSHOT_EVERY != self._draft.revision // SNAPSHOT_EVERY:
            self._save_snapshot()

    def _remember(self, entry: Entry, draft: Draft) -> None:
        self._entries.append(entry)
        self._answers[entry.uuid] = entry
        self._history = self._history.after(entry)
        self._draft = draft

    def _save_snapshot(self) -> None:
        draft = self._draft
        extra = {
            "locked": sorted(draft.locked),
            "highest": draft.highest,
            "changed_at": dict(zip(draft.ids, draft.changed_at.tolist(), strict=True)),
        }
        self._store.save_snapshot(self.plan_id, draft.revision, bytes_from_plan(draft.plan, draft.ids, extra=extra))


class _Batch:
    """Operations of one request: thought through one after the other, kept all together or not at all."""

    def __init__(self, desk: Desk, *, editable: bool) -> None:
        self._desk = desk
        self._editable = editable
        self.draft = desk._draft
        self._history = desk._history
        self.entries: list[Entry] = []
        self.conflicts: list[Conflict] = []

    def take(self, operation: Operation) -> Answer:
        known = self._desk._answers.get(operation.uuid) or next(
            (entry for entry in self.entries if entry.uuid == operation.uuid), None
        )
        if known is not None:
            return Answer(operation.uuid, known)
        if operation.kind not in EDITS:
            return Answer(operation.uuid, problem="unknown")
        if not self._editable:
            return Answer(operation.uuid, problem="state")
        effect = self._effect(operation)
        if effect is None:
            return Answer(operation.uuid, problem="nothing")
        return Answer(operation.uuid, self._note(operation, effect))

    def _note(self, operation: Operation, effect: Effect) -> Entry:
        effect = self._coloured(effect)
        entry = self._desk._line(operation, effect, self.draft.revision + 1)
        self.draft = apply_effect(self.draft, effect, entry.revision)
        self._history = self._history.after(entry)
        self.entries.append(entry)
        self.conflicts += [self._conflict(entry, region, block) for region, block in effect.get("contested", ())]
        return entry

    def _effect(self, operation: Operation) -> Effect | None:
        if operation.kind in ("undo", "redo"):
            return self._step(operation)
        if operation.kind == "decide":
            return self._decided(operation)
        return effect_of(self.draft, operation, foreign=lambda revision: self._at(revision).client != operation.client)

    def _step(self, operation: Operation) -> Effect | None:
        stacks = self._history.of(operation.author)
        stack = stacks.undo if operation.kind == "undo" else stacks.redo
        if not stack:
            return None
        target = self._by_uuid(stack[-1])
        effect = target.effect if operation.kind == "undo" else _flipped(target.effect)
        return {**inverse(self.draft, effect), "target": target.uuid}

    def _decided(self, operation: Operation) -> Effect:
        chosen = set(operation.payload["conflicts"])
        open_ones = [c for c in self._desk._conflicts if c.id in chosen]
        if operation.payload["take"] != "mine":
            return {"decided": [c.id for c in open_ones]}
        moves = [[c.mine, [c.block_id]] for c in open_ones]
        assign = Operation(operation.uuid, "assign", {"moves": moves}, self.draft.revision, operation.author, "")
        return {**effect_of(self.draft, assign), "decided": [c.id for c in open_ones]}

    def _coloured(self, effect: Effect) -> Effect:
        """New regions get a colour with their first block, so that it is stored and never computed again."""
        fresh = {new for _old, new, _ids in effect.get("moved", ()) if new != UNASSIGNED} - set(self.draft.plan.colours)
        if not fresh:
            return effect
        after = apply_effect(self.draft, effect, self.draft.revision).plan
        colours = with_colours(after, self._desk._contiguity).colours
        given = {str(r): [None, colours[r]] for r in sorted(fresh) if r in colours}
        return {**effect, "colours": {**given, **effect.get("colours", {})}}

    def _conflict(self, entry: Entry, region: int, block_id: str) -> Conflict:
        last = self._at(int(self.draft.changed_at[self.draft.index[block_id]]))
        return Conflict(
            id=str(uuid.uuid5(uuid.NAMESPACE_OID, f"{entry.uuid} {block_id}")),
            plan_id=entry.plan_id,
            block_id=block_id,
            mine=region,
            theirs=int(self.draft.plan.labels[self.draft.index[block_id]]),
            my_author=entry.author,
            their_author=last.author,
            made_at=entry.made_at,
        )

    def _at(self, revision: int) -> Entry:
        known = self._desk._entries
        return known[revision - 1] if revision <= len(known) else self.entries[revision - 1 - len(known)]

    def _by_uuid(self, wanted: str) -> Entry:
        known = self._desk._answers.get(wanted)
        return known or next(entry for entry in self.entries if entry.uuid == wanted)


def _flipped(effect: Mapping[str, Any]) -> Effect:
    pairs = {kind: {r: [new, old] for r, (old, new) in effect.get(kind, {}).items()} for kind in ("names", "colours")}
    return {
        "moved": [[new, old, ids] for old, new, ids in effect.get("moved", ())],
        "lock": effect.get("unlock", []),
        "unlock": effect.get("lock", []),
        **pairs,
    }


def _replayed(store: Store, ids: Sequence[str], plan_id: str, entries: Sequence[Entry]) -> Draft:
    draft = draft_from_plan(store.plan(plan_id), ids)
    saved = store.snapshot(plan_id)
    if saved is not None:
        plan, extra = plan_from_bytes(saved[1], ids)
        changed = np.array([extra["changed_at"].get(i, -1) for i in ids], dtype=np.int64)
        draft = Draft(plan, draft.index, frozenset(extra["locked"]), saved[0], changed, int(extra["highest"]))
    for entry in entries:
        if entry.revision > draft.revision:
            draft = apply_effect(draft, entry.effect, entry.revision)
    return draft
