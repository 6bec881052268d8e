"""Ordered colour ramps for choropleths: light to dark, distinguishable with any colour vision (Farbreihen)."""

from __future__ import annotations

from collections.abc import Sequence

# ColorBrewer 2.0 (Brewer, Harrower, Pennsylvania State University), the schemes marked colour-blind safe.
_RAMPS: dict[str, tuple[str, ...]] = {
    "burden": ("#fff7bc", "#fee391", "#fec44f", "#fe9929", "#ec7014", "#cc4c02", "#993404", "#662506"),  # YlOrBr
    "better": ("#ece7f2", "#d0d1e6", "#a6bddb", "#74a9cf", "#3690c0", "#0570b0", "#045a8d", "#023858"),  # PuBu
    "context": ("#efedf5", "#dadaeb", "#bcbddc", "#9e9ac8", "#807dba", "#6a51a3", "#54278f", "#3f007d"),  # Purples
    "diverging": ("#4575b4", "#91bfdb", "#e0f3f8", "#ffffbf", "#fee090", "#fc8d59", "#d73027"),  # RdYlBu, blue low
}
ZERO = "#ffffff"
SECRET = "#8b9297"
MISSING = "hatched"
NOT_APPLICABLE = "#dfe4e1"
STATUS = {1: "#2166ac", 2: "#e3e6e4", 3: "#f4a35e", 4: "#b2451b"}
HOTSPOTS = {
    "high_high": "#b2451b", "hot": "#b2451b", "high_low": "#f0b27a", "low_high": "#9cc3e0", "low_low": "#2166ac",
    "cold": "#2166ac", "none": "#e3e6e4", "excluded": "hatched", "secret": SECRET,
}  # fmt: skip
TYPES = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#ee7733", "#bbbbbb")


def ramp(name: str, classes: int) -> tuple[str, ...]:
    """Colours of a ramp for a number of classes, spread over its whole range.

    Parameters
    ----------
    name : ``burden`` (higher is worse), ``better`` (higher is better), ``context``, ``diverging``
    classes : 1 to 8; the diverging ramp has 7

    >>> ramp("burden", 2)
    ('#fff7bc', '#662506')
    """
    colours = _RAMPS[name]
    if classes <= 1:
        return (colours[len(colours) // 2],)
    last = len(colours) - 1
    return tuple(colours[round(i * last / (classes - 1))] for i in range(classes))


def ramp_around(middle: int, classes: int, *, higher_is_better: bool = False) -> tuple[str, ...]:
    """Colours of classes on both sides of a mean: the class that holds the mean is neutral, red is unfavourable.

    >>> ramp_around(0, 2)[0] == ramp_around(1, 3)[1] == "#ffffbf"
    True
    """
    colours = _RAMPS["diverging"][::-1] if higher_is_better else _RAMPS["diverging"]
    centre = len(colours) // 2
    steps = [0, 2, 3]  # the palest step beside the neutral one is left out: it could be taken for it
    offsets = [steps[min(abs(i - middle), 2)] * (1 if i > middle else -1) for i in range(classes)]
    return tuple(colours[centre + offset] for offset in offsets)


def ramp_for(polarity: int) -> str:
    """Which ramp suits an indicator: its polarity decides."""
    return {-1: "burden", 0: "context", 1: "better"}[polarity]


def ink_on(colour: str) -> str:
    """Black or white, whichever reads better on a colour.

    >>> ink_on("#fff7bc"), ink_on("#662506")
    ('#000000', '#ffffff')
    """
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return "#000000" if luminance((red, green, blue)) > 0.2 else "#ffffff"


def luminance(rgb: Sequence[float]) -> float:
    """Relative luminance of WCAG 2.1, 0 black to 1 white."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
