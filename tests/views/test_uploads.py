"""The card of an upload in every state stays within Slack's limits and is fit to read."""

from datetime import UTC, date, datetime, time
from itertools import product
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions.uploads_documents import digest, from_document, to_document
from bot.domain.imports import Dependents, Numbers, Problem
from bot.domain.imports_standing import Kind, Why
from bot.domain.rules import RuleId
from bot.domain.shifts_import import PlannedShift
from bot.domain.uploads import (
    Entry,
    ExchangeEntry,
    PersonEntry,
    Preview,
    Remark,
    ShiftEntry,
    State,
    Trouble,
    UploadShown,
    What,
)
from bot.sandbox.blocks import check_view
from bot.views import uploads as views
from bot.views.formats import Formats
from bot.views.imports import in_use_lines
from tests.views.test_shifts import LOCALES, RTL, WORST, formats, names, readable

DAY = date(2026, 11, 6)
DAYS = (date(2026, 11, 1), date(2026, 12, 31))
READ_AT = datetime(2026, 11, 2, 12, tzinfo=UTC)
_OF_SHIFTS = [
    what for what in What if what not in (What.CHANGED, What.UNLINKED, What.UNCHANGED, What.HELD, What.ENDED)
]
_OF_PEOPLE = [What.ADDED, What.CHANGED, What.UNLINKED]

planned = st.builds(
    lambda email, day, start, end, zone, queue: PlannedShift(
        email, datetime.combine(day, start), datetime.combine(day, end).replace(year=2027), zone, queue
    ),
    st.none() | st.sampled_from(["ana@example.com", WORST, RTL]),
    st.dates(date(2026, 9, 1), date(2026, 12, 1)),
    st.times(),
    st.times(),
    st.sampled_from(["Europe/Berlin", "Asia/Kolkata", "America/New_York"]),
    st.none() | names,
)
numbers = st.integers(1, 100_000)
shift_entries = st.builds(
    ShiftEntry,
    what=st.sampled_from(_OF_SHIFTS),
    line=st.none() | numbers,
    shift=planned,
    after=st.none() | planned,
    new_note=st.booleans(),
    other=st.none() | planned,
    other_line=st.none() | numbers,
)
exchange_entries = st.builds(
    ExchangeEntry,
    what=st.sampled_from([What.HELD, What.ENDED]),
    line=st.none() | numbers,
    kind=st.sampled_from(Kind),
    number=numbers,
    leg=planned,
    works=st.lists(st.tuples(planned, st.none() | names), max_size=2).map(tuple),
    parties=st.tuples(names, names) | st.tuples(names),
    why=st.none() | st.sampled_from(Why),
    beside=st.none() | planned,
    rules=st.lists(st.sampled_from(RuleId), max_size=3).map(tuple),
)
changes = st.lists(
    st.tuples(st.sampled_from(["team", "limits"]), st.just("") | names, st.just("") | names), max_size=9
)
person_entries = st.builds(
    PersonEntry,
    what=st.sampled_from(_OF_PEOPLE),
    line=numbers,
    name=names,
    email=names,
    role=st.sampled_from(["agent", "lead"]),
    changes=changes.map(tuple),
)
previews = st.builds(
    Preview,
    counts=st.dictionaries(st.sampled_from(What), st.integers(0, 10_000)),
    entries=st.lists(shift_entries | exchange_entries, max_size=25).map(tuple)
    | st.lists(person_entries, max_size=25).map(tuple),
    days=st.none() | st.just(DAYS),
    new_queues=st.lists(names, max_size=30).map(tuple),
    unread_columns=st.lists(names, max_size=30).map(tuple),
    unread_sheets=st.lists(names, max_size=3).map(tuple),
    ended=st.dictionaries(st.sampled_from(Kind), st.integers(1, 1000)),
)
problems = st.builds(
    Problem,
    st.just("x.csv"),
    st.integers(0, 10_000),
    st.none() | names,
    st.just("") | names,
    names,
)
troubles = st.builds(
    Trouble,
    problems=st.lists(problems, min_size=1, max_size=25).map(tuple),
    total=numbers,
    unknown_header=st.booleans(),
)


def upload(state: State, **fields: Any) -> UploadShown:
    usual: dict[str, Any] = {"id": UUID(int=7), "name": "shifts.csv", "kind": "shifts", "read_at": READ_AT}
    return UploadShown(state=state, **usual | fields)


def a_shift(what: What, **fields: Any) -> Entry:
    shift = PlannedShift("ana@example.com", datetime.combine(DAY, time(9)), datetime.combine(DAY, time(17)), "UTC")
    return ShiftEntry(what, 2, shift, **fields)


@given(
    state=st.sampled_from(State),
    preview=previews,
    trouble=st.none() | troubles,
    remark=st.none() | st.sampled_from(Remark),
    replaced=st.none() | st.just(DAYS),
    name=names,
    formats=formats,
)
def test_any_card_can_be_shown(state: State, preview: Preview, name: str, formats: Formats, **fields: Any) -> None:
    lines = ("Import 3 cannot be undone.", "  2 shifts changed since")
    shown = upload(state, name=name, preview=preview, number=3, reference="a1b2", in_the_way=lines, **fields)
    read = readable(views.upload_card(shown, formats))
    assert "tomorrow" not in read
    assert str(shown.id) not in read


@pytest.mark.parametrize("state", State)
def test_only_an_open_preview_and_an_applied_import_have_buttons(state: State) -> None:
    preview = Preview({What.ADDED: 1}, (a_shift(What.ADDED),), DAYS)
    shown = upload(state, preview=preview, number=3)
    card = views.upload_card(shown, a_formats())
    labels = [
        each["text"]["text"]
        for block in card["blocks"]
        if block["type"] == "actions"
        for each in block["elements"]
    ]
    wanted = {State.READ: ["Apply", "Replace days…", "Cancel"], State.APPLIED: ["Undo"]}
    assert labels == wanted.get(state, [])


@pytest.mark.parametrize("remark", Remark)
def test_every_remark_says_what_to_do(remark: Remark) -> None:
    lines = ("Import 3 cannot be undone, because something depends on it.", "  2 shifts changed since")
    card = views.upload_card(upload(State.APPLIED, remark=remark, in_the_way=lines, number=3), a_formats())
    assert len(card["text"]) > len("shifts.csv is applied: import 3.") + 20


def test_hundreds_of_swaps_in_the_way_are_not_all_named() -> None:
    hundreds = tuple(range(1, 1001))
    lines = tuple(in_use_lines(3, Dependents({}, {}, 0, 0, [], Numbers(hundreds, hundreds))))
    shown = upload(State.APPLIED, remark=Remark.IN_USE, in_the_way=lines, number=3)
    text = readable(views.upload_card(shown, a_formats()))
    assert "swap 20 and 980 more, cover 1, " in text
    assert "cover 20 and 980 more." in text


@pytest.mark.parametrize("state", State)
def test_whoever_presses_too_late_reads_why(state: State) -> None:
    assert views.too_late(state).endswith(".")


@pytest.mark.parametrize("preview", [None, Preview({}, ()), Preview({}, (), DAYS)])
def test_the_form_for_days_can_be_opened(preview: Preview | None) -> None:
    for replaced in (None, DAYS):
        assert check_view(views.replace_form(upload(State.READ, preview=preview, replaced=replaced))) is None


@pytest.mark.parametrize(("prefix", "imports"), list(product(["", "cs-"], [True, False])))
def test_short_answers_name_the_commands_and_drops_only_to_who_may(prefix: str, imports: bool) -> None:
    read = readable(views.what_i_do(prefix, imports=imports))
    assert f"`/{prefix}shifts`" in read
    assert ("drop" in read) is imports
    refused = readable(views.may_not_import(prefix, "<!channel>"))
    assert f"`/{prefix}shifts`" in refused
    assert "<!channel>" not in refused


def test_more_lines_than_are_shown_are_counted() -> None:
    entries = (a_shift(What.ADDED),) * 25
    card = views.upload_card(upload(State.READ, preview=Preview({What.ADDED: 4000}, entries, DAYS)), a_formats())
    assert "… and 3975 more." in readable(card)


@given(previews)
def test_what_is_stored_comes_back(preview: Preview) -> None:
    back = from_document(Preview, to_document(preview))
    assert back == preview
    assert digest(back) == digest(preview)


@given(troubles)
def test_trouble_that_is_stored_comes_back(trouble: Trouble) -> None:
    assert from_document(Trouble, to_document(trouble)) == trouble


def a_formats() -> Formats:
    return Formats(ZoneInfo("Europe/Berlin"), LOCALES[0])
