"""The index, its alternatives and its robustness; no rank stands without its uncertainty."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from cli import app
from indicators.composite import mss_index
from indicators.composite_weights import METHODS, composite, entropy_weights, pca_weights
from indicators.robustness import leave_one_out, rank_intervals
from spatial.errors import InputError
from workspace.index_action import columns_from_options, compute_index

RNG = np.random.default_rng(3)
BURDEN = RNG.normal(size=(60, 1)) + 0.5 * RNG.normal(size=(60, 3))
FRAME = pd.DataFrame(BURDEN, columns=["S1", "S3", "S4"], index=[f"{i:02d}" for i in range(60)])
FRAME["D1"] = RNG.normal(size=60)


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(60)))
def test_the_order_of_areas_does_not_matter_to_the_index(order: list[int]) -> None:
    one, _ = mss_index(FRAME, status=["S1", "S3"], dynamic=["D1"])
    two, _ = mss_index(FRAME.iloc[order], status=["S1", "S3"], dynamic=["D1"])
    assert (one["group"] == two["group"].reindex(one.index)).all()


def test_index_and_dynamic_have_mean_zero_and_population_sd_one() -> None:
    result, _ = mss_index(FRAME, status=["S1", "S3", "S4"], dynamic=["D1"])
    for column in ("status_index", "dynamic_index", "z_S3"):
        assert result[column].mean() == pytest.approx(0, abs=1e-12)
        assert result[column].std(ddof=0) == pytest.approx(1)


def test_every_doubt_about_index_columns_is_told_at_once() -> None:
    broken = FRAME.assign(S9=5.0)
    broken.loc["03", "S3"] = np.nan
    with pytest.raises(InputError) as caught:
        mss_index(broken, status=["S1", "S1", "S3", "S9", "X"], dynamic=[])
    codes = {f.code for f in caught.value.findings}
    assert codes == {"index.column.unknown", "index.column.duplicate", "index.value.missing", "index.column.constant"}


def test_one_area_alone_has_no_index() -> None:
    with pytest.raises(InputError) as caught:
        mss_index(FRAME.iloc[:1], status=["S1"], dynamic=[])
    assert caught.value.findings[0].code == "index.areas.few"


@pytest.mark.parametrize("method", METHODS)
def test_every_composite_method_sees_an_area_that_is_worst_in_everything(method: str) -> None:
    values = np.vstack([BURDEN, BURDEN.max(axis=0) + 1])
    assert composite(values, method).argmax() == 60  # type: ignore[arg-type]


def test_pca_and_entropy_weights_sum_to_one_and_are_never_negative() -> None:
    for weights in (pca_weights(BURDEN), entropy_weights(BURDEN)):
        assert weights.sum() == pytest.approx(1) and (weights >= 0).all()


def test_rank_intervals_hold_the_rank_and_the_same_seed_gives_the_same_intervals() -> None:
    one, two = rank_intervals(BURDEN, seed=5, runs=300), rank_intervals(BURDEN, seed=5, runs=300)
    assert one.equals(two)
    assert (one["rank_low"] <= one["rank_high"]).all()
    assert ((one["rank_low"] <= one["rank"]) & (one["rank"] <= one["rank_high"])).mean() > 0.9
    assert one["worst_share"].between(0, 1).all() and one.loc[one["rank"] == 1, "worst_share"].item() > 0.9


def test_with_equal_indicators_weights_cannot_change_a_rank() -> None:
    same = np.repeat(BURDEN[:, :1], 3, axis=1)
    result = rank_intervals(same, seed=1, runs=100)
    assert (result["rank_low"] == result["rank_high"]).all()


def test_leaving_out_an_indicator_tells_what_hangs_on_it() -> None:
    values = np.column_stack([BURDEN, RNG.normal(size=60)])
    result = leave_one_out(values, ["S1", "S3", "S4", "lärm"])
    assert result.index.tolist() == ["S1", "S3", "S4", "lärm"]
    assert result["rank_correlation"].between(0.5, 1).all() and result["largest_move"].max() > 0


def write(folder: Path, text: str) -> Path:
    path = folder / "werte.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_missing_numbers_and_invalid_areas_are_left_out_and_named(tmp_path: Path) -> None:
    rows = [f"0{i};{i},5;{10 - i},1;gültig" for i in range(5)] + ["05;-9999;1,0;gültig", "06;2,0;1,0;ungültig"]
    path = write(tmp_path, "\n".join(["ID;S1;D1;KOM", *rows]))
    columns = columns_from_options(id_column="ID", status="S1", dynamic="D1", valid=["KOM=gültig"])
    table, found = compute_index(path, columns)
    assert table["id"].tolist() == ["00", "01", "02", "03", "04"]
    by_code = {f.code: f for f in found}
    assert by_code["index.area.dropped"].where == ("05",)
    assert by_code["index.areas.excluded"].values["count"] == 1


def test_three_digits_after_a_point_are_never_read_as_thousands(tmp_path: Path) -> None:
    path = write(tmp_path, "ID,S1,D1\n1,1.226,0.100\n2,2.158,0.200\n3,4.500,0.900\n")
    table, _ = compute_index(path, columns_from_options(id_column="ID", status="S1", dynamic="D1"))
    assert table["z_S1"].iloc[2] == pytest.approx((4.5 - 2.628) / np.std([1.226, 2.158, 4.5]), abs=1e-9)


def test_an_unknown_column_a_text_and_an_empty_selection_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "ID,S1,D1,KOM\n1,viel,0.1,ja\n2,2.1,0.2,ja\n3,4.5,0.9,ja\n")
    for options, code in (
        ({"status": "S7", "dynamic": "D1"}, "index.column.unknown"),
        ({"status": "S1", "dynamic": "D1"}, "index.number.unreadable"),
        ({"status": "S1", "dynamic": "D1", "valid": ["KOM=nein"]}, "index.valid.none"),
        ({"status": "S1", "dynamic": "D1", "valid": ["KOM"]}, "index.valid.form"),
    ):
        with pytest.raises(InputError) as caught:
            compute_index(path, columns_from_options(id_column="ID", **options))
        assert caught.value.findings[0].code == code


def test_several_conditions_for_valid_areas_hold_together_and_values_of_one_column_are_alternatives(
    tmp_path: Path,
) -> None:
    path = tmp_path / "werte.csv"
    rows = [f"0{i};{i * i};{7 - i};{'gültig' if i < 7 else 'klein'};{'Ost' if i % 2 else 'West'}" for i in range(1, 9)]
    path.write_text("\n".join(["ID;S1;D1;KOM;TEIL", *rows]), encoding="utf-8")
    command = ["index", str(path), "--id", "ID", "--status", "S1", "--dynamic", "D1", "--out", str(tmp_path / "i.csv")]
    found = []
    for valid in (["KOM=gültig", "TEIL=Ost"], ["KOM=gültig", "KOM=klein", "TEIL=Ost"], ["TEIL=Ost", "TEIL=West"]):
        result = CliRunner().invoke(app, [*command, *(part for pair in valid for part in ("--valid", pair))])
        assert result.exit_code == 0, result.output
        found.append(pd.read_csv(tmp_path / "i.csv", dtype={"id": str})["id"].tolist())
    assert found[0] == ["01", "03", "05"] and found[1] == ["01", "03", "05", "07"] and len(found[2]) == 8
    wrong = CliRunner().invoke(app, [*command, "--valid", "KOM", "--valid", "=Ost"])
    assert wrong.exit_code == 2 and "„KOM“" in wrong.output and "„=Ost“" in wrong.output
