"""Tables, maps, documents and all German wording (floor 2)."""
