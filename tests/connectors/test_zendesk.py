"""What Zendesk's documentation says, read and written by our client: see ``zendesk_fake`` for its pages."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.connectors.helpdesk import (
    BadAddress,
    Change,
    Conflict,
    DeadlineRead,
    Gone,
    HelpdeskFails,
    Page,
    Refused,
    SignInFailed,
    ToolIsAway,
    TooManyRequests,
    Write,
    base_address,
)
from bot.connectors.zendesk import PROVIDER, Zendesk
from bot.domain.cases import By, Kind, Priority, State
from tests.connectors.zendesk_fake import ADMIN, TOKEN, Fault, ZendeskFake, zendesk

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
LONG = timedelta(minutes=10)


class Time:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def passes(self, minutes: float = 2) -> None:
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def fake(time: Time) -> Iterator[ZendeskFake]:
    with zendesk(time) as account:
        yield account


@pytest.fixture
def client(fake: ZendeskFake, time: Time) -> Iterator[Zendesk]:
    opened = Zendesk(fake.url, {"email": ADMIN, "token": TOKEN}, time)
    yield opened
    opened.close()


def read(client: Zendesk, cursor: dict[str, object] | None = None) -> list[Page]:
    """What is read, without who works there."""
    return [page for page in client.read(cursor, START) if not page.cursor.get("people") and not only_people(page)]


def only_people(page: Page) -> bool:
    return bool(page.people) and not page.cases


def write(kind: Change, wanted: object = None, before: object = None, **more: str) -> Write:
    return Write(f"of {kind}", kind, {kind: wanted}, {kind: before}, **more)


def test_whoever_signs_in_is_named_and_a_wrong_token_is_no_sign_in(client: Zendesk, fake: ZendeskFake) -> None:
    assert client.check() == "Cora Lind"
    fake.users[fake.cora]["role"] = "agent"
    with pytest.raises(SignInFailed):
        client.check()
    fake.token = "another"
    with pytest.raises(SignInFailed):
        read(client)


def test_a_ticket_comes_with_what_happened_to_it_and_when_but_no_words(
    client: Zendesk, fake: ZendeskFake, time: Time
) -> None:
    number = fake.ticket("My refund is late")
    time.passes(30)
    fake.change(number, comment=True, status="pending", assignee_id=fake.ana, priority="urgent")
    time.passes(30)
    fake.change(number, fake.jo, comment=True, status="open")
    fake.change(number, -1, comment=True)
    fake.change(number, comment=False, group_id=92)
    fake.change(number, fake.jo, satisfaction_rating={"score": "bad_with_comment"})
    time.passes()
    page = read(client)[0]
    (case,) = page.cases
    assert (case.external_id, case.title, case.customer) == (str(number), "My refund is late", "Jo Client")
    assert (case.state, case.priority, case.queue) == (State.OPEN, Priority.URGENT, "Chat")
    assert (case.owner, case.channel, case.category) == (str(fake.ana), "e-mail", "question")
    assert (case.language, case.tags, case.satisfaction, case.gone) == ("de", ("web",), "bad", False)
    assert case.url == f"{fake.url}/agent/tickets/{number}"
    assert case.opened_with == {"state": "new", "priority": "normal", "owner": None, "queue": "Refunds"}
    assert (case.opened_at, case.changed_at) == (START, START + timedelta(hours=1))
    said = [(each.kind, each.by, each.at - START, each.person, each.data) for each in page.events]
    half, hour = timedelta(minutes=30), timedelta(hours=1)
    ana = str(fake.ana)
    assert said == [
        (Kind.MESSAGE, By.CUSTOMER, timedelta(), None, {}),
        (Kind.MESSAGE, By.HELPDESK, half, ana, {}),
        (Kind.STATE, By.HELPDESK, half, ana, {"state": State.PENDING}),
        (Kind.OWNER, By.HELPDESK, half, ana, {"owner": ana}),
        (Kind.PRIORITY, By.HELPDESK, half, ana, {"priority": Priority.URGENT}),
        (Kind.MESSAGE, By.CUSTOMER, hour, None, {}),
        (Kind.STATE, By.CUSTOMER, hour, None, {"state": State.OPEN}),
        (Kind.MESSAGE, By.BOT, hour, None, {}),
        (Kind.NOTE, By.HELPDESK, hour, ana, {}),
        (Kind.QUEUE, By.HELPDESK, hour, ana, {"queue": "Chat"}),
        (Kind.SATISFACTION, By.CUSTOMER, hour, None, {"satisfaction": "bad"}),
    ]
    assert len({each.external_id for each in page.events}) == len(said)
    assert {each.email for each in page.people if each.is_agent} == {"ana@example.com"}


def test_many_tickets_come_page_by_page_and_the_cursor_goes_on_behind_each(
    client: Zendesk, fake: ZendeskFake, time: Time
) -> None:
    numbers = []
    for each in range(120):
        numbers.append(fake.ticket(f"Ticket {each}"))
        time.passes(0.02)
    time.passes()
    pages = read(client)
    assert [len(page.cases) for page in pages] == [50, 50, 20, 0]
    assert [page.more for page in pages] == [True, True, False, False]
    assert [int(case.external_id) for page in pages for case in page.cases] == numbers
    after_first = [case.external_id for page in read(client, pages[0].cursor) for case in page.cases]
    assert after_first == [str(each) for each in numbers[50:]]
    fake.change(numbers[3], status="solved", assignee_id=fake.ana)
    time.passes()
    (case,) = [case for page in read(client, pages[-1].cursor) for case in page.cases]
    assert (case.external_id, case.state, case.solved_at) == (str(numbers[3]), State.SOLVED, case.changed_at)


def test_everybody_who_works_there_is_known_and_asked_for_once_an_hour(
    client: Zendesk, fake: ZendeskFake, time: Time
) -> None:
    for each in range(150):
        fake.user(f"Agent {each}", f"agent{each}@example.com", "agent")
    pages = list(client.read(None, START))
    assert [len(page.people) for page in pages] == [100, 52, 0, 0]
    assert all(person.is_agent for page in pages for person in page.people)
    assert [len(page.people) for page in client.read(pages[-1].cursor, START)] == [0, 0]
    time.passes(61)
    assert [len(page.people) for page in client.read(pages[-1].cursor, START)][:2] == [100, 52]


def test_the_last_minute_is_left_for_the_next_time(client: Zendesk, fake: ZendeskFake, time: Time) -> None:
    fake.ticket("Just now")
    time.passes(0.5)
    (first, *_, last) = read(client)
    assert first.cases == ()
    time.passes(1)
    assert [case.title for page in read(client, last.cursor) for case in page.cases] == ["Just now"]


def test_a_clock_that_is_ahead_asks_for_no_start_that_zendesk_refuses(fake: ZendeskFake, time: Time) -> None:
    fake.ticket("Skewed")
    time.passes()
    ahead = Zendesk(fake.url, {"email": ADMIN, "token": TOKEN}, lambda: time() + timedelta(minutes=3))
    titles = [case.title for page in ahead.read(None, START + timedelta(hours=5)) for case in page.cases]
    ahead.close()
    assert titles == ["Skewed"]


def test_long_histories_come_in_several_pages_of_audits(client: Zendesk, fake: ZendeskFake, time: Time) -> None:
    number = fake.ticket("A long story")
    for _ in range(230):
        fake.change(number, comment=True)
    time.passes()
    assert len(read(client)[0].events) == 231
    assert fake.asked.count(f"GET tickets/{number}/audits") == 3


def test_a_deleted_ticket_is_gone_and_one_that_vanishes_in_between_does_no_harm(
    client: Zendesk, fake: ZendeskFake, time: Time
) -> None:
    gone, vanishing = fake.ticket("Delete me"), fake.ticket("Going")
    fake.delete(gone)
    fake.faults.append(Fault(404, f"tickets/{vanishing}/audits"))
    time.passes()
    page = read(client)[0]
    assert {case.external_id: case.gone for case in page.cases} == {str(gone): True, str(vanishing): False}
    assert page.events == ()


def test_fields_that_are_missing_leave_the_rest(client: Zendesk, fake: ZendeskFake, time: Time) -> None:
    number = fake.ticket("Bare")
    kept = {"id", "updated_at", "generated_timestamp", "status"}
    fake.tickets[number] = {name: value for name, value in fake.tickets[number].items() if name in kept}
    fake.audits[number] = [{"id": 1, "events": [{"id": 2, "type": "Mystery"}]}, {"created_at": "soon"}]
    fake.users[fake.jo].pop("email")
    time.passes()
    page = read(client)[0]
    (case,) = page.cases
    assert (case.title, case.customer, case.opened_at, case.owner, case.tags) == ("", None, None, None, ())
    assert page.events == ()


def test_deadlines_are_those_of_the_tickets_own_sla(client: Zendesk, fake: ZendeskFake, time: Time) -> None:
    number, other = fake.ticket("Due"), fake.ticket("No policy")
    soon, later = START + timedelta(hours=2), START + timedelta(hours=8)
    fake.promises(number, first_reply_time=soon, requester_wait_time=later, agent_work_time=soon + LONG)
    time.passes()
    pages = read(client)
    assert set(pages[-1].deadlines) == {
        DeadlineRead(str(number), "first reply", soon),
        DeadlineRead(str(number), "next reply", None),
        DeadlineRead(str(number), "resolution", soon + LONG),
    }
    time.passes(10)
    assert read(client, pages[-1].cursor)[-1].deadlines == ()
    fake.slas[number][0]["stage"] = "achieved"
    fake.promises(other)
    fake.metric_events[-1]["ticket_id"] = number
    time.passes()
    assert DeadlineRead(str(number), "first reply", None) in read(client, pages[-1].cursor)[-1].deadlines


@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        (Fault(429, headers={"Retry-After": "93"}), TooManyRequests),
        (Fault(429, headers={"Retry-After": "Mon, 02 Nov 2026 09:01:33 GMT"}), TooManyRequests),
        (Fault(500), ToolIsAway),
        (Fault(200, body="<html>We are down for maintenance</html>"), ToolIsAway),
        (Fault(200, body="[]"), ToolIsAway),
        (Fault(302, headers={"Location": "http://127.0.0.1:9/"}), ToolIsAway),
        (Fault(403), SignInFailed),
        (Fault(422, body='{"description": "No"}'), Refused),
    ],
)
def test_what_goes_wrong_has_a_name_and_tells_nothing_of_the_request(
    client: Zendesk, fake: ZendeskFake, fault: Fault, failure: type[HelpdeskFails]
) -> None:
    fault = Fault(fault.status, "incremental", fault.headers, fault.body)
    fake.faults.append(fault)
    with pytest.raises(failure) as failed:
        read(client)
    assert TOKEN not in repr(failed.value)
    if isinstance(failed.value, TooManyRequests):
        assert failed.value.seconds == 93
    assert fake.faults == []


def test_a_503_is_tried_again_at_once(client: Zendesk, fake: ZendeskFake) -> None:
    fake.faults += [Fault(503, "users/me"), Fault(503, "users/me", {"Retry-After": "0"})]
    assert client.check() == "Cora Lind"


def test_what_signs_in_may_hold_any_letter(fake: ZendeskFake, time: Time) -> None:
    stranger = Zendesk(fake.url, {"email": "jörg@example.com", "token": "“pasted”"}, time)
    with pytest.raises(SignInFailed):
        stranger.check()
    stranger.close()


def test_a_ticket_that_nobody_can_read_keeps_no_other_back(client: Zendesk, fake: ZendeskFake, time: Time) -> None:
    broken = fake.ticket("Broken", tags=7)
    time.passes()
    with pytest.raises(ToolIsAway):  # where it is all that there is, something else may be wrong
        read(client)
    fake.ticket("Readable")
    time.passes()
    assert [case.title for page in read(client) for case in page.cases] == ["Readable"]
    assert fake.tickets[broken]


def test_nobody_there_is_a_tool_that_is_away(time: Time) -> None:
    nobody = Zendesk("http://127.0.0.1:9", {"email": ADMIN, "token": TOKEN}, time)
    with pytest.raises(ToolIsAway):
        nobody.check()
    nobody.close()


def test_more_than_ten_exports_in_a_minute_are_too_many(client: Zendesk, fake: ZendeskFake) -> None:
    fake.limited = True
    for _ in range(5):
        read(client)
    with pytest.raises(TooManyRequests) as failed:
        read(client)
    assert failed.value.seconds == 41


def test_what_is_wanted_is_written_and_the_audit_carries_the_id(
    client: Zendesk, fake: ZendeskFake, time: Time
) -> None:
    number = fake.ticket("Write me")
    seen = read_version(client, time)
    time.passes()
    version = client.write(str(number), write(Change.STATE, "on hold", "new", based_on=seen))
    assert fake.tickets[number]["status"] == "hold"
    assert version > seen
    version = client.write(str(number), write(Change.OWNER, str(fake.ana), None, based_on=version))
    client.write(str(number), write(Change.TAGS, ["late", "web"], ["web"], based_on=version))
    assert (fake.tickets[number]["assignee_id"], fake.tickets[number]["tags"]) == (fake.ana, ["late", "web"])
    client.write(str(number), write(Change.NOTE, note="Asked billing."))
    assert fake.updates[-1]["comment"] == {"body": "Asked billing.", "public": False}
    time.passes()
    events = read(client)[0].events
    assert {each.write_id for each in events if each.at > START} == {"of state", "of owner", "of note"}


def read_version(client: Zendesk, time: Time) -> str:
    time.passes()
    return read(client)[0].cases[0].version


def test_another_field_that_changed_meanwhile_is_no_conflict_but_the_same_one_is(
    client: Zendesk, fake: ZendeskFake, time: Time
) -> None:
    number = fake.ticket("Contended")
    seen = read_version(client, time)
    time.passes()
    fake.change(number, priority="high", comment=True)
    client.write(str(number), write(Change.STATE, "pending", "new", based_on=seen))
    assert fake.tickets[number]["status"] == "pending"
    time.passes()
    fake.change(number, status="solved")
    with pytest.raises(Conflict) as conflict:
        client.write(str(number), write(Change.STATE, "on hold", "pending", based_on=seen))
    assert conflict.value.found == {"state": State.SOLVED}
    assert fake.tickets[number]["status"] == "solved"


def test_a_write_whose_answer_was_lost_is_not_made_twice(client: Zendesk, fake: ZendeskFake, time: Time) -> None:
    number = fake.ticket("Lost answer")
    seen = read_version(client, time)
    pending = Write("w1", Change.STATE, {"state": "pending"}, {"state": "new"}, based_on=seen)
    for each in (pending, Write("w2", Change.NOTE, note="Once.")):
        time.passes()
        fake.faults.append(Fault(500, f"PUT tickets/{number}", after=True))
        with pytest.raises(ToolIsAway):
            client.write(str(number), each)
        time.passes()
        client.write(str(number), each)
    assert [sorted(each) for each in fake.updates] == [
        ["metadata", "safe_update", "status", "updated_stamp"],
        ["comment", "metadata"],
    ]


def test_what_zendesk_will_not_do_is_refused_and_a_deleted_ticket_is_gone(
    client: Zendesk, fake: ZendeskFake
) -> None:
    closed, deleted = fake.ticket("Closed"), fake.ticket("Deleted")
    fake.change(closed, status="closed")
    fake.delete(deleted)
    with pytest.raises(Refused):
        client.write(str(closed), write(Change.STATE, "open", "closed"))
    with pytest.raises(Gone):
        client.write(str(deleted), write(Change.STATE, "open", "new"))


@pytest.mark.parametrize("typed", ["acme", " ACME.zendesk.com ", "https://acme.zendesk.com/agent/tickets/12"])
def test_an_account_is_known_however_its_address_is_written(typed: str) -> None:
    assert base_address(PROVIDER, typed) == "https://acme.zendesk.com"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "http://acme.zendesk.com",
        "acme.example.com",
        "https://user@acme.zendesk.com",
        "127.0.0.1:80",
        "a.b",
        "https://[acme",
        "acme.zendesk.com:port",
        "-acme",
        "a" * 64,
        "acme\u3002zendesk.com",
    ],
)
def test_secrets_go_to_the_provider_and_nowhere_else(typed: str) -> None:
    with pytest.raises(BadAddress):
        base_address(PROVIDER, typed)
