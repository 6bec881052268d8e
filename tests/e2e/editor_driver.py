"""The editor as a test drives it: blocks by number, tools by name, regions as the screen and the server have them."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

from tests.e2e.driving import Server, wait_for

_EDITOR = "[...globalThis.__raumwerkEditors.values()][0]"
_VIOLATIONS = """
globalThis.__violations = [];
document.addEventListener("securitypolicyviolation", (e) => {
  globalThis.__violations.push(`${e.violatedDirective} ${e.blockedURI}`);
});
"""


@dataclass
class EditorPage:
    """One browser tab with the editor open."""

    page: Page
    requested: list[str]
    errors: list[str]

    def js(self, expression: str, argument: Any = None) -> Any:
        """Evaluate with ``e`` as the editor and ``a`` as the argument."""
        return self.page.evaluate(f"(a) => {{ const e = {_EDITOR}; return {expression}; }}", argument)

    def pixel(self, block: int) -> tuple[float, float]:
        """Where the middle of a block is on the screen."""
        x, y = self.js(
            "(() => { const [x, y] = e.layer.pixels(e.shapes.middle[2*a], e.shapes.middle[2*a+1]);"
            " const r = e.layer._container.getBoundingClientRect(); return [r.left + x, r.top + y]; })()",
            block,
        )
        return float(x), float(y)

    def tool(self, name: str) -> None:
        self.page.click(f".rw-toolbar button[aria-label='{name}']")

    def target(self, region: int) -> None:
        self.js("e.setTarget(a)", region)

    def click(self, block: int) -> None:
        self.page.mouse.click(*self.pixel(block))

    def drag(self, *blocks: int) -> None:
        """Press on the first block, go over the others, let go on the last."""
        self.page.mouse.move(*self.pixel(blocks[0]))
        self.page.mouse.down()
        for block in blocks[1:]:
            self.page.mouse.move(*self.pixel(block), steps=6)
        self.page.mouse.up()

    def shown(self) -> list[int]:
        return list(self.js("[...e.state.shown]"))

    def confirmed(self) -> list[int]:
        return list(self.js("[...e.state.confirmed]"))

    def settle(self) -> None:
        """Until the server has acknowledged everything."""
        wait_for(lambda: bool(self.js("e.log.pending.length === 0 && !e.log.sending")), "all edits to be acknowledged")

    def status(self) -> str:
        return self.page.inner_text(".rw-live")

    def violations(self) -> list[str]:
        return list(self.page.evaluate("globalThis.__violations"))


def open_editor(browser: Browser, server: Server, *, name: str = "Kern", **context: Any) -> EditorPage:
    """A new visitor with the editor open and his name given."""
    visitor = browser.new_context(locale="de-DE", **{"viewport": {"width": 1440, "height": 950}, **context})
    visitor.set_default_timeout(15_000)
    page = visitor.new_page()
    editor = EditorPage(page, [], [])
    page.on("request", lambda request: editor.requested.append(request.url))
    page.on("pageerror", lambda error: editor.errors.append(str(error)))
    named = f"localStorage.setItem('raumwerk-name', {json.dumps(name)});" if name else ""
    page.add_init_script(_VIOLATIONS + named)
    page.goto(server.address)
    wait_ready(editor)
    return editor


def wait_ready(editor: EditorPage) -> None:
    editor.page.wait_for_selector(".rw-editor[data-revision]", timeout=60_000)


def ask(server: Server, address: str, message: dict[str, Any] | None = None) -> Any:
    """Speak the editor's protocol without a browser; ``address`` begins with project and plan."""
    body = None if message is None else json.dumps(message).encode()
    request = urllib.request.Request(f"{server.address}/raumwerk/desk/{address}", data=body)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.loads(answer.read())


def desk_address(editor: EditorPage) -> str:
    """Project and plan of an open editor, as ``ask`` wants them."""
    project, plan = editor.js("[e.data.project, e.data.plan]")
    return f"{project}/{plan}"
