"""Undo and redo (Rückgängig, Wiederholen), read from the journal, so that they outlive closing and reopening."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from workspace.drafting import KINDS, changes_something
from workspace.store import Entry


@dataclass(frozen=True)
class Stacks:
    """What one person can take back and do again, latest last; journal ids."""

    undo: tuple[str, ...] = ()
    redo: tuple[str, ...] = ()


@dataclass(frozen=True)
class History:
    """The stacks of everybody who works on a plan: nobody takes back the work of another."""

    by_author: Mapping[str, Stacks] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, author: str) -> Stacks:
        """The stacks of one person."""
        return self.by_author.get(author, Stacks())

    def after(self, entry: Entry) -> History:
        """The stacks after one more journal line."""
        stacks = _after(self.of(entry.author), entry)
        return History(MappingProxyType({**self.by_author, entry.author: stacks}))


def history_of(entries: Iterable[Entry]) -> History:
    """The stacks after a whole journal."""
    history = History()
    for entry in entries:
        history = history.after(entry)
    return history


def _after(stacks: Stacks, entry: Entry) -> Stacks:
    if entry.kind == "undo":
        target = str(entry.effect["target"])
        return Stacks(tuple(u for u in stacks.undo if u != target), (*stacks.redo, target))
    if entry.kind == "redo":
        target = str(entry.effect["target"])
        return Stacks((*stacks.undo, target), tuple(u for u in stacks.redo if u != target))
    if entry.kind in (*KINDS, "decide") and changes_something(entry.effect):
        return Stacks((*stacks.undo, entry.uuid), ())
    return replace(stacks)
