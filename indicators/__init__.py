"""Indicators from counts, with intervals and disclosure control (floor 1)."""
