"""Remarks on regions and blocks (Anmerkungen), as the browsers see them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ui.editor.open_projects import OpenProject, utc_now
from ui.editor.wire import WireError
from workspace.desk import Desk
from workspace.store import Comment

_LONGEST = 2000


def remarks(project: OpenProject, desk: Desk) -> dict[str, Any]:
    """All remarks on a plan, oldest first."""
    index = desk.draft.index
    rows = [
        {
            "id": c.id,
            "region": c.region,
            "block": index.get(c.block_id, -1),
            "author": c.author,
            "at": c.made_at,
            "text": c.text,
            "done": c.done,
        }
        for c in project.project.store.comments(desk.plan_id)
    ]
    return {"remarks": rows}


def keep_remark(project: OpenProject, desk: Desk, message: Mapping[str, Any], *, author: str) -> None:
    """Keep a new remark, or note that an old one is settled; nobody changes another person's words.

    Errors
    ------
    WireError : an empty remark, or one that does not exist
    """
    store = project.project.store
    if message["id"]:
        known = [c for c in store.comments(desk.plan_id) if c.id == message["id"]]
        if not known:
            raise WireError("remark")
        store.put_comment(replace(known[0], done=bool(message["done"])))
        return
    words, block = str(message["text"]).strip()[:_LONGEST], int(message["block"])
    if not words:
        raise WireError("remark")
    block_id = desk.draft.ids[block] if block >= 0 else ""
    comment = Comment(str(uuid.uuid4()), desk.plan_id, int(message["region"]), block_id, author, utc_now(), words)
    store.put_comment(comment)
