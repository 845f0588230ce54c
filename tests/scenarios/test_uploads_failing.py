"""Slack hangs, a process dies, two press at once: nothing is lost, nothing is done twice, nothing is half done."""

import threading
from collections.abc import Callable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from bot.actions.people import recognise
from bot.actions.uploads import UnknownUpload, apply, cancel, undo
from bot.actions.uploads_work import work_off
from bot.app import build_clerk
from bot.domain.permissions import NotPermitted
from bot.domain.uploads import UploadNotOpen
from bot.manifest import manifest
from bot.settings import Mode
from jobs.uploads import SETTLE, Clerk
from storage.tables import Import
from tests.scenarios.uploading import BOT, Desk, shifts_csv, uploading
from tests.workplace import PEOPLE, until

ANA = "ana@example.com,2026-11-06,09:00,17:00,,mail"
TRIES = 6
PATIENCE = 30


class SlowSlack(WebClient):
    """Slack that says nothing of a file before it is allowed to."""

    def __init__(self, slack: WebClient) -> None:
        super().__init__(slack.token, slack.base_url)
        self.asked, self.answers = threading.Event(), threading.Event()

    def files_info(self, **asked: Any) -> SlackResponse:
        self.asked.set()
        assert self.answers.wait(PATIENCE)
        return super().files_info(**asked)


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[Desk]:
    """One way in which the bot runs."""
    with uploading(sqlite_url, Mode.HTTP, tmp_path) as desk:
        yield desk


@pytest.fixture
def either(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """On both databases."""
    with uploading(database_url, Mode.HTTP, tmp_path) as desk:
        yield desk


def imports(desk: Desk) -> int:
    """How many imports there have been, that of the people among them."""
    with desk.work.deps.sessions.read(desk.work.sandbox.team_id) as session:
        return session.scalar(select(func.count()).where(Import.workspace_id == session.workspace_id)) or 0


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """What comes of deeds that are all begun together: their results, or how they were refused."""
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> object:
        start.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        begun = [pool.submit(run, deed) for deed in deeds]
    return [each.exception() or each.result() for each in begun]


def test_what_a_process_took_in_before_it_died_is_seen_to_by_the_next(desk: Desk) -> None:
    desk.dies()
    desk.work.person("cora").uploads("x.csv", shifts_csv(ANA).encode(), BOT)
    assert [row.state for row in desk.stored()] == ["reading"]
    desk.runs(SETTLE)
    card = desk.reads("cora")[-1]
    desk.work.person("cora").presses("Apply", card)
    assert [row.state for row in desk.stored()] == ["applying"]
    desk.runs(SETTLE)
    assert "x.csv is applied: import 2." in desk.work.person("cora").refreshed(card).text
    desk.runs(SETTLE)
    assert imports(desk) == 2


@pytest.mark.parametrize("code", [503, 429])
def test_a_file_that_slack_does_not_give_is_asked_for_again(desk: Desk, code: int) -> None:
    desk.dies()
    desk.work.sandbox.faults.status(code, "files.info", times=1)
    desk.work.person("cora").uploads("x.csv", shifts_csv(ANA).encode(), BOT)
    work_off(desk.work.deps, desk.work.sandbox.team_id)
    assert [(row.state, row.tries) for row in desk.stored()] == [("reading", 1)]
    desk.runs(SETTLE)
    assert desk.reads("cora")[-1].text.startswith("Preview of x.csv")


def test_a_file_that_slack_never_gives_is_given_up(desk: Desk) -> None:
    desk.dies()
    desk.work.sandbox.faults.status(503, "files.info", times=None)
    desk.work.person("cora").uploads("x.csv", shifts_csv(ANA).encode(), BOT)
    for _ in range(TRIES):
        assert desk.reads("cora") == []
        work_off(desk.work.deps, desk.work.sandbox.team_id)
    desk.settles()
    assert desk.reads("cora")[-1].text == (
        "x.csv was not read. Nothing was changed.\nSlack does not answer me as it should. Please try again later."
    )


def test_a_pasted_table_that_is_given_up_is_forgotten(desk: Desk) -> None:
    desk.dies()
    desk.work.sandbox.faults.status(503, "users.list", times=None)
    desk.work.person("cora").types("email\tname\nzoe@example.com\tZoe", BOT)
    for _ in range(TRIES):
        work_off(desk.work.deps, desk.work.sandbox.team_id)
    assert [(row.state, row.content) for row in desk.stored()] == [("lost", None)]


def test_people_who_cannot_be_looked_up_now_are_looked_up_later(desk: Desk) -> None:
    desk.dies()
    desk.work.person("cora").uploads("p.csv", b"email,name\nzoe@example.com,Zoe\n", BOT)
    work_off(desk.work.deps, desk.work.sandbox.team_id)
    desk.settles()
    card = desk.reads("cora")[-1]
    desk.work.sandbox.faults.status(503, "users.list", times=None)
    desk.work.person("cora").presses("Apply", card)
    for _ in range(TRIES):
        assert [row.state for row in desk.stored()] == ["applying"]
        work_off(desk.work.deps, desk.work.sandbox.team_id)
    desk.settles()
    card = desk.work.person("cora").refreshed(card)
    assert "Slack does not answer me as it should. Please try again later." in card.text
    desk.work.sandbox.faults.clear()
    desk.work.person("cora").presses("Apply", card)
    work_off(desk.work.deps, desk.work.sandbox.team_id)
    assert desk.work.member("zoe").name == "Zoe"


def test_without_the_scope_it_is_said_what_is_missing(desk: Desk) -> None:
    document = manifest()
    document["oauth_config"]["scopes"]["bot"].remove("files:read")
    desk.work.sandbox.set_manifest(document)
    assert "the app lacks the scope files:read" in desk.drops("cora", "x.csv", shifts_csv(ANA)).text


def test_slack_sends_an_event_again_and_the_file_is_read_once(desk: Desk) -> None:
    who = desk.work.sandbox.user_id("cora")
    event = {
        "type": "message",
        "channel": "D1",
        "channel_type": "im",
        "user": who,
        "text": f"```{shifts_csv(ANA)}```",
    }
    assert [desk.work.hears(event, "Ev1") for _ in range(3)] == [200] * 3
    desk.settles()
    assert len(desk.stored()) == len(desk.reads("cora")) == 1


def test_whoever_presses_twice_does_it_once(either: Desk) -> None:
    desk = either
    card = desk.drops("cora", "x.csv", shifts_csv(ANA))
    deps, (row,) = desk.work.deps, desk.stored()
    cora = recognise(deps, desk.work.sandbox.team_id, desk.work.sandbox.user_id("cora"))
    results = at_once(*[lambda: apply(deps, cora, row.id)] * 4)
    assert sum(each is None for each in results) == 1
    assert sum(isinstance(each, UploadNotOpen) for each in results) == 3
    desk.settles()
    assert desk.work.person("cora").refreshed(card).text.startswith("x.csv is applied: import 2.")
    assert imports(desk) == 2


def test_two_processes_that_work_off_the_same_upload_do_it_once(either: Desk) -> None:
    desk = either
    card = desk.drops("cora", "x.csv", shifts_csv(ANA))
    desk.dies()
    deps, team = desk.work.deps, desk.work.sandbox.team_id
    desk.work.person("cora").presses("Apply", card)
    assert at_once(*[lambda: work_off(deps, team)] * 4) == [None] * 4
    desk.settles()
    assert imports(desk) == 2
    desk.work.person("cora").presses("Undo", card, confirm=True)
    assert at_once(*[lambda: work_off(deps, team)] * 4) == [None] * 4
    desk.settles()
    assert "Import 2 (x.csv) is undone." in desk.work.person("cora").refreshed(card).text


def test_cancelling_while_it_is_applied_does_one_of_them(either: Desk) -> None:
    desk = either
    for number in range(5):
        card = desk.drops("cora", f"{number}.csv", shifts_csv(ANA.replace("-06", f"-{number + 10}")))
        deps, upload_id = desk.work.deps, desk.stored()[-1].id
        cora = recognise(deps, desk.work.sandbox.team_id, desk.work.sandbox.user_id("cora"))
        lost = at_once(lambda: apply(deps, cora, upload_id), lambda: cancel(deps, cora, upload_id))  # noqa: B023
        assert sorted(each is None for each in lost) == [False, True]
        desk.settles()
        wanted = "is applied" if lost[0] is None else "was cancelled"
        assert wanted in desk.work.person("cora").refreshed(card).text


def test_of_two_coordinators_with_the_same_file_the_second_sees_that_there_is_nothing_left(desk: Desk) -> None:
    desk.work.people(PEOPLE.replace("Ben Okafor,agent", "Ben Okafor,coordinator"))
    hers, his = (desk.drops(who, "x.csv", shifts_csv(ANA)) for who in ("cora", "ben"))
    desk.presses("cora", "Apply", hers)
    his = desk.presses("ben", "Apply", his)
    assert "Something has changed since the preview" in his.text
    assert "there is nothing to change" in his.text
    assert "Apply" not in his.buttons


def test_an_import_that_somebody_else_has_undone_says_so_and_is_not_undone_again(desk: Desk) -> None:
    card = desk.presses("cora", "Apply", desk.drops("cora", "x.csv", shifts_csv(ANA)))
    desk.undoes(2)
    desk.settles()
    card = desk.work.person("cora").refreshed(card)
    assert card.text == "Import 2 (x.csv) is undone. Everything is as it was before."
    assert card.buttons == []
    deps, (row,), team = desk.work.deps, desk.stored(), desk.work.sandbox.team_id
    with pytest.raises(UploadNotOpen, match="undone"):
        undo(deps, recognise(deps, team, desk.work.sandbox.user_id("cora")), row.id)


def test_a_process_that_starts_sees_to_what_was_left_at_once(desk: Desk) -> None:
    desk.dies()
    desk.work.person("cora").uploads("x.csv", shifts_csv(ANA).encode(), BOT)
    with closing(build_clerk(desk.work.deps)) as clerk:
        clerk.start()
        until(lambda: bool(desk.reads("cora")))
    assert desk.reads("cora")[-1].text.startswith("Preview of x.csv")


def test_a_process_that_stops_does_not_wait_for_slack_and_leaves_the_upload_to_the_next(desk: Desk) -> None:
    desk.dies()
    desk.work.person("cora").uploads("x.csv", shifts_csv(ANA).encode(), BOT)
    slack = SlowSlack(desk.work.deps.slack)
    clerk = Clerk(replace(desk.work.deps, slack=slack))
    clerk.start()
    assert slack.asked.wait(PATIENCE)
    clerk.close(grace=0.01)
    assert [row.state for row in desk.stored()] == ["reading"]
    slack.answers.set()
    clerk.close()
    desk.settles()
    assert desk.reads("cora")[-1].text.startswith("Preview of x.csv")


def test_nobody_presses_the_buttons_of_others(desk: Desk) -> None:
    desk.work.people(PEOPLE.replace("Ben Okafor,agent", "Ben Okafor,coordinator"))
    desk.drops("cora", "x.csv", shifts_csv(ANA))
    deps, (row,), team = desk.work.deps, desk.stored(), desk.work.sandbox.team_id
    ben = recognise(deps, team, desk.work.sandbox.user_id("ben"))
    for deed in (apply, cancel, undo):
        with pytest.raises(UnknownUpload):
            deed(deps, ben, row.id)
        with pytest.raises(UnknownUpload):
            deed(deps, ben, UUID(int=0))
    ana = recognise(deps, team, desk.work.sandbox.user_id("ana"))
    with pytest.raises(NotPermitted):
        apply(deps, ana, row.id)


def test_who_is_no_coordinator_any_more_cannot_apply_what_they_had_previewed(desk: Desk) -> None:
    card = desk.drops("cora", "x.csv", shifts_csv(ANA))
    desk.work.people(PEOPLE.replace("Cora Lind,coordinator", "Cora Lind,agent"))
    cora = desk.work.person("cora")
    cora.presses("Apply", card)
    assert cora.sees(BOT)[-1].text == "Only coordinators and managers import spreadsheets. Ask one of them."
    assert [row.state for row in desk.stored()] == ["read"]


def test_who_is_no_coordinator_any_more_when_the_file_is_read_is_told_whom_to_ask(
    desk: Desk, logged: list[MutableMapping[str, Any]]
) -> None:
    desk.dies()
    desk.work.person("cora").uploads("x.csv", shifts_csv(ANA).encode(), BOT)
    desk.work.people(PEOPLE.replace("Cora Lind,coordinator", "Cora Lind,agent"))
    work_off(desk.work.deps, desk.work.sandbox.team_id)
    desk.settles()
    assert desk.reads("cora")[-1].text == (
        "x.csv was not read. Nothing was changed.\n"
        "Only coordinators and managers import spreadsheets. Ask one of them."
    )
    assert [line for line in logged if line["log_level"] == "error"] == []


def test_what_the_database_will_never_take_is_given_up(desk: Desk, logged: list[MutableMapping[str, Any]]) -> None:
    card = desk.drops("cora", "x.csv", shifts_csv(ANA, ANA.replace("-06", "-07")))
    desk.dies()
    always = desk.work.deps.new_id()
    desk.work.person("cora").presses("Apply", card)
    work_off(replace(desk.work.deps, new_id=lambda: always), desk.work.sandbox.team_id)
    assert [(row.state, row.remark) for row in desk.stored()] == [("read", "failed")]
    (failed,) = [line for line in logged if line["event"] == "an upload has failed"]
    assert isinstance(failed["exc_info"], IntegrityError)


def test_a_fault_of_ours_leaves_nothing_half_done_and_can_be_tried_again(
    either: Desk, logged: list[MutableMapping[str, Any]]
) -> None:
    desk = either
    card = desk.drops("cora", "x.csv", shifts_csv(ANA, ANA.replace("-06", "-07")))
    desk.dies()
    ids = iter([desk.work.deps.new_id() for _ in range(5)])
    desk.work.person("cora").presses("Apply", card)
    work_off(replace(desk.work.deps, new_id=lambda: next(ids)), desk.work.sandbox.team_id)
    desk.settles()
    card = desk.work.person("cora").refreshed(card)
    (failed,) = [line for line in logged if line["event"] == "an upload has failed"]
    assert "Something went wrong on my side, and nothing was changed. Please try again." in card.text
    assert f"tell this reference: {failed['reference']}" in card.text
    assert imports(desk) == 1
    assert desk.plan() == []

    desk.work.person("cora").presses("Apply", card)
    desk.runs(SETTLE)
    assert "x.csv is applied: import 2." in desk.work.person("cora").refreshed(card).text
    assert imports(desk) == 2
