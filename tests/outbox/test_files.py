"""Files that go with a message: uploaded once, seen by nobody before; who dies in between posts nothing twice."""

import time
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from sqlalchemy import select

from bot.actions.outbox import touch
from bot.sandbox.files import PROCESSING
from bot.views.attached import Attached, picture, with_files
from bot.views.blocks import message, section
from jobs.outbox_turn import Desk
from storage.db import Sessions
from storage.tables import UploadedFile
from tests.outbox.office import Office, opened

CHART, TABLE = "test.chart", "test.table"
CALLS = (
    "files.getUploadURLExternal",
    "files.completeUploadExternal",
    "files.info",
    "conversations.open",
    "chat.postMessage",
)


class Died(BaseException):
    """The process is gone."""


def prepare(desk: Desk) -> list[str]:
    """Has a desk know cards with files; what was drawn of them, as it is drawn."""
    drawn: list[str] = []

    def draw(name: str) -> bytes:
        drawn.append(name)
        return f"what is in {name}".encode()

    def file(name: str, spoken: str | None = None) -> Attached:
        return Attached(f"week 10:{name}", name, lambda: draw(name), spoken)

    def chart(state: str, *_: object) -> dict[str, Any]:
        shown = file("chart.png", "CSAT was 90 %")
        return with_files(message(state, section(state), picture(shown)), shown)

    desk.cards.register(CHART, lambda _session, _subject: "The week", chart)
    desk.cards.register(
        TABLE, lambda *_: "The numbers", lambda state, *_: with_files(message(state), file("numbers.xlsx"))
    )
    return drawn


def test_a_picture_stands_in_its_message_and_only_who_reads_that_can_see_it(office: Office) -> None:
    prepare(office.desk)
    office.sandbox.invite("cleo")
    office.posts(office.subject("report"), office.desk_channel, card=CHART)
    office.sends()
    (shown,) = office.sandbox.person("ana").sees("#desk")
    (image,) = (block for block in shown.blocks if block["type"] == "image")
    assert image["alt_text"] == "CSAT was 90 %"
    file = image["slack_file"]["id"]
    assert office.sandbox.person("ana").seat.download(file) == b"what is in chart.png"
    with pytest.raises(AssertionError, match="That file is not there"):
        office.sandbox.person("cleo").seat.download(file)


def test_another_file_is_shared_by_its_message_in_a_thread(office: Office) -> None:
    prepare(office.desk)
    card = office.posts(office.subject("report"), office.desk_channel, card=CHART)
    office.posts(office.subject("rows"), office.desk_channel, card=TABLE, parent=card)
    office.sends()
    ana = office.sandbox.person("ana")
    reply = ana.thread(ana.last("#desk"))[1]
    assert reply.text == "The numbers\nnumbers.xlsx"
    assert ana.downloads("numbers.xlsx", reply) == b"what is in numbers.xlsx"


def test_a_changed_message_shows_the_file_that_slack_has_already(office: Office) -> None:
    drawn = prepare(office.desk)
    about = office.subject("report")
    card = office.posts(about, office.desk_channel, card=CHART)
    office.sends()
    with office.writes() as session:
        touch(session, office.deps, CHART, about)
    office.sends()
    assert office.row(card).shown == 2
    assert drawn == ["chart.png"]


def test_a_file_that_slack_still_looks_at_is_waited_for(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    a_day_later = time.time() + 24 * 60 * 60
    drawn = prepare(office.desk)
    office.sandbox.faults.latency(3600, PROCESSING, times=1)
    card = office.posts(office.subject("report"), office.ana, card=CHART)
    for own in office.claims():
        office.desk.take(own)
    assert office.reads("@floorwalker") == []
    assert (office.row(card).error, office.row(card).attempt_at) == ("file_not_processed", None)
    with pytest.raises(SlackApiError, match="invalid slack file"):
        office.slack.chat_postMessage(channel=office.desk_channel, text="too soon", blocks=[shown_of(office)])
    monkeypatch.setattr("bot.sandbox.state.time.time", lambda: a_day_later)
    office.later(office.times.longest_delay)
    office.sends()
    assert office.reads("@floorwalker")
    assert drawn == ["chart.png"]


def shown_of(office: Office) -> dict[str, Any]:
    """A block with the file that was uploaded."""
    with office.deps.sessions.read(office.sandbox.team_id) as session:
        row = session.get_one(UploadedFile, (session.workspace_id, "week 10:chart.png"))
    return {"type": "image", "slack_file": {"id": row.file_id}, "alt_text": "x"}


@pytest.mark.parametrize("scopes", [{"files:write"}, {"files:read"}], ids=["no uploads", "no reading"])
def test_without_a_scope_the_message_goes_out_all_the_same(sessions: Sessions, scopes: set[str]) -> None:
    with opened(sessions, scopes) as office:
        prepare(office.desk)
        office.posts(office.subject("report"), office.desk_channel, card=CHART)
        office.sends()
        (shown,) = office.sandbox.person("ana").sees("#desk")
        left_out = "chart.png is not here: it could not be made, or Slack did not take it." in shown.text
        assert left_out == ("files:write" in scopes)


def test_a_file_that_slack_never_shows_is_left_out_in_the_end(office: Office) -> None:
    prepare(office.desk)
    office.sandbox.faults.latency(3600, PROCESSING)
    office.posts(office.subject("report"), office.desk_channel, card=CHART)
    office.says("next", office.desk_channel)
    office.sends_all()
    assert [line.splitlines()[-1] for line in office.reads("#desk")] == [
        "chart.png is not here: it could not be made, or Slack did not take it. "
        "An admin can look into my log, and whether I may upload files.",
        "next",
    ]


@pytest.mark.parametrize(
    ("method", "there"),
    [("chat.postMessage", True), ("files.getUploadURLExternal", False)],
    ids=["words", "files"],
)
def test_a_file_is_given_up_only_where_slack_does_not_take_files(office: Office, method: str, there: bool) -> None:
    prepare(office.desk)
    office.sandbox.faults.status(503, method, times=12)
    office.posts(office.subject("report"), office.desk_channel, card=CHART)
    office.sends_all()
    (shown,) = office.sandbox.person("ana").sees("#desk")
    assert any(block["type"] == "image" for block in shown.blocks) is there


def test_a_file_that_cannot_be_made_keeps_nothing_back(office: Office) -> None:
    def content() -> bytes:
        raise ValueError("no such glyph")

    numbers = Attached("broken", "numbers.xlsx", content)
    office.desk.cards.register(TABLE, lambda *_: "", lambda *_: with_files(message("The numbers"), numbers))
    office.posts(office.subject("report"), office.desk_channel, card=TABLE)
    office.says("next", office.desk_channel)
    office.sends()
    first, second = office.reads("#desk")
    assert "numbers.xlsx is not here: it could not be made" in first
    assert second == "next"


def test_files_of_long_ago_are_forgotten(office: Office) -> None:
    prepare(office.desk)
    office.posts(office.subject("report"), office.desk_channel, card=CHART)
    office.sends()
    office.sandbox.clock.move(timedelta(days=91))
    office.posts(office.subject("rows"), office.desk_channel, card=TABLE)
    office.sends()
    with office.deps.sessions.read(office.sandbox.team_id) as session:
        keys = session.scalars(select(UploadedFile.key).where(UploadedFile.workspace_id == session.workspace_id))
        assert list(keys) == ["week 10:numbers.xlsx"]


@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("method", CALLS)
def test_whoever_dies_at_a_call_has_the_next_one_post_it_once(office: Office, method: str, done: bool) -> None:
    heir = office.another()
    for desk in (office.desk, heir):
        prepare(desk)
    office.posts(office.subject("report"), office.ana, card=CHART)
    call = office.slack.api_call

    def api_call(api_method: str, **said: Any) -> Any:
        if api_method != method:
            return call(api_method, **said)
        if done:
            call(api_method, **said)
        raise Died

    office.slack.api_call = api_call  # type: ignore[method-assign]
    (own,) = office.claims()
    with pytest.raises(Died):
        office.desk.take(own)
    office.later(office.times.lease)
    office.desk = heir
    office.sends()
    (shown,) = office.sandbox.person("ana").sees("@floorwalker")
    assert any(block["type"] == "image" for block in shown.blocks)
