"""The sections of the page „Daten“."""
