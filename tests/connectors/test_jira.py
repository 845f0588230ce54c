"""Reading and writing a Jira site; its documentation is named where it is played."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest

from bot.connectors.helpdesk import (
    Change,
    Conflict,
    Gone,
    Helpdesk,
    Page,
    Refused,
    SignInFailed,
    ToolIsAway,
    TooManyRequests,
    Write,
)
from bot.connectors.jira import PROVIDER
from bot.domain.cases import By, Kind, Priority, State
from tests.connectors.jira_fake import ANA, BEN, KIM, LOGIN, ROBOT, START, JiraFake
from tests.connectors.wsgi_fake import Answer
from tests.sandbox.bots import served

Opens = Callable[..., Helpdesk]
EMAIL, TOKEN = LOGIN.split(":")


@pytest.fixture
def fake() -> JiraFake:
    return JiraFake()


@pytest.fixture
def opens(fake: JiraFake) -> Iterator[Opens]:
    """Signs in anew, as each reading does."""
    with served(fake) as address, ExitStack() as opened:

        def sign_in(projects: str = "sup, help") -> Helpdesk:
            secrets = {"email": EMAIL, "token": TOKEN, "projects": projects}
            desk = PROVIDER.open(address, secrets, lambda: fake.now)
            opened.callback(desk.close)
            return desk

        yield sign_in


def at(**time: float) -> datetime:
    return START + timedelta(**time)


def keys(pages: list[Page]) -> list[str]:
    return [each.external_id for page in pages for each in page.cases]


def test_an_issue_is_read_with_all_that_happened_to_it(fake: JiraFake, opens: Opens) -> None:
    key = fake.opens("No refund", labels=["vip", "refund"])
    fake.passes(minutes=5)
    fake.changes(key, status="2", assignee=BEN, priority="Highest")
    fake.says(key, ROBOT)
    fake.passes(minutes=5)
    fake.says(key, BEN)
    fake.says(key, ANA, public=False)
    fake.passes(minutes=5)
    fake.says(key, KIM)
    fake.promises(key, "Time to first response", None)
    fake.promises(key, "Time to resolution", at(hours=8))
    fake.opens(project="DEV")
    desk = opens()
    assert desk.check() == "Ana Ruiz"
    pages = list(desk.read(None, START - timedelta(days=1)))
    (case,) = [each for page in pages for each in page.cases]
    assert (case.external_id, case.title, case.customer) == (key, "No refund", "Kim Sato")
    assert (case.queue, case.owner, case.category) == ("Support", "b-2", "Service Request")
    assert (case.state, case.priority, case.tags) == (State.OPEN, Priority.URGENT, ("refund", "vip"))
    assert (case.opened_at, case.changed_at) == (START, at(minutes=15))
    assert case.opened_with == {"state": State.NEW, "owner": None, "priority": Priority.NORMAL}
    assert str(case.url).endswith(f"/browse/{key}")
    events = [each for page in pages for each in page.events]
    assert [(each.kind, each.by, each.person, each.at) for each in events] == [
        (Kind.MESSAGE, By.CUSTOMER, None, START),
        (Kind.STATE, By.HELPDESK, "a-1", at(minutes=5)),
        (Kind.OWNER, By.HELPDESK, "a-1", at(minutes=5)),
        (Kind.PRIORITY, By.HELPDESK, "a-1", at(minutes=5)),
        (Kind.MESSAGE, By.BOT, None, at(minutes=5)),
        (Kind.MESSAGE, By.HELPDESK, "b-2", at(minutes=10)),
        (Kind.NOTE, By.HELPDESK, "a-1", at(minutes=10)),
        (Kind.MESSAGE, By.CUSTOMER, "k-3", at(minutes=15)),
    ]
    assert [each.data for each in events if each.data] == [
        {"state": State.OPEN},
        {"owner": "b-2"},
        {"priority": Priority.URGENT},
    ]
    deadlines = {each.metric: each.due_at for page in pages for each in page.deadlines}
    assert deadlines == {"first reply": None, "resolution": at(hours=8)}
    people = [(each.name, each.is_agent) for page in pages for each in page.people]
    assert people == [("Ana Ruiz", True), ("Ben Okafor", True), ("Kim Sato", False)]
    assert [page.more for page in pages] == [True, False]


@pytest.mark.parametrize(
    ("number", "state"),
    [
        ("1", State.NEW),
        ("2", State.OPEN),
        ("3", State.PENDING),
        ("4", State.ON_HOLD),
        ("5", State.SOLVED),
        ("6", State.CLOSED),
    ],
)
def test_each_status_is_one_of_ours(fake: JiraFake, opens: Opens, number: str, state: State) -> None:
    key = fake.opens()
    fake.promises(key, "Time to first response", at(hours=1), paused=True)
    fake.promises(key, "Time to resolution", at(hours=2))
    fake.promises(key, "Time to close", at(hours=1))
    fake.changes(key, status=number)
    pages = list(opens().read(None, START))
    assert pages[-1].cases[0].state is state
    over = state in (State.SOLVED, State.CLOSED)
    deadlines = {each.metric: each.due_at for each in pages[-1].deadlines}
    assert deadlines["first reply"] is None
    assert deadlines["resolution"] == (None if over else at(hours=1))


def test_pages_follow_one_another_and_all_comments_are_read(fake: JiraFake, opens: Opens) -> None:
    for _ in range(120):
        fake.opens()
    for _ in range(130):
        fake.says("SUP-3", BEN)
    pages = list(opens().read(None, START))
    assert keys(pages) == [f"SUP-{number}" for number in range(1, 121)]
    said = [each for page in pages for each in page.events if each.case == "SUP-3" and each.by is By.HELPDESK]
    assert len({each.external_id for each in said}) == 130
    assert [page.more for page in pages] == [True, True, True, False]


def test_it_goes_on_where_it_was_interrupted_and_begins_anew_where_that_is_forgotten(
    fake: JiraFake, opens: Opens
) -> None:
    for _ in range(120):
        fake.opens()
    reading = opens().read(None, START)
    cursor = [next(reading) for _ in range(2)][-1].cursor
    assert keys(list(opens().read(cursor, START))) == [f"SUP-{number}" for number in range(51, 121)]
    fake.tokens.clear()
    assert len(keys(list(opens().read(cursor, START)))) == 120


def test_what_changes_while_it_is_read_is_read_the_next_time(fake: JiraFake, opens: Opens) -> None:
    for _ in range(60):
        fake.opens()
    fake.passes(minutes=30)
    reading = opens().read(None, START)
    pages = [next(reading) for _ in range(2)]
    fake.passes(minutes=1)
    fake.changes("SUP-1", status="5")
    pages += reading
    fake.passes(hours=2)
    again = list(opens().read(pages[-1].cursor, START))
    assert keys(again) == ["SUP-1"]
    assert [each.is_agent for page in again for each in page.people] == [True, True, False]
    fake.passes(minutes=30)
    assert keys(list(opens().read(again[-1].cursor, START))) == []


@pytest.mark.parametrize("ahead", [-40, 40])
def test_nothing_is_missed_where_our_clock_is_not_jiras(fake: JiraFake, ahead: int) -> None:
    secrets = {"email": EMAIL, "token": TOKEN, "projects": "SUP"}
    with served(fake) as address:
        desk = PROVIDER.open(address, secrets, lambda: fake.now + timedelta(minutes=ahead))
        cursor = list(desk.read(None, START))[-1].cursor
        fake.passes(minutes=1)
        key = fake.opens()
        fake.passes(minutes=1)
        pages = list(desk.read(cursor, START))
        assert key in keys(pages)
        desk.close()


@pytest.mark.parametrize("minutes", range(-30, 95, 25))
def test_nothing_is_missed_in_the_hour_that_comes_twice(minutes: int) -> None:
    fake = JiraFake("America/New_York")
    fake.now = datetime(2026, 11, 1, 6, tzinfo=UTC) + timedelta(minutes=minutes)
    key = fake.opens()
    secrets = {"email": EMAIL, "token": TOKEN, "projects": "SUP"}
    with served(fake) as address:
        desk = PROVIDER.open(address, secrets, lambda: fake.now)
        assert key in keys(list(desk.read(None, fake.now)))
        desk.close()


def test_an_issue_that_was_moved_has_another_key_and_the_old_one_is_gone(fake: JiraFake, opens: Opens) -> None:
    old = fake.opens()
    new = fake.moves(old, "HELP")
    pages = list(opens().read(None, START))
    assert {each.external_id: each.gone for page in pages for each in page.cases} == {new: False, old: True}


def test_what_is_deleted_is_noticed_when_something_is_written(fake: JiraFake, opens: Opens) -> None:
    key = fake.opens()
    del fake.issues[key]
    for kind in (Change.TAGS, Change.NOTE):
        with pytest.raises(Gone):
            opens().write(key, Write("w", kind, {"tags": []}, {"tags": []}, note="Done"))


def test_missing_fields_are_no_harm(fake: JiraFake, opens: Opens) -> None:
    fake.issues["SUP-1"] = {"id": "1", "key": "SUP-1", "history": [{"id": "1", "items": [{}]}], "fields": {}}
    (case,) = [each for page in opens().read(None, START) for each in page.cases]
    assert (case.external_id, case.title, case.owner, case.opened_at) == ("SUP-1", "", None, None)


@pytest.mark.parametrize(
    ("write", "field", "stands"),
    [
        (Write("w", Change.OWNER, {"owner": "b-2"}, {"owner": None}), "assignee", BEN),
        (Write("w", Change.OWNER, {"owner": None}, {"owner": None}), "assignee", None),
        (Write("w", Change.TAGS, {"tags": ["refund"]}, {"tags": []}), "labels", ["refund"]),
        (Write("w", Change.STATE, {"state": "pending"}, {"state": "new"}), "status", "Waiting for customer"),
        (Write("w", Change.STATE, {"state": "closed"}, {"state": "new"}), "status", "Resolved"),
    ],
)
def test_a_change_is_written_once(fake: JiraFake, opens: Opens, write: Write, field: str, stands: object) -> None:
    key = fake.opens()
    fake.passes(minutes=1)
    versions = {opens().write(key, write) for _ in range(2)}
    found = fake.issues[key]["fields"][field]
    assert (found["name"] if field == "status" else found) == stands
    assert len(versions) == 1
    changing = [each for each in fake.asked if each.method in ("PUT", "POST")]
    assert len(changing) <= 1


def test_what_somebody_changed_there_is_not_written_over(fake: JiraFake, opens: Opens) -> None:
    key = fake.opens()
    fake.changes(key, assignee=ANA, priority="Low")
    with pytest.raises(Conflict) as conflict:
        opens().write(key, Write("w", Change.OWNER, {"owner": "b-2"}, {"owner": None}))
    assert conflict.value.found == {"owner": "a-1"}
    assert fake.issues[key]["fields"]["assignee"] == ANA
    opens().write(key, Write("w", Change.STATE, {"state": "solved"}, {"state": "new"}))
    assert fake.issues[key]["fields"]["status"]["name"] == "Resolved"


def test_an_internal_note_whose_answer_was_lost_is_not_written_twice(fake: JiraFake, opens: Opens) -> None:
    key = fake.opens()
    for _ in range(2):
        opens().write(key, Write("w-1", Change.NOTE, note="Waits for billing\n\nuntil Friday"))
    opens().write(key, Write("w-2", Change.NOTE, note="Waits for billing\n\nuntil Friday"))
    comments = fake.issues[key]["fields"]["comment"]["comments"]
    assert [each["jsdPublic"] for each in comments] == [False, False]
    (body, _) = [each.body["body"] for each in fake.asked if each.method == "POST"]
    assert [each["content"][0]["text"] for each in body["content"]] == ["Waits for billing", "until Friday"]


def test_what_the_workflow_or_jira_does_not_allow_is_refused_in_words(fake: JiraFake, opens: Opens) -> None:
    key = fake.opens()
    fake.transitions = {}
    with pytest.raises(Refused) as refused:
        opens().write(key, Write("w", Change.STATE, {"state": "solved"}, {"state": "new"}))
    assert refused.value.words == "Jira's workflow has no way from where it stands to that."
    with pytest.raises(Refused) as refused:
        opens().write(key, Write("w", Change.TAGS, {"tags": ["two words"]}, {"tags": []}))
    assert refused.value.words == "The label contains spaces which is invalid."


def test_what_goes_wrong_has_a_name(fake: JiraFake, opens: Opens) -> None:
    fake.faults.append(Answer(429, {}, {"Retry-After": "25"}))
    with pytest.raises(TooManyRequests) as pause:
        opens().check()
    assert pause.value.seconds == 25
    fake.faults.append(Answer(500, "<html>"))
    with pytest.raises(ToolIsAway):
        opens().check()
    with pytest.raises(SignInFailed):
        opens("SUP, SECRET").check()
    fake.login = "somebody:else"
    with pytest.raises(SignInFailed):
        list(opens().read(None, START))
