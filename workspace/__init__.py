"""Use cases: open, propose, edit, compute, release, export; the project store (floor 3)."""
