"""All German sentences, one module per topic."""
