"""The methods in words for planners (Seite „Methode“)."""

from __future__ import annotations

from collections.abc import Mapping

TITLE = "Verfahren"
REFERENCE = "Vergleichswert"
CATALOGUE_NOTE = (
    "Der Katalog ist orientiert an KGSt-Materialien Nr. 4/2009 und der Praxis mehrerer Monitorings. Ein Kreis ergänzt "
    "eigene Indikatoren in einer zweiten Datei."
)
METHODS: Mapping[str, str] = {
    "Fallzahlen statt Quoten": (
        "Gespeichert werden Zähler und Nenner je Block und Stichtag. Jede Quote entsteht erst aus den Summen des "
        "gezeichneten Raums und stimmt deshalb bei jedem Zuschnitt. Fehlt ein Block, fehlt der Wert des Raums."
    ),
    "Vertrauensbereiche": (
        "Anteile: Wilson. Raten: exakt (Poisson) unter 10 Fällen, ab 10 nach Byar. Der Bereich sagt, wie stark der"
        " Wert allein durch den Zufall kleiner Zahlen schwanken kann. Bestände, Salden und Modelle haben keinen "
        "Bereich."
    ),
    "Vergleich mit dem Kreis": (
        "Jeder Raum wird mit dem übrigen Kreis verglichen (Score-Test, bei kleinen Zahlen Fisher, bei Raten "
        "exakter Poisson-Test). Weil viele Räume verglichen werden, ist die Fehlerquote (FDR) auf 5 % begrenzt. "
        "„Nicht erkennbar anders“ heißt nicht „gleich“."
    ),
    "Geheimhaltung": (
        "Geheim sind Zellen mit 1 oder 2 Fällen, mit einem Nenner unter 100 oder wenn fast alle betroffen sind. "
        "Ist ein Raum allein geheim und die Summe bekannt, wird ein zweiter mit geschützt. Geheime Zellen "
        "enthalten in keiner Datei einen Wert."
    ),
    "Sozialindex": (
        "Regel des Berliner Monitorings Soziale Stadtentwicklung: z-Werte mit gleichem Gewicht, Status in vier, "
        "Dynamik in drei Klassen. Zu jedem Rang gehört die Spanne aus 1.000 zufälligen Gewichtungen."
    ),
    "Häufungen": (
        "Lokaler Moran für Raten und Getis-Ord G* auf Blöcken, mit Vertauschungen und begrenzter Fehlerquote. "
        "Unter 30 Gebieten wird nicht gerechnet."
    ),
    "Glättung": (
        "Das empirische Bayes-Verfahren zieht kleine Räume zum Kreiswert. Es dient der Ansicht, nie der Verteilung"
        " von Mitteln, und steht immer dabei."
    ),
    "Typen": (
        "Ähnliche Räume werden mit k-Means zusammengefasst. Die Stabilität zeigt, ob die Einteilung hält, wenn ein"
        " Fünftel der Räume fehlt."
    ),
    "Altersstandardisierung": (
        "Direkt nur ab 10 Fällen, sonst indirekt: beobachtete Fälle im Verhältnis zu den Fällen, die der "
        "Altersaufbau erwarten lässt."
    ),
}
