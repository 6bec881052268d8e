"""Every broken rule on a page has widgets of its own, also where demands share blocks or stand there twice."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from regionalization.violation import Remedy, Violation
from ui.violations import widget_names

FIRST = ("a", "b", "c", "d", "e")


def demand(*blocks: str, reason: str = "separated") -> Violation:
    remedies = (Remedy("drop_demand", {"rule": "keep_together"}), Remedy("widen_band", {"maximum": 5}))
    return Violation("keep_together", blocks=blocks, unavoidable=True, reason=reason, remedies=remedies)


def test_groups_that_share_their_first_blocks_and_groups_named_twice_are_told_apart() -> None:
    broken = (demand(*FIRST, "f"), demand(*FIRST, "g"), demand(*FIRST, "g"), demand(*FIRST, "g", reason="cut_off"))
    assert len(set(widget_names(broken))) == 4


def test_a_violation_keeps_its_name_when_another_one_goes_so_that_a_second_click_hits_nothing_else() -> None:
    one, other = demand("a", "b"), demand("c", "d")
    assert widget_names((one, other))[1] == widget_names((other,))[0]


def _page() -> None:
    from tests.ui.test_violation_keys import FIRST, demand
    from tests.workspace.small_county import small_county
    from ui.violations import show_violations
    from workspace.workspace import Workspace

    broken = [demand(*FIRST, "f"), demand(*FIRST, "g"), demand(*FIRST, "g")]
    show_violations(broken, Workspace(small_county()), key="seite", remedies_open=True)


def test_a_page_with_such_groups_is_drawn() -> None:
    drawn = AppTest.from_function(_page).run(timeout=30)
    assert not drawn.exception
    assert len(drawn.button) == 3
