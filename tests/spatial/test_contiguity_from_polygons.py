"""Which blocks touch, on hand-drawn maps and on real ones."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Polygon

from spatial.contiguity_from_polygons import contiguity_from_polygons


def blocks(*shapes: object) -> np.ndarray:
    return np.array([*shapes, None], dtype=object)[:-1]


def grid(columns: int, rows: int, *, size: float = 100.0, street: float = 0.0) -> np.ndarray:
    step = size + street
    return blocks(
        *(box(c * step, r * step, c * step + size, r * step + size) for r in range(rows) for c in range(columns))
    )


def borders(shapes: np.ndarray, **options: object) -> dict[tuple[int, int], float]:
    found = contiguity_from_polygons(shapes, **options)  # type: ignore[arg-type]
    return {(int(a), int(b)): float(m) for (a, b), m in zip(found.edges, found.border_m, strict=True)}


def test_four_squares_touch_along_sides_and_under_queen_also_at_the_corner() -> None:
    assert borders(grid(2, 2)) == {(0, 1): 100, (0, 2): 100, (1, 3): 100, (2, 3): 100}
    assert borders(grid(2, 2), rule="queen")[(0, 3)] == 0.0
    assert len(borders(grid(2, 2), rule="queen")) == 6


def test_a_t_junction_without_a_common_vertex_is_a_border() -> None:
    assert borders(blocks(box(0, 0, 200, 100), box(0, 100, 70, 200), box(70, 100, 200, 200))) == {
        (0, 1): 70.0,
        (0, 2): 130.0,
        (1, 2): 100.0,
    }


def test_a_slanted_t_junction_is_a_border_although_its_vertex_lies_beside_the_line() -> None:
    on_line = (100 / 3, 200 / 3)  # no binary number: never exactly on the line from (0, 0) to (100, 200)
    below = Polygon([(0, 0), (100, 0), (100, 200)])
    first, second = Polygon([(0, 0), on_line, (0, 200)]), Polygon([on_line, (100, 200), (0, 200)])
    found = borders(blocks(below, first, second))
    assert found[(0, 1)] == pytest.approx(np.hypot(100, 200) / 3, abs=0.1)
    assert found[(0, 2)] == pytest.approx(np.hypot(100, 200) * 2 / 3, abs=0.1)


def test_a_border_partly_matched_and_partly_not_counts_in_full() -> None:
    left = Polygon([(0, 0), (100, 0), (100, 50), (100, 100), (0, 100)])
    right = Polygon([(100, 0), (200, 0), (200, 100), (100, 100), (100, 75), (100, 50)])
    assert borders(blocks(left, right)) == {(0, 1): 100.0}


def test_an_enclosed_block_touches_only_the_block_around_it() -> None:
    around = Polygon(box(0, 0, 300, 300).exterior.coords, [box(100, 100, 200, 200).exterior.coords])
    assert borders(blocks(around, box(100, 100, 200, 200), box(300, 0, 400, 300))) == {(0, 1): 400.0, (0, 2): 300.0}


def test_a_block_of_two_parts_touches_the_neighbours_of_both() -> None:
    two = MultiPolygon([box(0, 0, 100, 100), box(200, 0, 300, 100)])
    assert borders(blocks(two, box(100, 0, 200, 100))) == {(0, 1): 200.0}


def test_overlapping_and_identical_blocks_count_as_touching() -> None:
    assert set(borders(blocks(box(0, 0, 100, 100), box(90, 20, 200, 80)))) == {(0, 1)}
    assert set(borders(blocks(box(0, 0, 100, 100), box(20, 20, 80, 80)))) == {(0, 1)}
    assert borders(blocks(box(0, 0, 100, 100), box(0, 0, 100, 100))) == {(0, 1): 400.0}


def test_a_self_crossing_block_still_has_its_neighbours() -> None:
    bow = Polygon([(100, 0), (200, 100), (200, 0), (100, 100)])
    assert (0, 1) in borders(blocks(box(0, 0, 100, 100), bow))


def test_missing_and_empty_shapes_touch_nobody() -> None:
    found = contiguity_from_polygons(blocks(box(0, 0, 1, 1), None, Polygon(), box(1, 0, 2, 1)))
    assert found.edges.tolist() == [[0, 3]]
    assert contiguity_from_polygons(np.array([], dtype=object)).n == 0
    assert len(contiguity_from_polygons(blocks(None, Polygon()), rule="queen", tolerance_m=5).edges) == 0


def test_blocks_across_a_street_are_neighbours_only_with_a_tolerance() -> None:
    assert borders(grid(2, 2, street=15)) == {}
    found = borders(grid(2, 2, street=15), tolerance_m=25)
    assert set(found) == {(0, 1), (0, 2), (1, 3), (2, 3)}
    assert all(length == pytest.approx(100, rel=0.2) for length in found.values())


def test_a_gap_wider_than_the_tolerance_separates() -> None:
    assert borders(blocks(box(0, 0, 100, 100), box(130, 0, 230, 100)), tolerance_m=25) == {}


def test_a_tolerance_does_not_count_a_touching_border_twice() -> None:
    found = borders(blocks(box(0, 0, 200, 100), box(0, 100, 70, 200), box(70, 100, 200, 200)), tolerance_m=10)
    assert found == {(0, 1): pytest.approx(70, abs=6), (0, 2): pytest.approx(130, abs=6), (1, 2): 100.0}


def test_a_narrow_block_hides_its_neighbours_from_each_other() -> None:
    row = blocks(box(0, 0, 100, 100), box(104, 0, 112, 100), box(116, 0, 216, 100))
    assert set(borders(row, tolerance_m=30)) == {(0, 1), (1, 2)}


def test_twelve_blocks_around_a_square_all_find_their_neighbours() -> None:
    ring = blocks(*(translate(box(-9, 40, 9, 120), 0, 0) for _ in range(12)))
    ring = blocks(*(shapely.affinity.rotate(s, 30 * k, origin=(0, 0)) for k, s in enumerate(ring)))
    assert {(k, k + 1) for k in range(11)} | {(0, 11)} <= set(borders(ring, tolerance_m=25))


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(12)), st.floats(0, 30), st.integers(0, 1))
def test_the_order_of_the_blocks_does_not_matter(order: list[int], tolerance: float, street: int) -> None:
    shapes = grid(4, 3, street=street * 10.0)
    plain = borders(shapes, tolerance_m=tolerance)
    mixed = borders(shapes[order], tolerance_m=tolerance)
    back = {tuple(sorted((order[a], order[b]))): length for (a, b), length in mixed.items()}
    assert back == plain


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(1, 99), min_size=0, max_size=6), st.lists(st.floats(1, 99), min_size=0, max_size=6))
def test_the_shared_border_of_two_blocks_is_their_common_side_wherever_the_vertices_are(
    left_ys: list[float], right_ys: list[float]
) -> None:
    left = Polygon([(0, 0), (100, 0), *((100, y) for y in sorted(set(left_ys))), (100, 100), (0, 100)])
    right = Polygon([(200, 100), (100, 100), *((100, y) for y in sorted(set(right_ys))[::-1]), (100, 0), (200, 0)])
    assert borders(blocks(left, right))[(0, 1)] == pytest.approx(100, abs=0.1)


def test_perimeters_of_a_gap_free_map_are_outer_border_plus_twice_the_inner_borders() -> None:
    shapes = grid(5, 4)
    found = contiguity_from_polygons(shapes)
    outer = shapely.length(shapely.union_all(shapes))
    assert shapely.length(shapes).sum() == pytest.approx(outer + 2 * found.border_m.sum())
