"""Broken rules on screen: what, where, what now; the same sentences on every page, the remedies one click away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from regionalization.violation import Remedy, Violation
from reporting.text_de import app as text
from reporting.text_de.rules import remedy_sentence, violation_sentence
from spatial.fingerprint import digest
from ui import session
from workspace.remedies import can_take, take_remedy
from workspace.workspace import Workspace

_SHOWN = 8  # the rest waits behind a fold


def show_violations(
    violations: Sequence[Violation], workspace: Workspace, *, key: str, remedies_open: bool = False
) -> None:
    """List violations with their reason and remedies; says so where there are none.

    Parameters
    ----------
    key : unique on the page
    remedies_open : all remedies stand in sight, for a page that has the room; otherwise behind a button
    """
    if not violations:
        st.success(text.ALL_KEPT, icon=":material/check_circle:")
        return
    named = list(zip(violations, (f"{key}_{name}" for name in widget_names(violations)), strict=True))
    for violation, own in named[:_SHOWN]:
        _card(violation, workspace, key=own, remedies_open=remedies_open)
    if len(named) > _SHOWN:
        with st.expander(text.further(len(named) - _SHOWN)):
            for violation, own in named[_SHOWN:]:
                _card(violation, workspace, key=own, remedies_open=remedies_open)


def widget_names(violations: Sequence[Violation]) -> tuple[str, ...]:
    """A name for each by what is broken and why; the second of two that say the same is counted on."""
    seen: Counter[str] = Counter()
    names = []
    for broken in violations:
        what = digest(broken.rule, broken.region, broken.municipality, broken.reason, broken.blocks)
        names.append(f"{what}_{seen[what]}")
        seen[what] += 1
    return tuple(names)


def _card(violation: Violation, workspace: Workspace, *, key: str, remedies_open: bool) -> None:
    """One violation; its widgets are known by what is broken, so that none slips under a second click."""
    names = {m.key: m.name for m in workspace.county.blocks.municipalities}
    with st.container(border=True):
        note = f"  \n*{text.UNAVOIDABLE}*" if violation.unavoidable and violation.region is not None else ""
        st.markdown(f":material/warning: {violation_sentence(violation, names)}{note}")
        if not violation.remedies:
            return
        if remedies_open:
            _remedies(violation, workspace, names=names, key=key)
            return
        with st.popover(text.REMEDIES, key=f"remedies_{key}"):
            _remedies(violation, workspace, names=names, key=key)


def _remedies(violation: Violation, workspace: Workspace, *, names: Mapping[str, str], key: str) -> None:
    place = violation.municipality
    by_hand = [remedy for remedy in violation.remedies if not can_take(remedy)]
    with st.container(horizontal=True, gap="small"):
        for number, remedy in enumerate(r for r in violation.remedies if can_take(r)):
            if st.button(remedy_sentence(remedy, names, only_in=place), key=f"remedy_{key}_{number}", wrap=True):
                _take(violation, remedy, workspace)
    if by_hand:
        st.caption("  \n".join(f"– {remedy_sentence(remedy, names, only_in=place)}" for remedy in by_hand))


def _take(violation: Violation, remedy: Remedy, workspace: Workspace) -> None:
    session.put(workspace.with_settings(take_remedy(workspace.settings, violation, remedy)))
    session.flash(text.REMEDY_TAKEN)
    st.rerun()
