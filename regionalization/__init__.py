"""The regionalization engine: drafts regions under constraints (floor 1)."""
