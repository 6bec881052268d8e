"""German numbers: 12.345,6 for screen, command line and paper alike."""

from __future__ import annotations

import math

SECRET = "."
NOTHING = "–"
NARROW_SPACE = "\u202f"


def count(value: float) -> str:
    """A whole number with points between thousands; exactly zero is a dash (DIN 55301).

    >>> count(12345), count(0), count(-1200)
    ('12.345', '–', '−1.200')
    """
    whole = round(value)
    return NOTHING if whole == 0 else _german(f"{whole:,d}")


def whole(value: float) -> str:
    """A whole number for running text, where zero is written as 0.

    >>> whole(0), whole(16230)
    ('0', '16.230')
    """
    return _german(f"{round(value):,d}")


def decimal(value: float, digits: int = 1) -> str:
    """A number with decimal comma; not finite is unknown.

    >>> decimal(12345.67), decimal(float("nan"))
    ('12.345,7', '.')
    """
    return _german(f"{value:,.{digits}f}") if math.isfinite(value) else SECRET


def share(value: float, digits: int = 1) -> str:
    """A share between 0 and 1 as a percentage, with a narrow space before the sign.

    >>> share(0.1234).replace("\u202f", " ")
    '12,3 %'
    """
    return f"{decimal(100 * value, digits)}{NARROW_SPACE}%" if math.isfinite(value) else SECRET


def signed(value: float) -> str:
    """A difference with its sign; no difference is ±0.

    >>> signed(1500), signed(-20), signed(0)
    ('+1.500', '−20', '±0')
    """
    number = round(value)
    return "±0" if number == 0 else f"{'+' if number > 0 else ''}{_german(f'{number:,d}')}"


def signed_share(value: float, digits: int = 1) -> str:
    """A relative difference with its sign, as a percentage.

    >>> signed_share(0.0831).replace("\u202f", " "), signed_share(-0.3).replace("\u202f", " ")
    ('+8,3 %', '−30,0 %')
    """
    return f"{'+' if value > 0 else ''}{share(value, digits)}"


def metres(value_m: float) -> str:
    """A length in metres or kilometres, as people say it.

    >>> metres(850.0).replace("\u202f", " "), metres(12620.0).replace("\u202f", " ")
    ('850 m', '12,6 km')
    """
    return f"{whole(value_m)}{NARROW_SPACE}m" if value_m < 1000 else f"{decimal(value_m / 1000)}{NARROW_SPACE}km"


def _german(english: str) -> str:
    return english.translate(str.maketrans(",.-", ".,−"))
