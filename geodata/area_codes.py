"""Official area keys: AGS with 8 and ARS with 12 digits, always text (Amtliche Schlüssel)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from spatial.errors import Finding

AGS_LENGTH, ARS_LENGTH = 8, 12
_PARENTS = {"state": 2, "region": 3, "county": 5}
_LARGEST_STATE = 16


@dataclass(frozen=True)
class KeyRepair:
    """An offered fix for keys that lost their leading zeros: old key → new key.

    ``ambiguous`` are old keys that could be more than one known key; they are left alone.
    """

    new_keys: dict[str, str]
    ambiguous: tuple[str, ...] = ()

    def applied(self, keys: Sequence[str]) -> list[str]:
        """The keys with the fix applied; keys without one stay as they are."""
        return [self.new_keys.get(key, key) for key in keys]


def parent_key(key: str, level: str) -> str:
    """The key of the state, region (Regierungsbezirk) or county a municipality lies in.

    Parameters
    ----------
    key : AGS (8) or ARS (12 digits)
    level : ``"state"``, ``"region"`` or ``"county"``

    >>> parent_key("05370016", "county"), parent_key("053700016016", "state")
    ('05370', '05')
    """
    return key[: _PARENTS[level]]


def ags_from_ars(ars: str) -> str:
    """The municipality key of a regional key: the four digits of the association fall out.

    >>> ags_from_ars("053700016016")
    '05370016'
    """
    return ars[:5] + ars[9:12]


def key_findings(keys: Sequence[str]) -> tuple[Finding, ...]:
    """What is wrong with municipality keys: lost zeros (warning), wrong length or state (errors), each key named once.

    >>> [f.code for f in key_findings(["05370016", "5370016", "99370016", "abc"])]
    ['keys.lost_zero', 'keys.not_official']
    """
    different = tuple(dict.fromkeys(keys))
    lost = tuple(key for key in different if _lost_zero(key))
    wrong = tuple(key for key in different if key not in lost and not _is_official(key))
    found = []
    if lost:
        found.append(Finding("keys.lost_zero", "warning", where=lost, values={"count": len(lost)}))
    if wrong:
        found.append(Finding("keys.not_official", "error", where=wrong, values={"count": len(wrong)}))
    return tuple(found)


def restored_keys(keys: Sequence[str], *, known: Collection[str] = ()) -> KeyRepair:
    """The fix for keys that lost their leading zeros: filled up to a known key, or to the official length.

    Parameters
    ----------
    keys : texts
    known : the keys of the other side of a join; without it AGS (8) and ARS (12 digits) are filled up

    >>> restored_keys(["1", "10"], known=["001", "010"]).new_keys
    {'1': '001', '10': '010'}
    >>> restored_keys(["5370016"]).new_keys
    {'5370016': '05370016'}
    """
    if not known:
        return KeyRepair({key: "0" + key for key in dict.fromkeys(keys) if _lost_zero(key)})
    bare: dict[str, list[str]] = {}
    for key in known:
        bare.setdefault(key.lstrip("0"), []).append(key)
    found = {key: bare.get(key.lstrip("0"), []) for key in dict.fromkeys(keys) if key and key not in set(known)}
    single = {key: targets[0] for key, targets in found.items() if len(targets) == 1}
    return KeyRepair(single, tuple(key for key, targets in found.items() if len(targets) > 1))


def _is_official(key: str) -> bool:
    digits = key.isascii() and key.isdigit() and len(key) in (AGS_LENGTH, ARS_LENGTH)
    return digits and 1 <= int(key[:2]) <= _LARGEST_STATE


def _lost_zero(key: str) -> bool:
    return len(key) in (AGS_LENGTH - 1, ARS_LENGTH - 1) and _is_official("0" + key)
