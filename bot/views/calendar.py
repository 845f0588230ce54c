"""The address of one's own calendar feed, as people read it once and come back to it."""

from datetime import datetime

from bot.domain.wallclock import local_date
from bot.views.blocks import Block, Message, button, buttons, context, message, section
from bot.views.formats import Formats

MAKE = "calendar.make"
RENEW = "calendar.renew"
STOP = "calendar.stop"


def no_address() -> Message:
    """There is none yet, and nobody makes one by looking."""
    text = "You can have your shifts in your own calendar: I make an address for you to which it subscribes."
    hint = "Whoever has the address can read your shifts. You can end it at any time."
    return message(
        f"{text} {hint}",
        section(f"*Your shifts in your own calendar*\n{text}"),
        context(hint),
        buttons(button("Make an address", MAKE, "calendar") | {"style": "primary"}),
    )


def new_address(address: str) -> Message:
    """The address, for the only time."""
    text = "Your shifts in your own calendar: subscribe to this address there."
    return message(
        f"{text} {address}",
        section(f"*Your shifts in your own calendar*\nSubscribe to this address there:\n```{address}```"),
        context(
            "Google Calendar: _Other calendars, From URL_ · Outlook: _Add calendar, Subscribe from web_ · "
            "Apple Calendar: _File, New Calendar Subscription_"
        ),
        context(
            "Copy it now: I show it only once. Whoever has it can read your shifts, so keep it to yourself. "
            "Calendars follow changes when they next ask, which some do only once a day."
        ),
        _buttons(),
    )


def known_address(since: datetime, last_read_at: datetime | None, formats: Formats, now: datetime) -> Message:
    """There is an address, which cannot be shown again."""
    text = f"You have had a calendar address since {_day(since, formats, now)}."
    read = "No calendar has asked for it yet."
    if last_read_at:
        day = _day(last_read_at, formats, now)
        read = f"A calendar last asked for it on {day}, about {formats.time(last_read_at)}."
    hint = "I cannot show it again, because I keep no copy. If you need it, make a new one: the old one ends."
    return message(f"{text} {read} {hint}", section(f"*{text}*\n{read}"), context(hint), _buttons())


def stopped(command: str) -> Message:
    """The address is worth nothing any more."""
    text = "Your calendar address has ended: nobody can read your shifts with it any more."
    hint = f"What a calendar has copied goes when you remove it there. A new address: `{command} calendar`"
    return message(f"{text} {hint}", section(text), context(hint))


def no_public_address() -> Message:
    """Nobody has said how calendars reach the bot."""
    text = "I cannot offer you a calendar yet, because calendars have no way to reach me."
    hint = (
        "Ask whoever runs Floorwalker to set `FLOORWALKER_PUBLIC_URL` to an address that leads to me, such as "
        "`https://bot.example.com`, and to start me again."
    )
    return message(f"{text} {hint}", section(text), context(hint))


def _buttons() -> Block:
    return buttons(
        _asking(
            button("New address", RENEW, "calendar"),
            "A new address?",
            "The address that you have now ends. Calendars that use it need the new one.",
            "Make a new one",
        ),
        _asking(
            button("End the address", STOP, "calendar") | {"style": "danger"},
            "End the address?",
            "Calendars that use it will not hear of your shifts any more.",
            "End it",
        ),
    )


def _asking(element: Block, title: str, text: str, yes: str) -> Block:
    """A button that asks before it does something."""
    words = {"title": title, "text": text, "confirm": yes, "deny": "Keep it"}
    return element | {"confirm": {key: {"type": "plain_text", "text": each} for key, each in words.items()}}


def _day(instant: datetime, formats: Formats, now: datetime) -> str:
    return formats.day(local_date(instant, formats.zone), local_date(now, formats.zone))
