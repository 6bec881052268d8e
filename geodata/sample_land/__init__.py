"""The Musterkreis: an invented county after the key figures of Kreis Heinsberg, made from a seed."""
