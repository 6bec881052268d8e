"""Section „Adressen zuordnen“: the block of every address, and a list of those that lie in none."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from geodata.addresses import AddressColumns
from reporting.text_de import data_page
from reporting.text_de import data_rooms as words
from spatial.errors import InputError
from ui import session
from ui.data_views.county_card import show_county
from ui.data_views.findings_view import show_findings
from ui.data_views.uploads import upload
from ui.number_field import whole_number
from workspace.address_matching import MatchedAddresses, address_rows, as_csv, guessed_columns, match_addresses

_MATCHED = "matched_addresses"
_OPTIONAL = ("suffix", "municipality")


def draw() -> None:
    """Draw the section: the file on the left, the result on the right."""
    left, right = st.columns([1.1, 1], gap="large")
    with left:
        st.markdown(words.ADDRESS_INTRO)
        path = upload(words.ADDRESS_FILE, key="address_file")
        if path is not None:
            _form(path)
    with right:
        matched = session.recall(_MATCHED)
        if matched is None or path is None or matched[0] != (path, session.current().county.fingerprint):
            show_county(findings=False)
        else:
            _result(matched[1])


def _form(path: Path) -> None:
    rows = address_rows(path)
    if len(rows):
        st.dataframe(rows, hide_index=True, height=180)
    kind = st.radio(
        words.ADDRESS_KIND,
        list(words.ADDRESS_KINDS),
        format_func=words.ADDRESS_KINDS.__getitem__,
        horizontal=True,
        key="address_kind",
    )
    names = tuple(map(str, rows.columns))
    columns = _columns(names, path) if kind == "table" else None
    first, second = st.columns(2)
    crs = {25832: data_page.CRS_NAMES[25832], **data_page.CRS_NAMES}
    epsg = first.selectbox(data_page.CRS, list(crs), format_func=crs.__getitem__, key="address_crs")
    reach = whole_number(words.ADDRESS_REACH, 0, key="address_reach", place=second)
    if st.button(words.ADDRESS_GO, type="primary", key="address_go"):
        _match(path, columns, epsg=int(epsg or 25832), reach_m=float(reach))


def _columns(names: tuple[str, ...], path: Path) -> AddressColumns:
    """Which column holds what; guessed from the usual names and open to change."""
    guess = guessed_columns(names)
    layer = path.suffix.lower() not in (".csv", ".txt", ".tsv", ".xlsx")
    chosen: dict[str, str | None] = {}
    places = st.columns(3)
    shown = [role for role in words.ADDRESS_COLUMNS if not (layer and role in ("east", "north"))]
    for number, role in enumerate(shown):
        offered = [words.NOT_THERE, *names] if role in _OPTIONAL else list(names)
        usual = getattr(guess, role)
        position = offered.index(usual) if usual in offered else 0
        name = places[number % 3].selectbox(
            words.ADDRESS_COLUMNS[role], offered, index=position, key=f"address_{role}_{path.name}"
        )
        chosen[role] = None if name == words.NOT_THERE else name
    return AddressColumns(**chosen)  # type: ignore[arg-type]


def _match(path: Path, columns: AddressColumns | None, *, epsg: int, reach_m: float) -> None:
    county = session.current().county
    session.remember(_MATCHED, None)
    try:
        with st.spinner(words.WORKING):
            matched = match_addresses(county, path, columns=columns, epsg=epsg, reach_m=reach_m)
    except InputError as error:
        show_findings(error.findings)
        return
    session.remember(_MATCHED, ((path, county.fingerprint), matched))
    st.rerun()


def _result(matched: MatchedAddresses) -> None:
    lost, total = matched.unmatched, len(matched.frame)
    st.markdown(words.placed(total - len(lost), total))
    show_findings(matched.findings)
    if len(lost):
        st.markdown(f"**{words.ADDRESS_LOST_TITLE}**")
        st.dataframe(lost.drop(columns="block_id").rename(columns=words.ADDRESS_TABLE), hide_index=True, height=240)
        _download(words.ADDRESS_LOST, as_csv(lost), "adressen_ohne_block.csv")
    _download(words.ADDRESS_ALL, as_csv(matched.frame), "adressen_mit_block.csv")


def _download(label: str, data: bytes, name: str) -> None:
    st.download_button(label, data=data, file_name=name, mime="text/csv", key=name, on_click="ignore")
