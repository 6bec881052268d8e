"""Where a project is kept (Ablage): what any store can do, whatever database stands behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from indicators.counts import CountTable
from spatial.plan import Plan
from workspace.ledger import Ledger, Release

PlanState = Literal["entwurf", "abgestimmt", "beschlossen", "historisch"]


class StoreError(Exception):
    """The project file cannot be read or written; ``code`` is a key of ``reporting.text_de.editor.STORE_PROBLEMS``.

    Codes: ``store.full``, ``store.read_only``, ``store.damaged``, ``store.busy``, ``store.in_use``, ``store.newer``,
    ``store.missing``, ``store.exists``, ``store.no_project``, ``store.no_plan``, ``store.counts_changed``,
    ``store.ledger_changed``.
    """

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(f"{code} {values}" if values else code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class PlanRecord:
    """One version of a plan as it is listed: everything but the labels.

    Attributes
    ----------
    id : unique text
    name : what people call it
    level : ``"sozialraum"`` or ``"quartier"``
    created_at : UTC time, ISO 8601
    author : who made it
    state : where it stands in its life
    valid_from : ISO date of a decided plan, else empty
    archived : kept, but no longer offered
    parent_id : the plan it was made from, else empty
    scenario_id : the scenario it belongs to, else empty
    origin : method, version, parameters, seed and fingerprint of a proposal; file name of an import
    """

    id: str
    name: str
    level: str
    created_at: str
    author: str
    state: PlanState = "entwurf"
    valid_from: str = ""
    archived: bool = False
    parent_id: str = ""
    scenario_id: str = ""
    origin: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """One acknowledged line of the journal (Bearbeitungsschritt).

    ``payload`` is what was asked for, ``effect`` what came of it (blocks moved and refused).
    """

    uuid: str
    plan_id: str
    revision: int
    base_revision: int
    author: str
    client: str
    made_at: str
    kind: str
    payload: Mapping[str, Any]
    effect: Mapping[str, Any]


@dataclass(frozen=True)
class Scenario:
    """A named line of plan versions (Szenario)."""

    id: str
    name: str
    author: str
    created_at: str
    archived: bool = False


@dataclass(frozen=True)
class Comment:
    """A remark on a region or a block (Anmerkung); ``region`` −1 or ``block_id`` empty where it concerns none."""

    id: str
    plan_id: str
    region: int
    block_id: str
    author: str
    made_at: str
    text: str
    done: bool = False


@dataclass(frozen=True)
class Conflict:
    """Two people moved the same block: both wishes stand until one person decides."""

    id: str
    plan_id: str
    block_id: str
    mine: int
    theirs: int
    my_author: str
    their_author: str
    made_at: str
    decided_by: str = ""


@dataclass(frozen=True)
class CountSource:
    """Where the counts of a project come from (Herkunft der Fallzahlen).

    Attributes
    ----------
    source, sha256 : name of the file and the digest of its bytes
    geography : territorial status the block ids belong to
    catalogue : fingerprint of the catalogue the file was read with
    taken_at, taken_by : when and by whom they were taken into the project
    modelled : somebody said that all of them are estimates, not a count
    findings : codes of what was noticed while reading
    replaced_at : when other counts took their place, empty for the present ones
    fingerprint : of the counts
    """

    source: str
    sha256: str = ""
    geography: str = ""
    catalogue: str = ""
    taken_at: str = ""
    taken_by: str = ""
    modelled: bool = False
    findings: tuple[str, ...] = ()
    replaced_at: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, eq=False)
class StoredCounts:
    """The counts of a project with what is known about them (Fallzahlen mit Herkunft).

    Attributes
    ----------
    table : counts of the county's blocks, in the county's order
    source : where they come from
    modelled : (indicator, date) of the counts that are estimates
    statistics : name of the source statistic by indicator
    """

    table: CountTable
    source: CountSource
    modelled: frozenset[tuple[str, str]] = frozenset()
    statistics: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class KeptCatalogue:
    """A county's own catalogue as it was handed in (eigener Indikatorenkatalog).

    Attributes
    ----------
    name, sha256 : name of the file and the digest of its bytes
    content : its text (TOML)
    taken_at, taken_by : when and by whom it was taken into the project
    """

    name: str
    content: str
    sha256: str = ""
    taken_at: str = ""
    taken_by: str = ""


class Store(Protocol):
    """What the use cases ask of a project's database."""

    def fact(self, key: str) -> str: ...

    def settings(self) -> dict[str, Any]: ...

    def save_settings(self, values: Mapping[str, Any]) -> None: ...

    def plans(self) -> tuple[PlanRecord, ...]: ...

    def add_plan(self, record: PlanRecord, plan: Plan) -> None: ...

    def change_plan(self, record: PlanRecord) -> None: ...

    def plan(self, plan_id: str) -> Plan: ...

    def append(self, entries: Sequence[Entry], conflicts: Sequence[Conflict] = ()) -> None: ...

    def entries(self, plan_id: str, *, after: int = -1) -> tuple[Entry, ...]: ...

    def entry(self, uuid: str) -> Entry | None: ...

    def save_snapshot(self, plan_id: str, revision: int, content: bytes) -> None: ...

    def snapshot(self, plan_id: str) -> tuple[int, bytes] | None: ...

    def scenarios(self) -> tuple[Scenario, ...]: ...

    def put_scenario(self, scenario: Scenario) -> None: ...

    def comments(self, plan_id: str) -> tuple[Comment, ...]: ...

    def put_comment(self, comment: Comment) -> None: ...

    def conflicts(self, plan_id: str) -> tuple[Conflict, ...]: ...

    def counts(self) -> StoredCounts | None: ...

    def count_sources(self) -> tuple[CountSource, ...]: ...

    def replace_counts(self, stored: StoredCounts, *, instead_of: str) -> None: ...

    def catalogue(self) -> KeptCatalogue | None: ...

    def keep_catalogue(self, kept: KeptCatalogue) -> None: ...

    def ledger(self) -> Ledger: ...

    def append_release(self, entry: Release) -> Release: ...

    def close(self) -> None: ...
