"""The catalogue is data, complete and checked; a county adds its own indicators in a second file."""

import pytest

from indicators.catalogue import Catalogue, catalogue_from_toml, standard_catalogue
from spatial.errors import InputError

OWN = """
version = "hs-1"
[[indicator]]
id = "BEV90"
name_de = "Grenzpendler"
name_en = "Cross-border commuters"
kind = "proportion"
numerator = "Beschäftigte in den Niederlanden"
denominator = "Personen von 15 bis 64 Jahren"
unit = "%"
per = 100
polarity = 0
source = "EMR"
interpretation = "Verflechtung mit den Niederlanden."
limits = "Eigene Erhebung."
"""


def test_every_indicator_of_the_domain_page_is_in_the_catalogue() -> None:
    expected = {"BEV": 13, "HH": 4, "ARB": 4, "EIN": 7, "KIJ": 7, "BIL": 6, "ALT": 5, "WOH": 4, "PAR": 1, "SIC": 1}
    expected |= {"INF": 2, "INK": 3}
    catalogue = standard_catalogue()
    counted = {theme: sum(i.theme == theme for i in catalogue) for theme in catalogue.themes}
    assert counted == expected


def test_every_indicator_says_what_it_is_where_it_comes_from_and_what_it_cannot_say() -> None:
    for indicator in standard_catalogue():
        assert all((indicator.name_de, indicator.name_en, indicator.numerator, indicator.unit)), indicator.id
        assert all((indicator.interpretation, indicator.limits, indicator.source.legal_basis)), indicator.id
        assert indicator.source.period and indicator.version, indicator.id
        assert indicator.min_numerator >= 3, indicator.id


def test_the_catalogue_is_never_called_the_kgst_set() -> None:
    texts = " ".join(f"{i.name_de} {i.interpretation} {i.limits}" for i in standard_catalogue())
    assert "KGSt" not in texts


def test_a_county_adds_its_own_indicator_in_a_second_file() -> None:
    both = catalogue_from_toml(OWN, base=standard_catalogue())
    assert len(both) == len(standard_catalogue()) + 1
    assert both["BEV90"].min_denominator == 100
    assert both.fingerprint != standard_catalogue().fingerprint


def test_every_mistake_of_a_catalogue_file_is_reported_at_once() -> None:
    broken = OWN.replace("BEV90", "EIN02").replace('"proportion"', '"quote"').replace("per = 100", "per = 0")
    broken = broken.replace("polarity = 0", "polarity = 2").replace('"EMR"', '"XYZ"').replace("limits =", "grenzen =")
    with pytest.raises(InputError) as caught:
        catalogue_from_toml(broken, base=standard_catalogue())
    codes = {f.code for f in caught.value.findings}
    assert codes == {
        "catalogue.id.duplicate", "catalogue.kind.unknown", "catalogue.per", "catalogue.polarity",
        "catalogue.source.unknown", "catalogue.field.missing", "catalogue.field.unknown",
    }  # fmt: skip


def test_minimum_counts_can_only_be_set_higher_than_three() -> None:
    with pytest.raises(InputError) as caught:
        catalogue_from_toml(OWN + "min_numerator = 2\n", base=standard_catalogue())
    assert [f.code for f in caught.value.findings] == ["catalogue.min_numerator"]


def test_a_file_that_is_no_toml_is_said_to_be_broken() -> None:
    with pytest.raises(InputError) as caught:
        catalogue_from_toml("version = ")
    assert caught.value.findings[0].code == "catalogue.toml.broken"


def test_views_name_only_indicators_that_exist() -> None:
    catalogue = standard_catalogue()
    assert set(catalogue.views) == {"jugendhilfe", "altenhilfe", "inklusion"}
    assert all(set(ids) <= set(catalogue.ids) for ids in catalogue.views.values())
    assert isinstance(catalogue.only(["EIN02"]), Catalogue) and len(catalogue.only(["EIN02"])) == 1


def test_an_unknown_indicator_is_named() -> None:
    with pytest.raises(InputError) as caught:
        standard_catalogue()["XXX01"]
    assert caught.value.findings[0].where == ("XXX01",)
