"""Sentences for findings about catalogues, counts, the index and releases: what, where, what now."""

from __future__ import annotations

from collections.abc import Mapping

_CATALOGUE = {
    "catalogue.toml.broken": (
        "Der Katalog ist keine gültige TOML-Datei ({reason}). Prüfen Sie Anführungszeichen und Klammern."
    ),
    "catalogue.encoding": (
        "Die Datei {where} ist nicht in UTF-8 geschrieben. Speichern Sie sie als UTF-8 und laden Sie sie neu."
    ),
    "catalogue.shape": (
        "Den Abschnitt „{where}“ kennt der Katalog nicht, oder er hat nicht die erwartete Form. Vergleichen Sie ihn "
        "mit dem Muster."
    ),
    "catalogue.modelled": "Beim Indikator {where} steht modelled = {value}. Erlaubt sind true und false.",
    "catalogue.counts.orphaned": (
        "Zu diesen Indikatoren liegen Fallzahlen vor, sie fehlen aber im neuen Katalog: {where}. Ergänzen Sie sie."
    ),
    "catalogue.version.missing": "Dem Katalog fehlt die Angabe „version“. Ergänzen Sie sie am Anfang der Datei.",
    "catalogue.empty": "Der Katalog enthält keinen Indikator. Ergänzen Sie mindestens einen Abschnitt [[indicator]].",
    "catalogue.id.duplicate": "Diese Kennungen kommen mehrfach vor: {where}. Jede Kennung darf es nur einmal geben.",
    "catalogue.id.form": (
        "Diese Kennungen haben nicht die Form „BEV01“: {where}. Verwenden Sie Großbuchstaben und Ziffern."
    ),
    "catalogue.indicator.unknown": "Den Indikator {where} gibt es im Katalog nicht. Prüfen Sie die Kennung.",
    "catalogue.field.missing": "Dem Indikator {where} fehlen Angaben: {fields}. Ergänzen Sie sie.",
    "catalogue.field.unknown": "Der Indikator {where} hat unbekannte Angaben: {fields}. Prüfen Sie die Schreibweise.",
    "catalogue.kind.unknown": (
        "Die Art „{value}“ des Indikators {where} ist unbekannt. Erlaubt sind die Arten am Anfang des Katalogs."
    ),
    "catalogue.polarity": "Die Richtung des Indikators {where} ist {value}. Erlaubt sind −1, 0 und 1.",
    "catalogue.per": (
        "Der Faktor „per“ des Indikators {where} ist {value}. Er muss größer als 0 sein, zum Beispiel 100."
    ),
    "catalogue.min_numerator": (
        "Die Mindestfallzahl des Indikators {where} ist {value}. Sie darf nicht unter {limit} liegen."
    ),
    "catalogue.min_denominator": (
        "Der Mindestnenner des Indikators {where} ist {value}. Er muss eine ganze Zahl ab {limit} sein."
    ),
    "catalogue.theme.unknown": (
        "Das Thema „{value}“ des Indikators {where} ist nicht erklärt. Ergänzen Sie es unter [themes]."
    ),
    "catalogue.source.unknown": (
        "Die Quelle „{value}“ des Indikators {where} ist nicht erklärt. Ergänzen Sie sie unter [sources]."
    ),
    "catalogue.source.fields": (
        "Bei der Quelle {where} fehlen Angaben oder sind unbekannt: {fields}. Nötig sind name, legal_basis, "
        "reference und period."
    ),
    "catalogue.source.reference": "Der Zeitbezug der Quelle {where} ist „{value}“. Erlaubt sind date und period.",
    "catalogue.view.unknown": "Die Ansicht {where} nennt unbekannte Indikatoren: {ids}. Prüfen Sie die Kennungen.",
}

_COUNTS = {
    "counts.column.missing": (
        "Der Tabelle fehlt die Spalte {where}. Benennen Sie die Spalten mit Blockschlüssel und Stichtag."
    ),
    "counts.column.half": "Zu {where} gibt es nur Zähler oder nur Nenner. Liefern Sie beide Spalten.",
    "counts.column.duplicate": (
        "Diese Spalten stehen doppelt in der Tabelle: {where}. Welche gilt, ist nicht zu erkennen; löschen Sie eine."
    ),
    "table.ragged": "Diese Zeilen haben mehr Zellen als die Kopfzeile: {where}. Berichtigen Sie sie.",
    "counts.rows.none": (
        "Die Tabelle enthält nur eine Kopfzeile und keine Fallzahlen. Prüfen Sie, ob sie vollständig ist."
    ),
    "counts.row.total": (
        "Diese Zeilen sind die Summe aller anderen: {where}. Löschen Sie sie; Summen bildet das Programm selbst."
    ),
    "counts.cell.half": (
        "Beim Indikator {indicator} steht mancherorts nur Zähler oder nur Nenner: {where}. Der Raum bleibt dort "
        "ohne Wert."
    ),
    "counts.nobody": (
        "Beim Indikator {indicator} gibt es Fälle, wo niemand wohnt: {where}. Prüfen Sie die Zuordnung zu den Blöcken."
    ),
    "counts.hundreds": (
        "Der Nenner von {where} ist überall 100. Prüfen Sie, ob Prozentwerte statt Fallzahlen geliefert wurden."
    ),
    "counts.outlier": (
        "Beim Indikator {indicator} liegen einzelne Werte weit über allen anderen: {where}. Prüfen Sie, ob dort "
        "Personen unter der Adresse eines Amts oder einer Einrichtung geführt werden."
    ),
    "counts.date.future": "Diese Stichtage liegen in der Zukunft: {where}. Prüfen Sie das Jahr.",
    "counts.date.old": "Diese Stichtage liegen vor 1950: {where}. Prüfen Sie das Jahr.",
    "counts.number.marked": (
        "In der Spalte {where} tragen Zahlen ein Zeichen (eingeschränkt, vorläufig, berichtigt): {texts}. Sie gelten "
        "als Zahlen; das Zeichen wird nicht gespeichert."
    ),
    "counts.indicators.none": (
        "Die Tabelle enthält keinen Indikator des Katalogs. Erwartet werden Spalten wie EIN02_num und EIN02_den."
    ),
    "counts.indicator.unknown": (
        "Diese Indikatoren kennt der Katalog nicht: {where}. Ihre Spalten bleiben unbenutzt; ergänzen Sie "
        "sonst Ihren Katalog."
    ),
    "counts.id.missing": "In {rows} fehlt der Blockschlüssel: Zeile {where}. Ergänzen Sie ihn.",
    "counts.row.duplicate": "Block und Stichtag kommen mehrfach vor: {where}. Jede Zeile darf es nur einmal geben.",
    "counts.date.unreadable": "Diese Stichtage sind nicht lesbar: {where}. Schreiben Sie 31.12.2022 oder 2022-12-31.",
    "counts.date.forms": (
        "Die Stichtage sind verschieden geschrieben ({forms}). Gleiche Tage wurden zusammengeführt; prüfen Sie das."
    ),
    "counts.number.unreadable": "In der Spalte {where} stehen Texte statt Zahlen: {texts}. Berichtigen Sie die Zellen.",
    "counts.percent": (
        "In {where} stehen offenbar Prozentwerte statt Fallzahlen. Liefern Sie Zähler und Nenner als Anzahl."
    ),
    "counts.numerator.above": (
        "Beim Indikator {indicator} ist der Zähler größer als der Nenner: {where}. Prüfen Sie beide Spalten."
    ),
    "counts.negative": "Beim Indikator {indicator} gibt es negative Fallzahlen: {where}. Berichtigen Sie sie.",
    "counts.not_whole": (
        "Beim Indikator {indicator} sind Personenzahlen nicht ganz: {where}. Sind es Modellwerte, "
        "kennzeichnen Sie den Indikator als modelliert."
    ),
    "counts.area.empty": "{blocks} haben keine einzige Fallzahl: {where}. Sie gelten als fehlend, nicht als null.",
    "counts.shape": "Die Fallzahlen haben nicht die erwartete Form. Lesen Sie die Datei neu ein.",
    "counts.state": "Eine Zelle ohne Wert trägt eine Zahl oder umgekehrt. Lesen Sie die Datei neu ein.",
    "counts.duplicate": "Diese Angaben kommen in den Fallzahlen doppelt vor: {where}. Jede darf es nur einmal geben.",
    "counts.plan.missing": "{blocks} des Zuschnitts fehlen in den Fallzahlen: {where}. Ihr Raum bleibt ohne Wert.",
    "counts.plan.unknown": "{blocks} der Fallzahlen fehlen im Zuschnitt: {where}. Sie gehören zu keinem Raum.",
    "counts.block.unknown": (
        "{blocks} der Fallzahlen gibt es in diesem Kreis nicht: {where}. Sie werden nicht übernommen; prüfen Sie "
        "Gebietsstand und führende Nullen."
    ),
    "counts.block.without": "{blocks} des Kreises haben keine Fallzahlen: {where}. Sie gelten als fehlend.",
}

_INDEX = {
    "index.status.none": "Für den Statusindex ist keine Spalte genannt. Nennen Sie mindestens eine mit --status.",
    "index.column.unknown": "Diese Spalten gibt es in der Tabelle nicht: {where}. Prüfen Sie die Schreibweise.",
    "index.column.duplicate": "Diese Spalten sind mehrfach genannt: {where}. Nennen Sie jede einmal.",
    "index.column.constant": (
        "Der Indikator {where} hat überall denselben Wert ({value}). Er kann nichts unterscheiden; lassen Sie ihn weg."
    ),
    "index.areas.few": (
        "Es gibt nur {areas} gültige Gebiete, nötig sind {limit}. Für so wenige Gebiete sagt ein Index nichts aus."
    ),
    "index.area.duplicate": "Diese Gebiete kommen mehrfach vor: {where}. Jedes Gebiet darf es nur einmal geben.",
    "index.area.dropped": (
        "{count} Gebiete haben fehlende Werte und bleiben ohne Index: {where}. Ergänzen Sie die Werte."
    ),
    "index.areas.excluded": "Der Index umfasst {areas} gültige Gebiete, {count} sind ausgeschlossen.",
    "index.value.missing": (
        "In der Spalte {column} fehlen {count} Werte: {where}. Ergänzen Sie sie oder schließen Sie die Gebiete aus."
    ),
    "index.number.unreadable": (
        "In der Spalte {column} stehen {count} Texte statt Zahlen: {where}. Berichtigen Sie sie."
    ),
    "index.decimal.guessed": (
        "Das Dezimalzeichen ist nicht sicher zu erkennen; der Punkt gilt als Dezimalzeichen. Prüfen Sie die Werte."
    ),
    "index.valid.form": "Die Angabe {where} ist nicht verständlich. Schreiben Sie --valid SPALTE=WERT.",
    "index.valid.none": "Kein Gebiet erfüllt {where}. In der Spalte stehen zum Beispiel: {seen}.",
}

_METHODS = {
    "crosswalk.area.unknown": "Der Umsteigeschlüssel nennt unbekannte Gebiete: {where}. Prüfen Sie die Schlüssel.",
    "crosswalk.share.sum": (
        "Die Anteile im Umsteigeschlüssel ergeben bei {count} Gebieten nicht 1: {where}. Ergänzen Sie sie."
    ),
    "crosswalk.moved": (
        "{areas} frühere Gebiete sind auf heutige Blöcke umgerechnet, {divided} davon aufgeteilt (modelliert). "
        "Stichtage: {where}."
    ),
    "crosswalk.pair": "Frühere Fallzahlen und Umsteigeschlüssel gehören zusammen. Geben Sie beide Dateien an.",
    "plan.quartier.across": "{count} Quartiere liegen in zwei Räumen: {where}. Ein Quartier gehört zu einem Raum.",
    "profile.date.unknown": "Den Stichtag {where} gibt es nicht. Vorhanden sind {dates}.",
    "crosswalk.dates.none": "Die Stichtage {where} liegen schon vor. Es gibt nichts zu ergänzen.",
    "age.area.unknown": "{count} Schlüssel in der Tabelle nach Alter gibt es nicht: {where}. Prüfen Sie die Spalte.",
    "age.area.absent": "{count} Blöcke stehen nicht in der Tabelle nach Alter: {where}. Sie zählen als unbewohnt.",
    "age.row.duplicate": "{count} Zeilen stehen doppelt: {where}. Je Block und Altersgruppe ist eine Zeile erlaubt.",
    "age.persons.none": "In {count} Zeilen stehen Fälle ohne Personen: {where}. Prüfen Sie beide Spalten.",
    "hotspots.areas.few": (
        "Für Häufungen sind {areas} Gebiete zu wenig, nötig sind {limit}. Rechnen Sie auf Quartieren oder Blöcken."
    ),
    "hotspots.secret": (
        "Auf dieser Ebene sind {secret} von {areas} Werten geheim; eine Karte der Häufungen wäre irreführend "
        "und könnte einzelne Personen verraten. Rechnen Sie auf Quartieren oder wählen Sie die interne Sicht."
    ),
    "hotspots.kind": "Häufungen werden nur für Anteile und Raten gerechnet. Wählen Sie einen anderen Indikator.",
    "hotspots.constant": "Der Indikator ist überall gleich. Häufungen gibt es dann nicht.",
    "hotspots.neighbours.none": "{blocks} haben keine Nachbarn: {where}. Sie bleiben ohne Ergebnis.",
    "standard.cases.few": (
        "Weniger als {limit} Fälle: {where}. Eine direkt standardisierte Rate wird dafür nicht berechnet."
    ),
    "typology.areas.few": "Für {types} Typen sind {areas} Gebiete zu wenig. Wählen Sie weniger Typen.",
    "segregation.groups": "Für ein Segregationsmaß braucht es mindestens zwei Gebiete und Personen in beiden Gruppen.",
    "release.audience.unknown": "Den Empfängerkreis {where} gibt es nicht. Erlaubt sind intern, workshop und public.",
    "release.suppressed": (
        "Auf der Ebene {where} sind {primary} Zellen zu klein und {secondary} weitere zu ihrem Schutz geheim."
    ),
    "release.overlap": (
        "{cells} weitere Zellen bleiben geheim, weil sie zusammen mit früheren Freigaben kleine Zahlen verraten würden."
    ),
    "catalogue.of_project": (
        "Gerechnet wurde mit den eigenen Indikatoren des Projekts {where}. Einen anderen Katalog "
        "nennen Sie mit --catalogue."
    ),
    "release.ledger.none": (
        "Ohne --project wurde kein Freigabeverzeichnis befragt: Was früher herausging, ist unbekannt, und diese "
        "Freigabe ist nirgends verzeichnet. Nennen Sie die Projektdatei, bevor Sie etwas weitergeben."
    ),
    "release.project.other": (
        "{count} Blöcke kennt die Projektdatei nicht: {where}. Nennen Sie die Projektdatei dieses Kreises."
    ),
    "disclosure.rules.low": (
        "Die Grenzen {numerator} und {denominator} sind zu niedrig. Die Mindestfallzahl darf nicht unter "
        "{limit} liegen."
    ),
    "disclosure.value.hidden": "Eine geheime Zelle trägt noch einen Wert. Die Ausgabe wurde angehalten.",
    "profile.region.unknown": "Den Sozialraum {where} gibt es in diesem Zuschnitt nicht. Wählen Sie einen anderen.",
    "indicators.geometry.none": "Die Fallzahlen enthalten keine Flächen; die GeoPackage-Datei enthält nur die Tabelle.",
}

SENTENCES: Mapping[str, str] = {**_CATALOGUE, **_COUNTS, **_INDEX, **_METHODS}
