"""Exact tests of many pairs at once say what scipy says of each pair alone."""

from __future__ import annotations

import numpy as np
from scipy.stats import binomtest, fisher_exact

from indicators.exact_pairs import fisher_p, split_p

RNG = np.random.default_rng(4)


def test_many_two_by_two_tables_have_the_p_of_scipys_fisher_test() -> None:
    moved, stayed = RNG.integers(0, 120, 80), RNG.integers(1, 4_000, 80)
    a, c = RNG.binomial(moved, 0.04), RNG.binomial(stayed, 0.04)
    expected = [fisher_exact([[w, x], [y, z]]).pvalue for w, x, y, z in zip(a, moved - a, c, stayed - c, strict=True)]
    np.testing.assert_allclose(fisher_p(a, moved - a, c, stayed - c), expected, atol=1e-10)


def test_many_splits_of_cases_have_the_p_of_scipys_binomial_test() -> None:
    total, share = RNG.integers(1, 300, 80), RNG.uniform(0.01, 0.99, 80)
    a = RNG.binomial(total, share)
    expected = [binomtest(k, n, p).pvalue for k, n, p in zip(a.tolist(), total.tolist(), share, strict=True)]
    np.testing.assert_allclose(split_p(a, total, share), expected, atol=1e-10)


def test_no_pair_at_all_is_no_error() -> None:
    assert fisher_p(*(np.zeros(0),) * 4).shape == split_p(*(np.zeros(0),) * 3).shape == (0,)
