"""Limits: work that somebody is not given, under names that the workspace explains. The reason is known to nobody.

A setting explains a name as ``{"no early": {"windows": [{"from": "00:00", "to": "08:00", "weekdays": ["monday"]}],
"queues": ["mail"], "skills": ["german"]}}``; a window without hours is the whole day, without weekdays every day.
"no nights" and "no weekends" are known everywhere, and so is "no" with the name of a queue or a skill.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import time
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.rules_work import Accommodation
from bot.domain.wallclock import Recurring

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Said = Mapping[str, Mapping[str, Any]]
BUILT_IN: Said = MappingProxyType(
    {
        "no nights": {"windows": [{"from": "22:00", "to": "06:00"}]},
        "no weekends": {"windows": [{"weekdays": ["saturday", "sunday"]}]},
    }
)
_KEYS = ("windows", "queues", "skills")
_WINDOW_KEYS = ("from", "to", "weekdays")
_NO = "no "
_ALWAYS: Mapping[str, Any] = MappingProxyType({"windows": [{}]})


def limit_names(said: Said, names: Iterable[str]) -> dict[str, str]:
    """Every limit that can be given to somebody, by its folded name; ``names`` are those of queues and skills."""
    known: dict[str, str] = {}
    for name in (*said, *BUILT_IN, *(f"{_NO}{each}" for each in names)):
        known.setdefault(folded(name), name)
    return known


def folded(name: str) -> str:
    """The name as it is compared: letters and blanks do not matter."""
    return " ".join(name.casefold().split())


def accommodations(
    limits: Iterable[str], said: Said, names: Iterable[str], zone: ZoneInfo
) -> tuple[Accommodation, ...]:
    """What somebody's limits exclude, by the clocks of their zone. One that nothing explains excludes all work."""
    explained = {folded(name): limit for name, limit in (*BUILT_IN.items(), *said.items())}
    for name in names:
        explained.setdefault(folded(f"{_NO}{name}"), {"queues": [name], "skills": [name]})
    return tuple(_accommodation(name, explained.get(folded(name), _ALWAYS), zone) for name in limits)


def limit_problems(said: Said) -> tuple[tuple[str, str], ...]:
    """Everything that is wrong with what a setting says: the limit's name, and why, in words."""
    return tuple((name, words) for name, limit in said.items() for words in _problems(name, limit))


def _accommodation(name: str, limit: Mapping[str, Any], zone: ZoneInfo) -> Accommodation:
    return Accommodation(
        name,
        tuple(window(each, zone) for each in limit.get("windows", ())),
        frozenset(limit.get("queues", ())),
        frozenset(limit.get("skills", ())),
    )


def window(said: Mapping[str, Any], zone: ZoneInfo) -> Recurring:
    """A window as a setting has it, by the clocks of a zone."""
    weekdays = frozenset(WEEKDAYS.index(day) for day in said.get("weekdays", WEEKDAYS))
    start, end = (time.fromisoformat(said.get(edge, "00:00")) for edge in ("from", "to"))
    return Recurring(weekdays, start, end, zone)


def _problems(name: str, said: Mapping[str, Any]) -> Iterator[str]:
    if ";" in name or not 0 < len(name.strip()) <= 80:
        yield "is no name: at most 80 characters without ;"
    if not said or any(key not in _KEYS for key in said) or not any(said.values()):
        yield f"says what is left out, by {', '.join(_KEYS)}"
        return
    for key in ("queues", "skills"):
        if not _are_names(said.get(key, [])):
            yield f"{key} are names, such as [“mail”]"
    windows = said.get("windows", [])
    if not isinstance(windows, list) or not all(map(_is_window, windows)):
        yield "windows are such as {“from”: “22:00”, “to”: “06:00”, “weekdays”: [“monday”]}"


def _is_window(said: Any) -> bool:
    if not isinstance(said, Mapping) or not said or any(key not in _WINDOW_KEYS for key in said):
        return False
    weekdays = said.get("weekdays", WEEKDAYS[:1])
    named = isinstance(weekdays, list | tuple) and bool(weekdays) and all(day in WEEKDAYS for day in weekdays)
    return named and all(_is_time(said.get(edge, "00:00")) for edge in ("from", "to"))


def _is_time(text: Any) -> bool:
    try:
        return isinstance(text, str) and time.fromisoformat(text).tzinfo is None
    except ValueError:
        return False


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each.strip() for each in value)
