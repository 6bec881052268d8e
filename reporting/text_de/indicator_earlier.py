"""Words for series over boundaries that changed (früherer Gebietsstand)."""

TITLE = "Frühere Stichtage mit anderen Grenzen ergänzen"
INTRO = (
    "Fallzahlen eines früheren Gebietsstands werden mit einem Umsteigeschlüssel auf die heutigen Blöcke umgerechnet. "
    "Summen bleiben erhalten; aufgeteilte Zahlen gelten als modelliert."
)
COUNTS = "Frühere Fallzahlen (mit den damaligen Schlüsseln)"
CROSSWALK = "Umsteigeschlüssel (Spalten alt; neu; anteil)"
TAKE = "Stichtage ergänzen"
TAKEN = "Die früheren Stichtage sind ergänzt und als modelliert gekennzeichnet."
