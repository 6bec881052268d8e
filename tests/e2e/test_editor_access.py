"""The editing page for everybody: an accessibility run without serious findings, in light and in dark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.driving import Server, running
from tests.e2e.editor_driver import open_editor

axe = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("access")) as started:
        yield started


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_editor_has_no_serious_accessibility_finding(browser: Browser, server: Server, scheme: str) -> None:
    editor = open_editor(browser, server, color_scheme=scheme, bypass_csp=True)
    editor.page.wait_for_selector(".rw-warnings li")
    editor.js("e.menus.help()")
    findings = [*_serious(editor.page, ".rw-dialog")]
    editor.js("e.menus.dialog.close()")
    findings += _serious(editor.page, ".rw-editor")
    assert findings == []
    editor.page.context.close()


def _serious(page: object, part: str) -> list[str]:
    result = axe.Axe().run(page, context=part)
    return [
        f"{v['id']}: {v['help']} {[n['target'] for n in v['nodes']][:3]}"
        for v in result.response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
