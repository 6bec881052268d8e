"""Sentences about tables."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "table.not_text": "Die Datei {where} ist keine Texttabelle. Speichern Sie sie als CSV oder XLSX.",
    "table.encoding": "Die Datei {where} ist nicht im Zeichensatz {encoding} lesbar. Speichern Sie sie als CSV UTF-8.",
}
