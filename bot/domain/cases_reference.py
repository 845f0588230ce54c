"""How people name a case: by its own number, or by the number that it has in a helpdesk."""

import re
from dataclasses import dataclass

_OWN = re.compile(r"#?(\d{1,9})")
_THEIRS = re.compile(r"(?P<source>[a-z][\w-]*)[\s:#]+(?P<reference>\S+)", re.IGNORECASE)
_WORD = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Reference:
    """``number`` may be our own, ``external_id`` the helpdesk's; ``source`` is the helpdesk that was named."""

    number: int | None
    external_id: str
    source: str | None = None


def read_reference(text: str) -> Reference | None:
    """What ``12``, ``#12``, ``zendesk 35436`` or ``SUP-7`` names; None for what names nothing."""
    typed = text.strip()
    if own := _OWN.fullmatch(typed):
        return Reference(int(own[1]), own[1])
    if theirs := _THEIRS.fullmatch(typed):
        return Reference(None, theirs["reference"], theirs["source"].lower())
    return Reference(None, typed) if _WORD.fullmatch(typed) else None
