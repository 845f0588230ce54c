"""How the bot is doing, as somebody reads it who can do something about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    ``ok`` None: nothing is broken, but something is not set up or could not be looked at. ``advice`` says what to
    do next; it is empty where there is nothing to do. Both texts are plain: no markup.
    """

    name: str
    ok: bool | None
    found: str
    advice: str = ""
