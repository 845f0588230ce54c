"""Reading and writing a Freshdesk account; its documentation is named where it is played."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest

from bot.connectors.freshdesk import PROVIDER
from bot.connectors.helpdesk import (
    CaseRead,
    Change,
    Conflict,
    DeadlineRead,
    EventRead,
    Gone,
    Helpdesk,
    Page,
    PersonRead,
    Refused,
    SignInFailed,
    ToolIsAway,
    TooManyRequests,
    Write,
)
from bot.domain.cases import By, Kind, Priority, State
from tests.connectors.freshdesk_fake import KEY, START, FreshdeskFake
from tests.connectors.wsgi_fake import Answer
from tests.sandbox.bots import served

Opens = Callable[[], Helpdesk]


@pytest.fixture
def fake() -> FreshdeskFake:
    return FreshdeskFake()


@pytest.fixture
def opens(fake: FreshdeskFake) -> Iterator[Opens]:
    """Signs in anew, as each reading does."""
    with served(fake) as address, ExitStack() as opened:

        def sign_in() -> Helpdesk:
            desk = PROVIDER.open(address, {"key": KEY}, lambda: fake.now)
            opened.callback(desk.close)
            return desk

        yield sign_in


def every(pages: list[Page]) -> tuple[list[CaseRead], list[EventRead], list[DeadlineRead], list[PersonRead]]:
    """What the pages hold, joined."""
    return (
        [each for page in pages for each in page.cases],
        [each for page in pages for each in page.events],
        [each for page in pages for each in page.deadlines],
        [each for page in pages for each in page.people],
    )


def at(**time: float) -> datetime:
    return START + timedelta(**time)


def test_a_ticket_is_read_with_its_people_messages_and_deadlines(fake: FreshdeskFake, opens: Opens) -> None:
    fake.opens("No refund", priority=4, tags=["vip", "refund"], responder_id=901)
    fake.passes(minutes=5)
    fake.says(1, by=0, auto_response=True)
    fake.tickets[1]["stats"].pop("first_responded_at")
    fake.passes(minutes=5)
    fake.says(1, by=902, private=True)
    fake.passes(minutes=5)
    fake.says(1, by=901)
    fake.passes(minutes=5)
    fake.says(1, incoming=True)
    desk = opens()
    assert desk.check() == "Ana Ruiz"
    pages = list(desk.read(None, START - timedelta(days=1)))
    cases, events, deadlines, people = every(pages)
    (case,) = cases
    assert (case.external_id, case.title, case.customer, case.queue, case.owner) == (
        "1",
        "No refund",
        "Kim Sato",
        "Billing",
        "901",
    )
    assert (case.state, case.priority, case.channel, case.category) == (
        State.OPEN,
        Priority.URGENT,
        "e-mail",
        "Refund",
    )
    assert (case.tags, case.opened_at, case.changed_at) == (("refund", "vip"), START, at(minutes=20))
    assert str(case.url).endswith("/a/tickets/1")
    assert [(each.kind, each.by, each.person, each.at) for each in sorted(events, key=lambda each: each.at)] == [
        (Kind.MESSAGE, By.CUSTOMER, None, START),
        (Kind.MESSAGE, By.BOT, None, at(minutes=5)),
        (Kind.NOTE, By.HELPDESK, "902", at(minutes=10)),
        (Kind.STATE, By.HELPDESK, None, at(minutes=15)),
        (Kind.MESSAGE, By.HELPDESK, "901", at(minutes=15)),
        (Kind.MESSAGE, By.CUSTOMER, "500", at(minutes=20)),
    ]
    assert {each.metric: each.due_at for each in deadlines} == {"first reply": None, "resolution": at(hours=8)}
    assert [(each.name, each.is_agent) for each in people] == [
        ("Ana Ruiz", True),
        ("Ben Okafor", True),
    ]
    assert [page.more for page in pages] == [True] * (len(pages) - 1) + [False]


@pytest.mark.parametrize(
    ("status", "state", "first", "resolution"),
    [
        (2, State.NEW, at(hours=1), at(hours=8)),
        (3, State.PENDING, None, None),
        (4, State.SOLVED, None, None),
        (5, State.CLOSED, None, None),
        (6, State.PENDING, None, None),
        (7, State.ON_HOLD, at(hours=1), at(hours=8)),
        (8, State.ON_HOLD, at(hours=1), at(hours=8)),
        (9, State.NEW, at(hours=1), at(hours=8)),
    ],
)
def test_each_status_is_one_of_ours_and_says_which_deadlines_run(
    fake: FreshdeskFake, opens: Opens, status: int, state: State, first: object, resolution: object
) -> None:
    fake.statuses |= {"6": ["Waiting on Customer"], "7": ["Waiting on Third Party"]}
    fake.statuses |= {"8": ["Waiting for the warehouse"], "9": ["Being packed"]}
    fake.opens(status=status)
    cases, _, deadlines, _ = every(list(opens().read(None, START)))
    assert cases[0].state is state
    assert {each.metric: each.due_at for each in deadlines} == {"first reply": first, "resolution": resolution}


def test_the_window_moves_with_each_page_and_nothing_is_missed_that_changes_meanwhile(
    fake: FreshdeskFake, opens: Opens
) -> None:
    for _ in range(230):
        fake.opens()
        fake.passes(seconds=1)
    seen: list[str] = []
    for number, page in enumerate(opens().read(None, START)):
        seen += [each.external_id for each in page.cases]
        if number == 2:
            fake.changes(1, priority=3)  # from the first page to the last: all that follows moves up by one
    assert set(seen) == set(map(str, range(1, 231)))
    assert seen[-1] == "1"
    assert {each.params["page"] for each in fake.requests("api/v2/tickets")} == {"1"}


def test_many_of_one_second_are_read_page_by_page(fake: FreshdeskFake, opens: Opens) -> None:
    for _ in range(250):
        fake.opens()
    fake.passes(seconds=1)
    fake.opens()
    cases, *_ = every(list(opens().read(None, START)))
    assert {each.external_id for each in cases} == set(map(str, range(1, 252)))
    asked = [each.params for each in fake.requests("api/v2/tickets") if "filter" not in each.params]
    assert [each["page"] for each in asked] == ["1", "2", "3"]


def test_it_goes_on_where_it_was_interrupted(fake: FreshdeskFake, opens: Opens) -> None:
    for _ in range(60):
        fake.opens()
        fake.passes(minutes=2)
    reading = opens().read(None, START)
    pages = [next(reading) for _ in range(2)]
    rest = list(opens().read(pages[-1].cursor, START))
    cases, _, _, people = every(rest)
    assert [each.external_id for each in cases] == list(map(str, range(25, 61)))
    assert people == []


def test_only_what_changed_since_is_read_again(fake: FreshdeskFake, opens: Opens) -> None:
    fake.opens()
    fake.opens()
    first = list(opens().read(None, START))
    fake.passes(minutes=10)
    fake.changes(2, status=4)
    fake.rates(2, 103)
    fake.rates(2, 100)
    before = len(fake.asked)
    again = list(opens().read(first[-1].cursor, START))
    cases, events, _, _ = every(again)
    assert [(each.external_id, each.state) for each in cases if each.external_id == "2"] == [("2", State.SOLVED)]
    assert [each.data for each in events if each.kind is Kind.STATE] == [{"state": State.SOLVED}]
    assert [each.data for each in events if each.kind is Kind.SATISFACTION] == [{"satisfaction": "good"}]
    assert not [each for each in fake.asked[before:] if "conversations" in each.path]
    fake.passes(minutes=10)
    assert not every(list(opens().read(again[-1].cursor, START)))[0][1:]


def test_what_is_deleted_or_spam_is_gone_and_what_has_no_fields_is_no_harm(
    fake: FreshdeskFake, opens: Opens
) -> None:
    fake.opens()
    fake.opens()
    first = list(opens().read(None, START))
    fake.passes(minutes=10)
    fake.changes(1, deleted=True)
    fake.tickets[3] = {"id": 3, "updated_at": fake.tickets[1]["updated_at"]}
    fake.changes(2, spam=True)
    fake.surveys = False
    cases, *_ = every(list(opens().read(first[-1].cursor, START)))
    assert {each.external_id: each.gone for each in cases} == {"1": True, "2": True, "3": False}
    with pytest.raises(Gone):
        opens().write("1", Write("w", Change.TAGS, {"tags": []}, {"tags": []}))
    with pytest.raises(Gone):
        opens().write("99", Write("w", Change.TAGS, {"tags": []}, {"tags": []}))


def test_of_tickets_that_were_over_before_only_the_latest_words_are_read(
    fake: FreshdeskFake, opens: Opens
) -> None:
    fake.opens()
    fake.says(1, by=901)
    fake.passes(minutes=1)
    fake.says(1, incoming=True)
    fake.changes(1, status=5)
    _, events, _, _ = every(list(opens().read(None, START)))
    said = [(each.by, each.at) for each in events if each.kind is Kind.MESSAGE]
    assert said == [(By.CUSTOMER, START), (By.CUSTOMER, at(minutes=1)), (By.HELPDESK, START)]
    assert not [each for each in fake.asked if "conversations" in each.path]


def test_what_was_said_is_read_wherever_the_first_reading_was_interrupted(
    fake: FreshdeskFake, opens: Opens
) -> None:
    for _ in range(60):
        fake.opens()
        fake.says(len(fake.tickets), by=901)
    fake.passes(days=2)
    for number in range(1, 61):  # nobody says anything, but it moves
        fake.passes(minutes=2)
        fake.changes(number, tags=["late"])
    begun = opens().read(None, START)
    cursor = [next(begun), next(begun)][-1].cursor
    _, events, _, _ = every(list(opens().read(cursor, START)))
    replied = {each.case for each in events if each.kind is Kind.MESSAGE and each.by is By.HELPDESK}
    assert replied >= {str(number) for number in range(26, 61)}


def test_a_ticket_older_than_all_that_was_read_comes_with_what_was_said(fake: FreshdeskFake, opens: Opens) -> None:
    fake.opens()
    fake.says(1, by=901)
    fake.passes(days=20)
    cursor = list(opens().read(None, fake.now))[-1].cursor
    since = fake.now
    fake.passes(minutes=10)
    fake.changes(1, priority=4)
    _, events, _, _ = every(list(opens().read(cursor, since)))
    assert [each.by for each in events if each.kind is Kind.MESSAGE] == [By.CUSTOMER, By.HELPDESK]


def test_a_ticket_that_nobody_can_read_keeps_no_other_back(fake: FreshdeskFake, opens: Opens) -> None:
    fake.opens(status="on fire")
    fake.opens("Readable")
    fake.tickets[1]["created_at"] = "yesterday"
    cases, *_ = every(list(opens().read(None, START)))
    assert [each.title for each in cases] == ["Readable"]


@pytest.mark.parametrize(
    ("write", "field", "stands"),
    [
        (Write("w", Change.OWNER, {"owner": "902"}, {"owner": None}), "responder_id", 902),
        (Write("w", Change.OWNER, {"owner": None}, {"owner": None}), "responder_id", None),
        (Write("w", Change.STATE, {"state": "pending"}, {"state": "new"}), "status", 3),
        (Write("w", Change.STATE, {"state": "pending"}, {"state": "open"}), "status", 3),
        (Write("w", Change.STATE, {"state": "open"}, {"state": "new"}), "status", 2),
        (Write("w", Change.TAGS, {"tags": ["refund"]}, {"tags": []}), "tags", ["refund"]),
    ],
)
def test_a_change_is_written_once(
    fake: FreshdeskFake, opens: Opens, write: Write, field: str, stands: object
) -> None:
    fake.opens()
    fake.passes(minutes=1)
    versions = [opens().write("1", write) for _ in range(2)]
    assert fake.tickets[1][field] == stands
    assert len(set(versions)) == 1
    assert len(fake.requests("api/v2/tickets/1", "PUT")) <= 1


def test_what_somebody_changed_there_is_not_written_over(fake: FreshdeskFake, opens: Opens) -> None:
    fake.opens()
    fake.changes(1, responder_id=901, priority=4)
    with pytest.raises(Conflict) as conflict:
        opens().write("1", Write("w", Change.OWNER, {"owner": "902"}, {"owner": None}))
    assert conflict.value.found == {"owner": "901"}
    assert fake.tickets[1]["responder_id"] == 901
    opens().write("1", Write("w", Change.STATE, {"state": "solved"}, {"state": "new"}))
    assert fake.tickets[1]["status"] == 4


def test_an_internal_note_whose_answer_was_lost_is_not_written_twice(fake: FreshdeskFake, opens: Opens) -> None:
    fake.opens()
    (page,) = [each for each in opens().read(None, START) if each.cases]
    note = Write("w", Change.NOTE, note="Waits for <billing>\nuntil Friday", based_on=page.cases[0].version)
    fake.passes(minutes=1)
    for _ in range(2):
        opens().write("1", note)
    posted = fake.requests("api/v2/tickets/1/notes", "POST")
    assert [each.body for each in posted] == [
        {"body": "Waits for &lt;billing&gt;<br>until Friday", "private": True}
    ]


def test_on_hold_needs_a_status_of_the_accounts_own(fake: FreshdeskFake, opens: Opens) -> None:
    fake.opens()
    hold = Write("w", Change.STATE, {"state": "on hold"}, {"state": "new"})
    with pytest.raises(Refused) as refused:
        opens().write("1", hold)
    assert refused.value.words == "This Freshdesk account has no such status."
    fake.statuses |= {"8": ["On hold"]}
    opens().write("1", hold)
    assert fake.tickets[1]["status"] == 8


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Answer(500, "<html>"), ToolIsAway),
        (Answer(200, "not json"), ToolIsAway),
        (Answer(400, {"description": "Validation failed"}), Refused),
    ],
)
def test_what_goes_wrong_has_a_name(
    fake: FreshdeskFake, opens: Opens, fault: Answer, error: type[Exception]
) -> None:
    fake.faults.append(fault)
    with pytest.raises(error):
        opens().check()
    assert opens().check() == "Ana Ruiz"


def test_a_pause_is_asked_for_and_a_key_that_ends_is_said(fake: FreshdeskFake, opens: Opens) -> None:
    fake.faults.append(Answer(429, {"message": "slow"}, {"Retry-After": "34"}))
    with pytest.raises(TooManyRequests) as pause:
        opens().check()
    assert pause.value.seconds == 34
    fake.key = "another"
    with pytest.raises(SignInFailed):
        list(opens().read(None, datetime(2026, 11, 1, tzinfo=UTC)))


def test_what_is_posted_is_not_posted_again_by_itself(fake: FreshdeskFake, opens: Opens) -> None:
    """Nobody knows whether it was there already when a 503 came; before the next attempt it is looked for."""
    fake.opens()
    desk = opens()
    fake.faults += [Answer(body=fake.tickets[1]), Answer(body=[]), Answer(503), Answer(503)]
    with pytest.raises(ToolIsAway):
        desk.write("1", Write("w", Change.NOTE, note="Asked billing."))
    assert [each.method for each in fake.asked].count("POST") == 1


def test_whoever_may_not_see_all_tickets_does_not_sign_in(fake: FreshdeskFake, opens: Opens) -> None:
    fake.agents[0]["ticket_scope"] = 2
    with pytest.raises(SignInFailed):
        opens().check()
    fake.agents[0]["ticket_scope"] = 1
    fake.faults += [Answer(), Answer(403, {"code": "access_denied"})]
    with pytest.raises(SignInFailed):
        opens().check()


def test_a_few_requests_are_left_to_others(fake: FreshdeskFake, opens: Opens) -> None:
    fake.remaining = 7
    with pytest.raises(TooManyRequests):
        list(opens().read(None, START))
    assert fake.remaining == 5
