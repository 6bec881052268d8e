"""The tables of a project (Projektdatei) beside its map layers, in words every SQL database understands.

Version 1 knows plans and settings; version 2 adds the journal, snapshots, scenarios, comments and conflicts; version 3
adds the counts of the blocks with their provenance and the list of releases; version 4 a county's own catalogue.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

SCHEMA_VERSION = 4

metadata = MetaData()

project_facts = Table(
    "rw_project",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("value", Text, nullable=False),
)

settings = Table(
    "rw_setting",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("value", Text, nullable=False),
)

plans = Table(
    "rw_plan",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", Text, nullable=False),
    Column("level", String(20), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("author", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("valid_from", String(10), nullable=False, default=""),
    Column("archived", Integer, nullable=False, default=0),
    Column("parent_id", String(36), nullable=False, default=""),
    Column("scenario_id", String(36), nullable=False, default=""),
    Column("origin", Text, nullable=False, default="{}"),
    Column("content", LargeBinary, nullable=False),
)

journal = Table(
    "rw_journal",
    metadata,
    Column("plan_id", ForeignKey("rw_plan.id"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("uuid", String(36), nullable=False, unique=True),
    Column("base_revision", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("client", String(36), nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("payload", Text, nullable=False),
    Column("effect", Text, nullable=False),
    Column("schema_version", Integer, nullable=False),
)

snapshots = Table(
    "rw_snapshot",
    metadata,
    Column("plan_id", ForeignKey("rw_plan.id"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)

scenarios = Table(
    "rw_scenario",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("archived", Integer, nullable=False, default=0),
)

comments = Table(
    "rw_comment",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("plan_id", ForeignKey("rw_plan.id"), nullable=False),
    Column("region", Integer, nullable=False),
    Column("block_id", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("text", Text, nullable=False),
    Column("done", Integer, nullable=False, default=0),
    Column("x_m", Float),
    Column("y_m", Float),
)

conflicts = Table(
    "rw_conflict",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("plan_id", ForeignKey("rw_plan.id"), nullable=False),
    Column("block_id", Text, nullable=False),
    Column("mine", Integer, nullable=False),
    Column("theirs", Integer, nullable=False),
    Column("my_author", Text, nullable=False),
    Column("their_author", Text, nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("decided_by", Text, nullable=False, default=""),
)

count_sets = Table(
    "rw_count_set",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("fingerprint", String(16), nullable=False),
    Column("source", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("geography", Text, nullable=False),
    Column("catalogue", String(16), nullable=False),
    Column("taken_at", String(32), nullable=False),
    Column("taken_by", Text, nullable=False),
    Column("modelled", Integer, nullable=False, default=0),
    Column("findings", Text, nullable=False, default="[]"),
    Column("replaced_at", String(32), nullable=False, default=""),
)

counts = Table(
    "rw_count",
    metadata,
    Column("set_id", ForeignKey("rw_count_set.id"), primary_key=True),
    Column("stichtag", String(10), primary_key=True),
    Column("indicator", String(16), primary_key=True),
    Column("modelled", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

releases = Table(
    "rw_release",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("audience", String(20), nullable=False),
    Column("released_by", Text, nullable=False),
    Column("released_at", String(32), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("plan", String(32), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("chain", String(64), nullable=False),
)

catalogues = Table(
    "rw_catalogue",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", Text, nullable=False),
    Column("taken_at", String(32), nullable=False),
    Column("taken_by", Text, nullable=False),
)

Index("rw_comment_plan", comments.c.plan_id)
Index("rw_conflict_plan", conflicts.c.plan_id)

VERSION_1 = (project_facts, settings, plans)
VERSION_2 = (journal, snapshots, scenarios, comments, conflicts)
VERSION_3 = (count_sets, counts, releases)
VERSION_4 = (catalogues,)
