"""The fields in which it is chosen where news of a kind is heard."""

from collections.abc import Mapping
from typing import Any

from bot.domain.announced import Place
from bot.views.blocks import Block
from bot.views.forms import channel_select, field, option, select

LABELS: Mapping[str, str] = {
    "announced_swap": "A settled swap is announced",
    "announced_cover": "A cover that is found is announced",
    "announced_schedule": "A new schedule is announced",
    "announced_sop": "A changed procedure is announced",
}
_CHANNELS: Mapping[str, str] = {
    "announced_swap": "This channel, for swaps",
    "announced_cover": "This channel, for covers",
    "announced_schedule": "This channel, for schedules",
    "announced_sop": "This channel, for procedures",
}
PLACES: Mapping[str, str] = {
    Place.TEAM: "in the channel of the team, else in everybody's",
    Place.FLOOR: "in everybody's channel",
    Place.NOWHERE: "nowhere",
}
_CHANNEL, _OWN = "channel", ".channel"


def place_words(place: str) -> str:
    """A place as people say it, in Slack's markup."""
    return PLACES.get(place) or f"in <#{place}>"


def place_fields(key: str, name: str, held: str, usual: Block | None) -> list[Block]:
    """A menu of places, and below it a channel for who chooses another one; ``usual`` is what a team can keep."""
    places = [option(words, place) for place, words in PLACES.items()]
    menu = [*([usual] if usual else []), *places, option("in this channel:", _CHANNEL)]
    known = {each["value"] for each in menu}
    channel = None if held in known else held
    return [
        field(LABELS[key], name, select(menu, _CHANNEL if channel else held)),
        field(_CHANNELS[key], f"{name}{_OWN}", channel_select(channel), optional=True),
    ]


def usual_place(place: str, value: str) -> Block:
    """The option of a team that keeps what holds in the workspace."""
    return option(f"As the workspace: {PLACES.get(place, 'in a channel of its own')}", value)


def read_places(changed: Mapping[str, Any], whole: Mapping[str, Any]) -> dict[str, Any]:
    """What was changed, with the channel itself where one was chosen; where that is left empty, as usual."""
    found = {key: value for key, value in changed.items() if not key.endswith(_OWN)}
    for key in LABELS:
        if changed.keys() & {key, f"{key}{_OWN}"} and whole.get(key) == _CHANNEL:
            found[key] = whole.get(f"{key}{_OWN}") or ""
    return found
