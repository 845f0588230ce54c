"""Every answer of ``/shifts`` in every state stays within Slack's limits and is fit to read."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.intervals import Interval
from bot.domain.shifts import FloorList, ShiftList, Somebody, WorkedShift
from bot.domain.wallclock import week_start
from bot.domain.when import Ambiguous, DayPart, NotUnderstood, ShortMonth, When
from bot.sandbox.blocks import check_message
from bot.views import shifts as views
from bot.views.asked import Asked
from bot.views.formats import Formats, duration
from bot.views.people import (
    SLACK_IS_AWAY,
    from_outside,
    not_on_roster,
    slack_gave_no_answer,
    slack_was_away,
    something_went_wrong,
)

NOW = datetime(2026, 10, 23, 10, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
LOCALES = ["en", "en_GB", "de", "de_DE", "fr", "es", "ar", "he", "ja", "pt_BR", "zh_Hant", "fa"]
WORST = "<&>" * 26 + "<&"
RTL = "فواتير " * 11

formats = st.builds(
    Formats,
    zone=st.sampled_from([BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata"), ZoneInfo("UTC")]),
    locale=st.sampled_from(LOCALES),
    hour_cycle=st.sampled_from(["12", "24"]),
    first_weekday=st.integers(0, 6),
)
names = st.sampled_from(["Ana Ruiz", WORST, RTL, "\u202eevil", "<!channel>", "line\nline"]) | st.text(
    min_size=1, max_size=80
).filter(lambda text: text.strip() and "None" not in text)
skills = st.sampled_from([(), ("billing",), tuple(f"<skill & {number}>" for number in range(100))])
people = st.builds(
    Somebody,
    member_id=st.uuids(),
    name=names,
    slack_id=st.sampled_from([None, "U012AB3CD"]),
    skills=skills,
    left=st.booleans(),
)
notes = st.sampled_from([None, "bring keys", "<!everyone> & " * 215, RTL * 40])
instants = st.datetimes(datetime(2026, 9, 1), datetime(2027, 2, 1), timezones=st.just(UTC))
intervals = st.builds(
    lambda start, minutes: Interval(start, start + timedelta(minutes=minutes)), instants, st.integers(1, 2000)
)
shifts = st.builds(
    WorkedShift,
    interval=intervals,
    worker=st.none() | people,
    queue=st.none() | names,
    note=notes,
    id=st.none() | st.uuids(),
)
whens = st.builds(
    When,
    first=st.dates(date(2026, 9, 1), date(2026, 12, 1)),
    last=st.dates(date(2026, 12, 1), date(2027, 2, 1)),
    start=st.none() | st.times(),
    end=st.none() | st.times(),
    part=st.none() | st.sampled_from(DayPart),
)
asked = st.builds(
    Asked,
    st.just("/shifts"),
    st.sampled_from(["", "who billing", f"who {WORST}"]),
    st.just(NOW),
    st.integers(0, 30),
)


def readable(message: dict[str, Any]) -> str:
    """All that a person reads of a message that Slack takes; none of it is meant for machines.

    A space at which no line breaks reads like any other.
    """
    assert check_message(message, ephemeral=True) is None, check_message(message, ephemeral=True)
    assert message["text"].strip()
    texts, marked = [message["text"]], [message["text"]]
    for block in message.get("blocks", []):
        parts = [part for part in (block.get("text"), *block.get("elements", ())) if part]
        texts += [part["text"] if isinstance(part["text"], str) else part["text"]["text"] for part in parts]
        marked += [part["text"] for part in parts if part["type"] == "mrkdwn"]
    read = "\n".join(texts).replace("\N{NO-BREAK SPACE}", " ")
    assert not re.search(r"\d{4}-\d{2}-\d{2}", read)
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", read)
    assert not re.search(r"(?<!<@)\bU012AB3CD", read)
    assert not [text for text in marked if "<!" in text]
    assert not re.search(r"\bNone\b", read)
    return read


def worked(number: int, **fields: Any) -> list[WorkedShift]:
    """As many shifts, one a day."""
    start = datetime(2026, 10, 23, 20, tzinfo=UTC)
    every = (
        Interval(start + timedelta(days=each), start + timedelta(days=each, hours=8)) for each in range(number)
    )
    return [WorkedShift(each, **{"worker": None, "queue": "billing"} | fields) for each in every]


def listed(
    found: list[WorkedShift], reader: Formats, when: When, worker: Somebody | None = None, *, may_swap: bool = True
) -> ShiftList:
    """A list with hours for each week that it shows."""
    starts = {each.interval.start.astimezone(reader.zone).date() for each in found}
    weeks = {week_start(day, reader.first_weekday): timedelta(hours=40) for day in starts}
    return ShiftList(worker, when, reader.zone, tuple(found), weeks, may_swap)


@settings(max_examples=60, deadline=None)
@given(st.lists(shifts, max_size=70), formats, whens, asked, st.none() | people, st.booleans())
def test_any_list_of_shifts_can_be_shown(
    found: list[WorkedShift], reader: Formats, when: When, question: Asked, worker: Somebody | None, may_swap: bool
) -> None:
    found.sort(key=lambda each: each.interval)
    readable(views.shift_list(listed(found, reader, when, worker, may_swap=may_swap), reader, question))


@settings(max_examples=60, deadline=None)
@given(st.lists(shifts, max_size=70), formats, whens, asked, st.none() | names)
def test_any_floor_can_be_shown(
    found: list[WorkedShift], reader: Formats, when: When, question: Asked, name: str | None
) -> None:
    found.sort(key=lambda each: each.queue or "")
    readable(views.floor_list(FloorList(name, when, reader.zone, tuple(found)), reader, question))


@pytest.mark.parametrize("number", [0, 1, 20, 21, 62, 500])
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("hour_cycle", ["12", "24"])
def test_every_shift_is_on_one_page_in_every_language(number: int, locale: str, hour_cycle: str) -> None:
    reader = Formats(BERLIN, locale, hour_cycle)
    when = When(date(2026, 10, 23), date(2027, 1, 22))
    somebody = Somebody(uuid4(), WORST, None, tuple(f"skill & {each}" for each in range(100)))
    found = worked(number, worker=somebody, queue=WORST, note="<&>" * 1000)
    lines = 0
    for page in range(max(1, -(-number // views.OWN_PAGE))):
        question = Asked("/shifts", "", NOW, page)
        own = readable(views.shift_list(listed(found, reader, when), reader, question))
        lines += own.partition("\n")[2].count("“")  # the first line is for notifications
        readable(views.floor_list(FloorList(WORST, when, BERLIN, tuple(found)), reader, question))
    assert lines == number


def test_a_page_of_the_longest_lines_is_whole() -> None:
    reader = Formats(BERLIN)
    people = [
        Somebody(UUID(int=each), f"{each:02}" + WORST[2:], None, ("<&>" * 70,)) for each in range(views.PAGE)
    ]
    found = [worked(1, worker=each, queue=WORST)[0] for each in people]
    shown = FloorList(None, When(date(2026, 10, 23), date(2026, 10, 23)), BERLIN, tuple(found))
    read = readable(views.floor_list(shown, reader, Asked("/shifts", "who", NOW)))
    assert [each.name[:2] for each in people] == re.findall(r"· (\d\d)&", read)


def test_who_reads_from_right_to_left_turns_nothing_around() -> None:
    reader = Formats(BERLIN)
    found = worked(1, queue="\u202eفواتير\u2069", note="\u2067note")
    shown = listed(found, reader, When(date(2026, 10, 23), date(2026, 10, 23)))
    read = readable(views.shift_list(shown, reader, Asked("/shifts", "", NOW)))
    assert "22:00–06:00 (Sat) · \u2068فواتير\u2069 · 8 h · “note”" in read


@settings(deadline=None)
@given(st.lists(whens, min_size=1, max_size=6, unique=True), formats, asked)
def test_any_choice_can_be_asked_for(choices: list[When], reader: Formats, question: Asked) -> None:
    answer = views.ask_back(Ambiguous(tuple(choices)), reader, question, "who billing", ())
    readable(answer)
    for choice, button in zip(choices, answer["blocks"][-1]["elements"], strict=True):
        again = views.read_value("/shifts", button["value"])
        assert again == Asked("/shifts", f"who billing {choice.typed}", NOW, question.page)


@given(st.text(max_size=5000), st.text(min_size=1, max_size=5000), st.lists(names, max_size=200))
@settings(max_examples=50, deadline=None)
def test_anything_that_is_not_understood_can_be_said_back(understood: str, rest: str, known: list[str]) -> None:
    answer = views.ask_back(
        NotUnderstood(understood, rest), Formats(BERLIN), Asked("/shifts", rest, NOW), "", tuple(known)
    )
    assert check_message(answer, ephemeral=True) is None


@pytest.mark.parametrize("command", ["/shifts", "/a-prefix-of-16ch-shifts"])
def test_what_never_changes_is_within_the_limits(command: str) -> None:
    for answer in (
        *(views.help_message(command, WORST, may_edit=each) for each in (True, False)),
        views.unknown_person("U012AB3CD", command),
        views.names_wanted("@" + WORST * 50, command),
        views.too_many_days(92),
        views.may_not_see(command),
        views.one_at_a_time(command),
        not_on_roster(("U1", "U2", "U3", "U4"), "C1"),
        not_on_roster((), "C1"),
        not_on_roster((), None),
        from_outside(),
        something_went_wrong("0f3a9c11"),
        slack_gave_no_answer("0f3a9c11"),
        slack_was_away(NOW, Formats(BERLIN, "ar", "12")),
        {"text": SLACK_IS_AWAY},
    ):
        readable(answer)


@pytest.mark.parametrize(
    ("short", "locale", "said"),
    [
        (ShortMonth(2, 29), "en", "February has at most 29 days"),
        (ShortMonth(2, 28, 2027), "en", "February 2027 has only 28 days"),
        (ShortMonth(11, 30), "de", "November has only 30 days"),
        (ShortMonth(4, 30), "fr", "avril has only 30 days"),
    ],
)
def test_why_a_day_does_not_exist_is_said_of_its_month(short: ShortMonth, locale: str, said: str) -> None:
    assert Formats(BERLIN, locale).short_month(short) == said
    answer = views.ask_back(
        NotUnderstood("", WORST, short), Formats(BERLIN, locale), Asked("/shifts", "", NOW), "", ()
    )
    assert f": {said}." in readable(answer)


@pytest.mark.parametrize(
    ("subject", "example"), [("edit <@U1>", "`/shifts edit @colleague fri`"), ("", "`/shifts who ")]
)
def test_what_was_not_understood_is_answered_with_an_example_of_the_same(subject: str, example: str) -> None:
    asked = Asked("/shifts", f"{subject} blah".strip(), NOW)
    answer = views.ask_back(NotUnderstood("", "blah"), Formats(BERLIN), asked, subject, ())
    assert example in readable(answer)


def test_only_who_may_edit_reads_how() -> None:
    assert [
        "edit @colleague" in readable(views.help_message("/shifts", None, may_edit=may)) for may in (True, False)
    ] == [
        True,
        False,
    ]


def test_a_number_stays_on_one_line_with_its_unit() -> None:
    assert duration(timedelta(hours=7, minutes=30)) == "7\u00a0h 30\u00a0min"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (When(date(2026, 10, 23), date(2026, 10, 23)), "Fri, Oct 23"),
        (When(date(2027, 1, 4), date(2027, 1, 4)), "Mon, Jan 4, 2027"),
        (When(date(2026, 12, 24), date(2027, 1, 2)), "Thu, Dec 24 – Sat, Jan 2, 2027"),
        (When(date(2026, 10, 23), date(2026, 10, 23), time(15)), "Fri, Oct 23, 15:00"),
        (When(date(2026, 10, 23), date(2026, 10, 23), time(9), time(17, 30)), "Fri, Oct 23, 09:00–17:30"),
        (When(date(2026, 10, 23), date(2026, 10, 23), part=DayPart.MORNING), "Fri, Oct 23, morning"),
        (When(date(2026, 10, 23), date(2026, 10, 23), part=DayPart.HALF), "Fri, Oct 23, half a day"),
    ],
)
def test_what_was_typed_is_said_back(when: When, said: str) -> None:
    assert Formats(BERLIN).when(when, date(2026, 10, 23)) == said
