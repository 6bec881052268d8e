"""The shared vocabulary of the house: blocks, contiguity, plan (floor 0)."""
