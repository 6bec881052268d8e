"""The validity meter: what a drafted size allows to be said, and how many regions can be told apart."""

from __future__ import annotations

import numpy as np

from indicators.catalogue import standard_catalogue
from indicators.counts import count_table
from spatial.plan import Plan
from tests.workspace.test_indicator_desk import LABELS, SIDE, counts, county
from workspace.indicator_desk import desk_of, verdicts
from workspace.validity_meter import meter_of

N = SIDE * SIDE


def test_the_meter_has_the_half_widths_of_the_domain_page() -> None:
    """12 % of the under-15s, who are 13 % of the residents: ±3.2, ±1.8 and ±1.4 points (DOMAIN 3.1)."""
    columns = {"EIN02": (np.full(N, 0.12 * 0.13 * 900), np.full(N, 0.13 * 900))}
    table = count_table([f"b{i:02d}" for i in range(N)], columns, date="2022-12-31")
    meter = meter_of(desk_of(county(), Plan(LABELS), table, audience="public"), "EIN02")
    assert meter is not None
    assert [round(row.half_width, 1) for row in meter.rows] == [3.2, 1.8, 1.4]
    assert [row.grade for row in meter.rows] == ["limited", "good", "good"]
    assert (meter.told_apart, meter.judged) == (0, 8)


def test_the_regions_that_can_be_told_apart_are_those_with_a_verdict() -> None:
    desk = desk_of(county(), Plan(LABELS), counts(), audience="public")
    meter = meter_of(desk, "EIN02")
    judged = verdicts(desk, "EIN02", level="sozialraum", date=desk.dates[-1])["verdict"]
    assert meter is not None and meter.told_apart == judged.isin(["higher", "lower"]).sum() > 0
    assert meter.narrowest <= meter.widest


def test_a_rate_is_measured_in_its_unit_and_a_plain_number_not_at_all() -> None:
    desk = desk_of(county(), Plan(LABELS), counts(), audience="public")
    rate = next(i.id for i in standard_catalogue() if i.kind == "rate" and i.id in desk.catalogue.ids)
    meter = meter_of(desk, rate)
    assert meter is not None and meter.rows[0].grade is None
    assert meter.rows[0].half_width > meter.rows[2].half_width > 0
    assert meter_of(desk, "BEV01") is None
