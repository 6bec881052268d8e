"""One module per room of the app."""
