"""What browser and server say to each other, in few bytes: blocks travel as runs of positions, never as geometry."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from geodata.landmarks import Landmarks
from spatial.blocks import BlockSet
from spatial.contiguity import Contiguity
from ui.editor.shape_bytes import mercator
from workspace.desk import Answer, Desk
from workspace.drafting import Operation
from workspace.store import Entry


class WireError(ValueError):
    """A message that this server cannot read; the browser shows a sentence and keeps its work."""


def runs_from_positions(positions: Iterable[int]) -> str:
    """Positions as text, neighbours joined.

    >>> runs_from_positions([7, 0, 1, 2, 9])
    '0-2,7,9'
    """
    ordered = np.unique(np.fromiter(positions, dtype=np.int64))
    if not len(ordered):
        return ""
    groups = np.split(ordered, np.flatnonzero(np.diff(ordered) > 1) + 1)
    return ",".join(str(g[0]) if len(g) == 1 else f"{g[0]}-{g[-1]}" for g in groups)


def positions_from_runs(runs: str, *, n: int) -> list[int]:
    """The positions of a text of runs, all of them below n.

    >>> positions_from_runs("0-2,7", n=8)
    [0, 1, 2, 7]
    """
    positions: list[int] = []
    try:
        for run in filter(None, runs.split(",")):
            first, _, last = run.partition("-")
            start, end = int(first), int(last or first)
            if not 0 <= start <= end < n:
                raise WireError(run)
            positions += range(start, end + 1)
    except (ValueError, AttributeError) as error:
        raise WireError(str(runs)[:80]) from error
    return positions


def operation_from_message(message: Mapping[str, Any], ids: Sequence[str], *, author: str, client: str) -> Operation:
    """One operation of a browser, with block ids in the place of positions.

    Errors
    ------
    WireError : parts are missing or of the wrong kind
    """
    try:
        payload = dict(message["payload"])
        if message["kind"] == "assign":
            payload["moves"] = [
                [int(region), [ids[p] for p in positions_from_runs(runs, n=len(ids))]]
                for region, runs in payload["moves"]
            ]
        return Operation(str(message["uuid"])[:36], str(message["kind"]), payload, int(message["base"]), author, client)
    except (KeyError, TypeError, ValueError) as error:
        raise WireError(str(error)) from error


def entry_message(entry: Entry, index: Mapping[str, int]) -> dict[str, Any]:
    """One journal line for the browsers."""
    effect = dict(entry.effect)
    for part in ("moved", "refused"):
        if part in effect:
            effect[part] = [
                [*head, runs_from_positions(index[i] for i in ids if i in index)] for *head, ids in effect[part]
            ]
    effect.pop("contested", None)
    return {
        "uuid": entry.uuid,
        "revision": entry.revision,
        "author": entry.author,
        "client": entry.client,
        "kind": entry.kind,
        "at": entry.made_at,
        "effect": effect,
    }


def answer_message(answer: Answer) -> dict[str, Any]:
    """What the browser hears about one operation; the journal line itself comes with the others."""
    return {"uuid": answer.uuid, "problem": answer.problem, "revision": answer.entry.revision if answer.entry else 0}


def plan_message(desk: Desk, *, author: str) -> dict[str, Any]:
    """The whole plan as it stands, for a browser that opens it."""
    draft = desk.draft
    return {
        "labels": _text(draft.plan.labels.astype("<i4")),
        "names": {str(r): name for r, name in draft.plan.names.items()},
        "colours": {str(r): slot for r, slot in draft.plan.colours.items()},
        "locked": sorted(draft.locked),
        "highest": draft.highest,
        **news_message(desk, since=draft.revision, author=author),
    }


def news_message(desk: Desk, *, since: int, author: str) -> dict[str, Any]:
    """What happened since a revision, and what this person can take back."""
    index, stacks = desk.draft.index, desk.history.of(author)
    return {
        "revision": desk.draft.revision,
        "entries": [entry_message(entry, index) for entry in desk.since(since)],
        "conflicts": [
            {
                "id": c.id,
                "block": index[c.block_id],
                "mine": c.mine,
                "theirs": c.theirs,
                "myAuthor": c.my_author,
                "theirAuthor": c.their_author,
            }
            for c in desk.conflicts
        ],
        "undo": bool(stacks.undo),
        "redo": bool(stacks.redo),
        "state": desk.record.state,
    }


def county_message(blocks: BlockSet, contiguity: Contiguity) -> dict[str, Any]:
    """What the browser needs to count while painting: residents, areas, borders, municipalities and places."""
    return {
        "ids": list(blocks.ids),
        "residents": _text(blocks.population.astype("<i4")),
        "area": _text(blocks.area_m2.astype("<f4")),
        "perimeter": _text(blocks.perimeter_m.astype("<f4")),
        "municipality": _text(blocks.municipality.astype("<i4")),
        "municipalities": [m.name for m in blocks.municipalities],
        "place": _text(blocks.place.astype("<i4")),
        "places": [p.name for p in blocks.places],
        "edges": _text(contiguity.edges.astype("<i4")),
        "border": _text(contiguity.border_m.astype("<f4")),
        "passable": _text(contiguity.passable.astype("u1")),
    }


def landmarks_message(landmarks: Landmarks) -> dict[str, Any]:
    """Facilities and streets, in pixels of the Mercator world as the shapes are."""
    kinds = sorted(set(landmarks.facility_kinds))
    places = mercator(landmarks.facility_points).tolist()
    facilities = [
        [x, y, kinds.index(kind), name]
        for (x, y), kind, name in zip(places, landmarks.facility_kinds, landmarks.facility_names, strict=True)
    ]
    corners = mercator(landmarks.street_points).tolist()
    streets = [[name, x, y] for name, (x, y) in zip(landmarks.street_names, corners, strict=True)]
    return {"kinds": kinds, "facilities": facilities, "streets": streets}


def _text(values: Any) -> str:
    return base64.b64encode(np.ascontiguousarray(values).tobytes()).decode()
