"""Which kind of leave somebody means who names it among other words: "unpaid next week", "lieu fri"."""

import re
from collections.abc import Mapping

from bot.domain.limits import folded
from bot.domain.timeoff_kinds import Kind

_LEAVE = " leave"


def read_kind(text: str, kinds: Mapping[str, Kind]) -> tuple[str | None, str]:
    """The folded name of the kind that is named, None for none, and the text without it.

    Nobody has to say that leave is leave.
    """
    said = folded(text)
    for name in sorted(_names(kinds), key=len, reverse=True):
        found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said)
        if found:
            rest = f"{said[: found.start()]} {said[found.end() :]}"
            return _names(kinds)[name], " ".join(rest.split())
    return None, text.strip()


def _names(kinds: Mapping[str, Kind]) -> dict[str, str]:
    """What each is called, also without the word "leave", as long as that is one of them only."""
    current = [name for name, kind in kinds.items() if not kind.retired]
    names = {name: name for name in current}
    for name in current:
        names.setdefault(name.removesuffix(_LEAVE), name)
    return names
