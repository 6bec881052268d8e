"""How regions are found: start, search, exact repair (numba kernels and their drivers)."""
