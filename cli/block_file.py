"""What the command line may say about a block file: columns, repairs, tables to join, name and source."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Annotated

import typer

from geodata.join_table import JoinedTable
from geodata.table_file import TableForm
from reporting.text_de import cli_block_file as text

Tables = Annotated[list[Path] | None, typer.Option("--table", help=text.TABLE, show_default=False)]
TableKeys = Annotated[list[str] | None, typer.Option("--table-key", help=text.TABLE_KEY, show_default=False)]
BlockKey = Annotated[str | None, typer.Option("--block-key", help=text.BLOCK_KEY, show_default=False)]
Sheet = Annotated[str | None, typer.Option("--table-sheet", help=text.TABLE_SHEET, show_default=False)]
Name = Annotated[str, typer.Option("--name", help=text.COUNTY_NAME, show_default=False)]
Licence = Annotated[str, typer.Option("--licence", help=text.LICENCE, show_default=False)]
Date = Annotated[str, typer.Option("--date", help=text.DATE, show_default=False)]


def joined_tables(
    tables: Sequence[Path] | None, keys: Sequence[str] | None, *, block_key: str | None, sheet: str | None
) -> tuple[JoinedTable, ...]:
    """The tables of ``--table`` with the keys of ``--table-key`` in the same order; a key left out is guessed.

    >>> [t.key for t in joined_tables([Path("a.csv"), Path("b.csv")], ["nr"], block_key=None, sheet=None)]
    ['nr', None]
    """
    form = TableForm(sheet=sheet) if sheet else None
    pairs = zip_longest(tables or (), (keys or ())[: len(tables or ())])
    return tuple(JoinedTable(path, key=key or None, block_key=block_key, form=form) for path, key in pairs)


def repair_names(given: Sequence[str] | None) -> tuple[str, ...]:
    """The repairs as they are called inside; ``restore-zeros`` is the same as ``restore_zeros``.

    >>> repair_names(["restore-zeros"])
    ('restore_zeros',)
    """
    return tuple(name.strip().lower().replace("-", "_") for name in given or ())
