"""The colours of regions on every map: eight that people with any colour vision can tell apart."""

from __future__ import annotations

# Paul Tol's "bright" scheme (technical note SRON/EPS/TN/09-002, 2021) with the orange of his "vibrant" scheme.
REGION_COLOURS: tuple[str, ...] = (
    "#4477aa",
    "#ccbb44",
    "#228833",
    "#ee6677",
    "#66ccee",
    "#aa3377",
    "#ee7733",
    "#bbbbbb",
)


def region_colour(slot: int) -> str:
    """The colour of a slot, as a CSS hex code; slots beyond the palette start again.

    >>> region_colour(0) == region_colour(len(REGION_COLOURS))
    True
    """
    return REGION_COLOURS[slot % len(REGION_COLOURS)]
