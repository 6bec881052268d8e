"""Files, services, coordinate systems; the only room that knows geographic formats (floor 2)."""
