"""Fixed files come from memory: the right ones, compressed for those who can read that, new ones when they change."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import Any

import pytest

from ui.static_shelf import Folder, StaticShelf

SCRIPT = b"const raum = 1;\n" * 100


async def _beyond(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def ask(shelf: StaticShelf, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of one answer."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    asked = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    answering = shelf({"type": "http", "method": "GET", "path": path, "headers": asked}, None, send)
    with pytest.raises(StopIteration):  # nothing in it waits, so no event loop is needed
        answering.send(None)
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], told, sent[1]["body"]


@pytest.fixture
def shelf(tmp_path: Path) -> StaticShelf:
    inside = tmp_path / "innen"
    inside.mkdir()
    (inside / "karte.js").write_bytes(SCRIPT)
    (inside / "schrift.woff2").write_bytes(b"\x00" * 2000)
    (tmp_path / "geheim.txt").write_text("geheim")
    return StaticShelf(_beyond, folders=(Folder("/fest/", inside), Folder("/fuer-immer/", inside, hashed=True)))


def test_a_script_comes_compressed_to_those_who_can_read_it(shelf: StaticShelf) -> None:
    status, told, body = ask(shelf, "/fest/karte.js", accept_encoding="gzip, br")
    assert status == 200 and gzip.decompress(body) == SCRIPT and int(told["content-length"]) == len(body)
    assert told["content-encoding"] == "gzip" and told["content-type"].startswith("text/javascript")
    assert ask(shelf, "/fest/karte.js")[2] == SCRIPT


def test_a_font_is_not_compressed_again(shelf: StaticShelf) -> None:
    _status, told, body = ask(shelf, "/fest/schrift.woff2", accept_encoding="gzip")
    assert "content-encoding" not in told and len(body) == 2000


def test_who_has_the_file_already_gets_no_second_copy(shelf: StaticShelf) -> None:
    tag = ask(shelf, "/fest/karte.js")[1]["etag"]
    status, _told, body = ask(shelf, "/fest/karte.js", if_none_match=tag)
    assert (status, body) == (304, b"")


def test_a_file_that_changes_is_read_again(shelf: StaticShelf, tmp_path: Path) -> None:
    ask(shelf, "/fest/karte.js")
    (tmp_path / "innen" / "karte.js").write_bytes(b"neu")
    os.utime(tmp_path / "innen" / "karte.js", ns=(0, 1))
    assert ask(shelf, "/fest/karte.js")[2] == b"neu"


def test_only_names_that_change_with_the_content_are_kept_by_browsers_for_ever(shelf: StaticShelf) -> None:
    assert "immutable" in ask(shelf, "/fuer-immer/karte.js")[1]["cache-control"]
    assert ask(shelf, "/fest/karte.js")[1]["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/fest/../geheim.txt", "/fest//etc/passwd", "/fest/%2e%2e/geheim.txt", "/fest/", "/"])
def test_nothing_outside_the_folders_is_handed_out(shelf: StaticShelf, path: str) -> None:
    assert ask(shelf, path)[0] == 404


def test_a_file_that_was_taken_away_is_left_to_the_app(shelf: StaticShelf, tmp_path: Path) -> None:
    (tmp_path / "innen" / "karte.js").unlink()
    assert ask(shelf, "/fest/karte.js")[0] == 404
