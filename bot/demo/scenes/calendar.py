"""One's own shifts in one's own calendar."""

import re
from datetime import UTC

import requests
from icalendar import Calendar

from bot.demo.cast import Cast

_ADDRESS = re.compile(r"http://\S+\.ics")
_SECONDS = 10


def a_calendar_of_ones_own(cast: Cast) -> None:
    """Shifts in one's own calendar, by an address that can be ended"""
    ana = cast("ana")
    ana.types("/shifts calendar")
    ana.presses("Make an address", ana.reads("I make an address for you"))
    shown = ana.reads("Subscribe to this address")
    found = _ADDRESS.search(shown.text)
    if not found:
        raise AssertionError(f"there is no address in {shown}")
    _subscribe(cast, found[0])
    ana.presses("End the address", shown, confirm=True)
    ana.reads("has ended")
    _ask_in_vain(cast, found[0])


def _subscribe(cast: Cast, address: str) -> None:
    cast.script.did("Calendar", "asks", "for that address")
    answer = requests.get(address, timeout=_SECONDS)
    if not answer.ok:
        raise AssertionError(f"the calendar is answered {answer.status_code}")
    events = Calendar.from_ical(answer.content).events
    now = cast.stage.deps.clock()
    coming = [event for event in events if event.DTSTART.astimezone(UTC) > now]
    if not coming:
        raise AssertionError(f"the calendar has {len(events)} shifts, and none to come")
    begins, ends = coming[0].DTSTART, coming[0].DTEND
    when = f"{begins:%a, %b} {begins.day}, {begins:%H:%M}–{ends:%H:%M}"
    cast.script.saw("Calendar", "it", f"{len(events)} shifts\nThe next one: {when} · {coming[0]['SUMMARY']}")


def _ask_in_vain(cast: Cast, address: str) -> None:
    cast.script.did("Calendar", "asks", "once more")
    answer = requests.get(address, timeout=_SECONDS)
    if answer.status_code != requests.codes.not_found:
        raise AssertionError(f"the calendar is answered {answer.status_code}")
    cast.script.saw("Calendar", "the answer", answer.text)
