"""The profile of one Sozialraum as a PDF file: exactly one A4 page, text searchable, nothing loaded from anywhere."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import matplotlib
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepInFrame, Paragraph, Spacer, Table, TableStyle
from reportlab.platypus.flowables import Flowable

from reporting.region_profile import RADAR_RANGE, ProfileRow, RegionProfile, map_rings
from reporting.text_de import indicator_rooms as text

_REGULAR, _BOLD = "RaumwerkSans", "RaumwerkSans-Bold"
_INK, _SOFT, _LINE, _ACCENT, _BAD, _GOOD = "#162026", "#55636a", "#cfd8d5", "#1c6b73", "#9c3b14", "#1f5fa8"
_MARGIN = 13 * mm
_WIDTH, _HEIGHT = A4[0] - 2 * _MARGIN, A4[1] - 2 * _MARGIN
_COLUMNS = (0.31, 0.075, 0.125, 0.105, 0.085, 0.15, 0.15)  # of the table, parts of the width
_TOP = (0.34, 0.33, 0.33)  # map and radar, needs and strengths, development
_SIGNS = {"better": "▲", "worse": "▼"}
_WORDS = {"better": text.BETTER, "worse": text.WORSE}


def profile_pdf(profile: RegionProfile) -> bytes:
    """The profile on one A4 page, whatever the length of its names: what does not fit is set smaller.

    Same profile, same bytes: the file carries no time of making.
    """
    _fonts()
    buffer = io.BytesIO()
    page = Canvas(buffer, pagesize=A4, invariant=1, pageCompression=1, lang="de-DE")
    page.setTitle(profile.title)
    page.setSubject(profile.subtitle)
    page.setCreator("Raumwerk")
    whole = KeepInFrame(_WIDTH, _HEIGHT, _story(profile), mode="shrink", vAlign="TOP")
    _, height = whole.wrapOn(page, _WIDTH, _HEIGHT)
    whole.drawOn(page, _MARGIN, A4[1] - _MARGIN - height)
    page.showPage()
    page.save()
    return buffer.getvalue()


@cache
def _fonts() -> None:
    """The typeface that matplotlib brings along: free, and it has every sign that German administration writes."""
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    pdfmetrics.registerFont(TTFont(_REGULAR, folder / "DejaVuSans.ttf"))
    pdfmetrics.registerFont(TTFont(_BOLD, folder / "DejaVuSans-Bold.ttf"))
    pdfmetrics.registerFontFamily(_REGULAR, normal=_REGULAR, bold=_BOLD, italic=_REGULAR, boldItalic=_BOLD)


def _story(profile: RegionProfile) -> list[Flowable]:
    return [
        _head(profile),
        Spacer(1, 3 * mm),
        _top(profile),
        *_heading(text.KEY_FIGURES),
        _figures(profile.rows),
        Spacer(1, 2 * mm),
        *(_text(line, size=7.2, colour=_SOFT) for line in profile.notes if line),
        _text(f"{text.SOURCES}: {' · '.join(profile.sources)}", size=7.2, colour=_SOFT),
    ]


def _head(profile: RegionProfile) -> Table:
    left = [_text(profile.title, size=16, bold=True), _text(profile.subtitle, size=9)]
    box = _text(profile.audience, size=8, align=2)
    rows = Table([[left, box]], colWidths=[0.74 * _WIDTH, 0.26 * _WIDTH], hAlign="LEFT")
    rows.setStyle(TableStyle([("LINEBELOW", (0, 0), (-1, -1), 1.2, HexColor(_ACCENT)), *_bare()]))
    return rows


def _top(profile: RegionProfile) -> Table:
    widths = [part * _WIDTH for part in _TOP]
    left: list[Flowable] = [_Map(profile, widths[0] - 4 * mm, 34 * mm), Spacer(1, 2 * mm)]
    if len(profile.radar) >= 3:
        left.append(_Radar(profile.radar, widths[0] - 2 * mm, 31 * mm))
    left.append(_text(text.RADAR_NOTE, size=7, colour=_SOFT))
    middle = _section(text.NEEDS, profile.needs) + _section(text.STRENGTHS, profile.strengths)
    right = _section(text.DEVELOPMENT, profile.trends) if profile.trends else []
    rows = Table([[left, middle, right]], colWidths=widths, hAlign="LEFT")
    rows.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_bare(), ("RIGHTPADDING", (0, 0), (1, 0), 8)]))
    return rows


def _section(title: str, lines: Sequence[str]) -> list[Flowable]:
    return [*_heading(title), *(_bullet(line) for line in lines)]


def _figures(rows: Sequence[ProfileRow]) -> Table:
    titles = (text.INDICATOR, text.VALUE, text.INTERVAL, text.MUNICIPALITY, text.COUNTY, text.DIFFERENCE, text.TREND)
    head = [_text(title, size=7.6, bold=True, align=2 if 0 < i < 5 else 0) for i, title in enumerate(titles)]
    table = Table([head, *(_cells(row) for row in rows)], colWidths=[part * _WIDTH for part in _COLUMNS], hAlign="LEFT")
    style: list[Any] = [
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, HexColor(_INK)),
        ("LINEBELOW", (0, 1), (-1, -1), 0.3, HexColor(_LINE)),
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ("TOPPADDING", (0, 0), (-1, -1), 1.1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.4),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ]
    table.setStyle(TableStyle(style))
    return table


def _cells(row: ProfileRow) -> list[Paragraph]:
    verdict, colour = row.verdict, _INK
    if row.mark:
        verdict, colour = f"{_SIGNS[row.mark]} {_WORDS[row.mark]}", _GOOD if row.mark == "better" else _BAD
    numbers = (row.value, row.interval.replace(" bis ", "–"), row.municipality, row.county)
    return [
        _text(f"{row.name} ({row.unit})", size=7.9),
        *(_text(number, size=7.9, align=2) for number in numbers),
        _text(verdict, size=7.9, colour=colour),
        _text(row.change, size=7.9),
    ]


def _heading(title: str) -> list[Flowable]:
    return [Spacer(1, 1.5 * mm), _text(title, size=10.4, bold=True, colour=_ACCENT), Spacer(1, 0.6 * mm)]


def _bullet(line: str) -> Paragraph:
    style = ParagraphStyle(
        "line",
        fontName=_REGULAR,
        fontSize=8.6,
        leading=10.6,
        textColor=HexColor(_INK),
        leftIndent=9,
        bulletFontName=_REGULAR,
    )
    return Paragraph(_escaped(line), style, bulletText="•")


def _escaped(content: str) -> str:
    """Markup signs as text; the narrow space is written as one that every reader's search understands."""
    return escape(content.replace("\u202f", "\u00a0"))


def _text(content: str, *, size: float, bold: bool = False, colour: str = _INK, align: int = 0) -> Paragraph:
    style = ParagraphStyle(
        "text",
        fontName=_BOLD if bold else _REGULAR,
        fontSize=size,
        leading=1.24 * size,
        textColor=HexColor(colour),
        alignment=align,
        splitLongWords=1,
    )
    return Paragraph(_escaped(content), style)


def _bare() -> list[Any]:
    return [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
    ]


class _Map(Flowable):  # type: ignore[misc]
    """All regions with the one of the profile filled."""

    def __init__(self, profile: RegionProfile, width: float, height: float) -> None:
        super().__init__()
        self.profile, self.width, self.height = profile, width, height

    def wrap(self, *_available: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        rings, (wide, high) = map_rings(self.profile)
        scale = min(self.width / wide, self.height / high)
        for here, shape in sorted(rings, key=lambda entry: entry[0]):
            path = self.canv.beginPath()
            for ring in shape:
                points = [(scale * x, self.height - scale * y) for x, y in ring]
                path.moveTo(*points[0])
                for point in points[1:]:
                    path.lineTo(*point)
                path.close()
            self.canv.setLineWidth(0.8 if here else 0.4)
            self.canv.setFillColor(HexColor(_ACCENT if here else "#e7ece9"))
            self.canv.setStrokeColor(HexColor(_INK if here else "#9aa7a3"))
            self.canv.drawPath(path, stroke=1, fill=1, fillMode=0)


class _Radar(Flowable):  # type: ignore[misc]
    """Standardised distances on axes; the dashed ring is the mean."""

    def __init__(self, axes: Sequence[tuple[str, float]], width: float, height: float) -> None:
        super().__init__()
        self.axes, self.width, self.height = axes, width, height

    def wrap(self, *_available: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        parts = [0.5 + max(-1.0, min(1.0, z / RADAR_RANGE)) / 2 for _, z in self.axes]
        self._ring([1.0] * len(parts), line="#c3ccc9")
        self._ring([0.5] * len(parts), line=_SOFT, dash=(2, 2))
        self._ring(parts, line=_ACCENT, width=1.2, fill=0.2)
        self.canv.setFont(_REGULAR, 6.2)
        self.canv.setFillColor(HexColor(_INK))
        for i, (name, _) in enumerate(self.axes):
            x, y = self._point(i, 1.13)
            side = math.cos(self._angle(i))
            draw = self.canv.drawCentredString if abs(side) < 0.25 else self.canv.drawString
            (draw if side > -0.25 else self.canv.drawRightString)(x, y - 2, name)

    def _angle(self, i: int) -> float:
        return math.pi / 2 - 2 * math.pi * i / len(self.axes)

    def _point(self, i: int, part: float) -> tuple[float, float]:
        radius = self.height / 2 - 13
        angle = self._angle(i)
        return self.width / 2 + radius * part * math.cos(angle), self.height / 2 + radius * part * math.sin(angle)

    def _ring(
        self,
        parts: Sequence[float],
        *,
        line: str,
        width: float = 0.5,
        dash: tuple[int, int] | None = None,
        fill: float = 0,
    ) -> None:
        path = self.canv.beginPath()
        for i, part in enumerate(parts):
            (path.lineTo if i else path.moveTo)(*self._point(i, part))
        path.close()
        self.canv.saveState()
        self.canv.setLineWidth(width)
        self.canv.setStrokeColor(HexColor(line))
        self.canv.setFillColor(HexColor(_ACCENT), alpha=fill)
        if dash:
            self.canv.setDash(*dash)
        self.canv.drawPath(path, stroke=1, fill=int(fill > 0))
        self.canv.restoreState()
