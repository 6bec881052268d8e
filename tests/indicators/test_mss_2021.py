"""The published index of Berlin is met area by area: Monitoring Soziale Stadtentwicklung 2021."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from workspace.index_action import columns_from_options, compute_index

DATA = Path(os.environ.get("RAUMWERK_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
MSS = DATA / "berlin_lor2021_mss"
pytestmark = pytest.mark.skipif(not MSS.is_dir(), reason="Daten des MSS 2021 liegen nicht bereit (RAUMWERK_DATA)")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    columns = columns_from_options(id_column="PLR_ID", status="S1,S3,S4", dynamic="D1,D3,D4", valid=["KOM=gültig"])
    out = tmp_path_factory.mktemp("index") / "index.csv"
    compute_index(MSS / "mss_2021_index_indikatoren.csv", columns, out=out)
    return pd.read_csv(out, dtype={"id": str}).set_index("id")


def test_all_536_status_and_dynamic_classes_are_those_that_berlin_published(index: pd.DataFrame) -> None:
    published = pd.read_csv(MSS / "mss_2021_indizes.csv", dtype={"PLR_ID": str}).set_index("PLR_ID")
    published = published[published["KOM"] == "gültig"].loc[index.index]
    assert len(index) == 536
    assert (index["status_class"] == published["SI_N"].astype(int)).sum() == 536
    assert (index["dynamic_class"] == published["DI_N"].astype(int)).sum() == 536
    assert set(index["group"].str.len()) <= {2, 4}
    assert (index["group"].str.replace("\u2212", "-") == published["SDI"]).all()


def test_the_index_lies_within_a_hundredth_of_the_published_one(index: pd.DataFrame) -> None:
    z = pd.read_csv(MSS / "mss_2021_zwerte_plr_jascha.csv", sep=";", dtype={"PLR-ID": str}, encoding="utf-8-sig")
    z.columns = [name.strip() for name in z.columns]
    z = z.set_index("PLR-ID").loc[index.index]
    pairs = {
        "status_index": "Status-Index (standardisierte Statussumme)",
        "dynamic_index": "Dynamik-Index (standardisierte Dynamik-summe)",
    }
    for ours, theirs in pairs.items():
        assert np.abs(index[ours] - pd.to_numeric(z[theirs])).max() < 0.01


def test_the_index_file_has_exactly_the_columns_of_the_contract(index: pd.DataFrame) -> None:
    assert list(index.reset_index().columns) == [
        "id", "z_S1", "z_S3", "z_S4", "z_D1", "z_D3", "z_D4", "status_sum", "status_index", "status_class",
        "dynamic_sum", "dynamic_index", "dynamic_class", "group",
    ]  # fmt: skip
    assert index.index[0] == "01100101"
