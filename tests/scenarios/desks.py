"""Homes that people look at, part by part, and press buttons on."""

from typing import Any

from bot.sandbox import Shown
from tests.scenarios.swapping import Floor


def opens(floor: Floor, *names: str) -> None:
    """These people look at their Homes, which are drawn when this returns."""
    for name in names:
        floor.work.person(name).opens_home()
        floor.work.person(name).home()
    floor.settles()


def home(floor: Floor, name: str) -> Shown:
    """What stands on somebody's Home, which nobody has reopened."""
    floor.settles()
    return floor.work.person(name).home()


def part(floor: Floor, name: str, title: str) -> list[str]:
    """The lines below one of the titles, up to the next."""
    titles = (
        "Waiting for you",
        "Open shifts you could take",
        "To decide",
        "Today",
        "Your next 7 days",
        "Your requests",
        "Needs an owner",
        "The floor today",
        "The front desk",
    )
    lines = home(floor, name).text.splitlines()
    begins = next(number for number, line in enumerate(lines) if line.startswith(title)) + 1
    rest = lines[begins:]
    ends = next((number for number, line in enumerate(rest) if line.startswith(titles)), len(rest))
    return rest[:ends]


def titles(floor: Floor, name: str) -> list[str]:
    """The titles on somebody's Home, below the greeting."""
    headers = [block["text"]["text"] for block in home(floor, name).blocks if block["type"] == "header"]
    return headers[1:]


def pressable(floor: Floor, name: str) -> list[dict[str, Any]]:
    """The buttons on somebody's Home, as Slack has them."""
    blocks = home(floor, name).blocks
    elements = [each for block in blocks for each in (*block.get("elements", ()), block.get("accessory")) if each]
    return [each for each in elements if each["type"] == "button"]


def presses(floor: Floor, name: str, label: str, beside: str = "") -> None:
    """Somebody presses a button on their Home."""
    person = floor.work.person(name)
    person.presses(label, person.home(), beside=beside)
    assert person.notices == []
    floor.settles()
