"""The documentation page of an indicator, from the catalogue (Kennblatt)."""

from __future__ import annotations

from indicators.catalogue import Catalogue, Indicator
from reporting.text_de import indicators as text


def indicator_page(indicator: Indicator, catalogue: Catalogue) -> str:
    """One indicator as a Markdown page: definition, source, law, method, how to read it, and what it cannot say."""
    source = indicator.source
    reference = text.REFERENCE[source.reference]
    rows = [
        ("Thema", catalogue.themes[indicator.theme]),
        ("Englisch", indicator.name_en),
        ("Art", text.KINDS[indicator.kind]),
        ("Zähler", indicator.numerator),
        ("Nenner", indicator.denominator or "entfällt"),
        ("Einheit", indicator.unit),
        ("Richtung", text.POLARITY[indicator.polarity]),
        ("Quelle", source.name),
        ("Rechtsgrundlage", source.legal_basis),
        (reference, source.period),
        ("Mindestzahlen", _minimum(indicator)),
        ("Verfahren", text.METHODS[indicator.kind]),
        ("Fassung", f"{indicator.version} (Katalog {catalogue.version}, {text.NATIONAL})"),
    ]
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    modelled = f"\n> {text.MODELLED}\n" if indicator.modelled else ""
    return (
        f"# {indicator.id} · {indicator.name_de}\n{modelled}\n| Angabe | Inhalt |\n|:--|:--|\n{table}\n\n"
        f"**Deutung.** {indicator.interpretation}\n\n**Grenzen.** {indicator.limits}\n"
    )


def index_page(catalogue: Catalogue) -> str:
    """The list of all indicators by theme, with links to their pages."""
    parts = [f"# Indikatoren\n\nKatalog {catalogue.version}, {text.NATIONAL}. {text.GENERATED}\n"]
    for theme, name in catalogue.themes.items():
        entries = [i for i in catalogue if i.theme == theme]
        lines = "\n".join(f"- [{i.id}]({i.id}.md) {i.name_de} ({i.unit})" for i in entries)
        parts.append(f"## {name}\n\n{lines}\n")
    return "\n".join(parts)


def _minimum(indicator: Indicator) -> str:
    denominator = f", Nenner {indicator.min_denominator}" if indicator.has_denominator else ""
    return f"Zähler {indicator.min_numerator}{denominator}; darunter geheim"
