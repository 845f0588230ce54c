"""Announcements without Slack: whom they reach, who is reminded when, and who hears that it is late."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select

from bot.actions.absences import Report, report
from bot.actions.announced import where
from bot.actions.announcements import announce, announce_sop
from bot.actions.announcements_cards import load_announcement
from bot.actions.announcements_change import Changed, ChangedMeanwhile, change, send_now, withdraw
from bot.actions.announcements_read import acknowledge, listed, look
from bot.actions.announcements_readers import readers
from bot.actions.announcements_turn import turn
from bot.actions.announcements_write import Chosen, reach_of, write
from bot.actions.people_follow import follow_account
from bot.actions.settings_change import change_settings
from bot.app import build_cards
from bot.deps import new_id
from bot.domain.absences import Kind as Absent
from bot.domain.announcements import (
    Audience,
    BadAnnouncement,
    Kind,
    NewAnnouncement,
    NotForYou,
    NotOpen,
    State,
    UnknownAnnouncement,
    Wrong,
)
from bot.domain.announcements_shown import AnnouncementShown
from bot.domain.intervals import Interval
from bot.domain.periods import Period
from bot.domain.permissions import OPERATOR, NotPermitted
from jobs import absences
from storage.announcements import announcement_numbered
from storage.tables import (
    Announcement,
    AnnouncementReader,
    Article,
    ArticleVersion,
    Audit,
    Grant,
    Member,
    Message,
    Team,
)
from tests.actions.desk import account
from tests.nudge_desk import NAMES, TEAM, NudgeDesk
from tests.races import at_once

HOUR = timedelta(hours=1)


class Announcer(NudgeDesk):
    """Monday at ten: Ana, Lea and Max work from nine to five, and Ana on Tuesday, too; Ben and Cora do not."""

    def __init__(self, database_url: str, folder: Path) -> None:
        super().__init__(database_url, folder)
        self.desk.shifts("ana@example.com,2026-11-03,09:00,17:00,UTC,mail")

    def announces(self, who: str = "lea", audience: Audience | None = None, **fields: object) -> int:
        """Somebody announces something; its number."""
        new = NewAnnouncement(Kind.TYPED, "Phones", "They are back.", audience or Audience(), None, **fields)  # type: ignore[arg-type]
        return write(self.deps, self.caller(who), new_id(), new, ()).number

    def refused(self, who: str, audience: Audience | None = None, **fields: object) -> tuple[Wrong, ...]:
        """Why they cannot."""
        with pytest.raises(BadAnnouncement) as refusal:
            self.announces(who, audience, **fields)
        return refusal.value.wrong

    def reads(self, who: str, number: int = 1, revision: int = 1) -> bool:
        """Somebody says that they have read it; whether they have read what it says now."""
        found = acknowledge(self.deps, self.caller(who), self.row(number).id, revision)
        return found.read_at is not None

    def row(self, number: int = 1) -> Announcement:
        """What is stored of one."""
        with self.deps.sessions.read("T1") as session:
            found = announcement_numbered(session, number)
        assert found
        return found

    def shown(self, number: int = 1) -> AnnouncementShown:
        """How it stands."""
        with self.deps.sessions.read("T1") as session:
            found = announcement_numbered(session, number)
            assert found
            return load_announcement(session, found)

    def goes_on(self, hour: int, minute: int = 0, day: int = 2) -> list[str]:
        """The clock looks at announcements and at nudges; who is nudged now."""
        self.at(hour, minute, day)
        turn(self.deps, "T1")
        return [each.partition(":")[0].removeprefix("U0").lower() for each in self.turns()]

    def posted(self, card: str) -> dict[str, list[str]]:
        """What stands on the messages of a card, by lane."""
        cards, found = build_cards(self.deps), dict[str, list[str]]()
        statement = select(Message).where(Message.workspace_id == "T1", Message.card == card).order_by(Message.id)
        with self.deps.sessions.read("T1") as session:
            for row in session.scalars(statement):
                drawn = cards.render(session, row)
                found.setdefault(row.lane.removeprefix("U0").lower(), []).append(drawn["text"] if drawn else "")
        return found

    def team(self, name: str) -> UUID:
        """The id of a team."""
        with self.deps.sessions.read("T1") as session:
            found = session.scalar(select(Team.id).where(Team.workspace_id == "T1", Team.name == name))
        assert found
        return found

    def edits(self, *, ask_again: bool, revision: int = 1, due_at: datetime | None = None) -> None:
        """Lea changes it."""
        changed = Changed(revision, "Phones", "They are gone again.", None, due_at, None, ask_again)
        change(self.deps, self.caller("lea"), self.row().id, new_id(), changed)


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[Announcer]:
    yield from _opened(sqlite_url, tmp_path)


@pytest.fixture
def both(database_url: str, tmp_path: Path) -> Iterator[Announcer]:
    """On both databases."""
    yield from _opened(database_url, tmp_path)


def _opened(url: str, folder: Path) -> Iterator[Announcer]:
    opened = Announcer(url, folder)
    yield opened
    opened.deps.sessions.close()


def test_everybody_reads_it_and_the_count_is_public_while_the_names_are_not(both: Announcer) -> None:
    desk = both
    assert reach_of(desk.deps, desk.caller("lea"), Chosen(Audience())) == 4
    desk.announces(due_at=desk.now + 6 * HOUR)
    assert sorted(desk.posted("announcement.reader")) == ["ana", "ben", "cora", "max"]
    assert desk.reads("ana")
    assert (desk.shown().read, desk.shown().readers) == (1, 4)
    assert look(desk.deps, desk.caller("ana"), 1).is_read is True
    assert [line.is_read for line in listed(desk.deps, desk.caller("ben")).lines] == [False]
    page = readers(desk.deps, desk.caller("lea"), desk.row().id)
    assert [(row.who.name, row.read_at is not None) for row in page.rows] == [
        ("Ben", False),
        ("Cora", False),
        ("Max", False),
        ("Ana", True),
    ]
    of_his_team = readers(desk.deps, desk.caller("max"), desk.row().id)
    assert [row.who.name for row in of_his_team.rows] == ["Ben", "Max"]
    with pytest.raises(NotPermitted):
        readers(desk.deps, desk.caller("ana"), desk.row().id)


def test_however_often_and_at_once_somebody_presses_it_is_noted_once(both: Announcer) -> None:
    desk = both
    desk.announces()
    assert at_once(*[lambda: desk.reads("ana")] * 3, lambda: desk.reads("ben")) == [True] * 4
    with desk.deps.sessions.read("T1") as session:
        noted = select(func.count()).where(Audit.workspace_id == "T1", Audit.action == "announcement.acknowledge")
        assert session.scalar(noted) == 2
    assert desk.shown().read == 2


def test_the_same_form_announces_once_and_two_clocks_send_once(both: Announcer) -> None:
    desk, nonce = both, new_id()
    new = NewAnnouncement(Kind.TYPED, "Phones", "Back.", Audience(), None, send_at=desk.now + HOUR)
    sent = at_once(*[lambda: write(desk.deps, desk.caller("lea"), nonce, new, ()).number] * 3)
    assert sent == [1, 1, 1]
    assert desk.posted("announcement.reader") == {}
    desk.at(11)
    at_once(*[lambda: turn(desk.deps, "T1")] * 3)
    assert {lane: len(each) for lane, each in desk.posted("announcement.reader").items()} == {
        "ana": 1,
        "ben": 1,
        "cora": 1,
        "max": 1,
    }
    assert desk.row().state == State.SENT


def test_people_are_reminded_as_their_next_shift_begins_and_who_leads_them_hears_once(desk: Announcer) -> None:
    desk.announces(due_at=desk.now + 30 * HOUR)
    desk.reads("max")
    assert desk.goes_on(16) == []
    assert sorted(desk.goes_on(8, day=3)) == ["ben", "cora"]  # without shifts, by day
    assert desk.goes_on(9, day=3) == ["ana"]
    assert desk.goes_on(15, 59, day=3) == []
    assert desk.posted("announcement.news") == {}
    desk.goes_on(16, day=3)
    desk.goes_on(16, 1, day=3)
    said = desk.posted("announcement.news")
    assert {lane: [each.partition(" yet")[0] for each in texts] for lane, texts in said.items()} == {
        "lea": ["3 of 4 people have not read “Phones”"],
        "max": ["1 of 2 people in team Phones has not read “Phones”"],
        "c0ops": ["1 of 1 person has not read “Phones”"],
    }


def test_after_a_later_deadline_they_hear_again(desk: Announcer) -> None:
    desk.announces(audience=Audience(people=frozenset({desk.desk.member("ana").id})), due_at=desk.now + HOUR)
    desk.goes_on(11)
    assert [len(each) for each in desk.posted("announcement.news").values()] == [1]
    desk.edits(ask_again=False, due_at=desk.now + HOUR)
    desk.goes_on(12)
    desk.goes_on(13)
    assert [len(each) for each in desk.posted("announcement.news").values()] == [2]


def test_nobody_is_reminded_in_their_quiet_hours_nor_more_than_three_times(desk: Announcer) -> None:
    desk.announces(audience=Audience(people=frozenset({desk.desk.member("ana").id})))
    desk.rests("ana", 8, 12)
    assert desk.goes_on(9, day=3) == []
    assert desk.goes_on(12, day=3) == ["ana"]
    assert [desk.goes_on(13, day=day) for day in (4, 5, 6, 7)] == [["ana"], ["ana"], [], []]
    words = [each.partition(": ")[2] for each in desk.told()]
    assert words[:-1] == ["What of this still needs you is asked again below."] * 2
    assert words[-1].endswith("waits for you to read it.")


def test_who_is_away_is_reminded_as_they_work_again(desk: Announcer) -> None:
    desk.desk.shifts("ana@example.com,2026-11-05,09:00,17:00,UTC,mail")
    desk.announces(audience=Audience(people=frozenset({desk.desk.member("ana").id})))
    tuesday = datetime(2026, 11, 3, tzinfo=UTC)
    report(desk.deps, desk.caller("ana"), Report(new_id(), Absent.SICK, Interval(tuesday, tuesday + 24 * HOUR)))
    desk.at(10, 3)
    absences.TURN.run(desk.deps, "T1", Period("now", desk.now))
    assert [desk.goes_on(9, day=day) for day in (3, 4, 5)] == [[], [], ["ana"]]


def test_who_has_read_it_is_reminded_no_more_and_the_reminder_says_so(desk: Announcer) -> None:
    desk.announces(audience=Audience(people=frozenset({desk.desk.member("ana").id})))
    assert desk.goes_on(9, day=3) == ["ana"]
    assert desk.told()[-1].endswith("waits for you to read it.")
    desk.reads("ana")
    assert desk.told()[-1].endswith("Nothing of this needs you any more.")
    assert desk.goes_on(9, day=5) == []


def test_who_is_at_work_as_it_goes_out_or_on_a_day_reads_it(desk: Announcer) -> None:
    desk.announces("cora", Audience(at_work=True))
    assert sorted(desk.posted("announcement.reader")) == ["ana", "lea", "max"]
    tuesday = desk.now.date() + timedelta(days=1)
    assert reach_of(desk.deps, desk.caller("cora"), Chosen(Audience(on=tuesday))) == 1
    mail = Audience(teams=frozenset({desk.team("Mail")}), at_work=True)
    assert reach_of(desk.deps, desk.caller("cora"), Chosen(mail)) == 2


def test_who_leads_nobody_announces_to_their_own_team_only(desk: Announcer) -> None:
    ben = frozenset({desk.desk.member("ben").id})
    desk.announces("ana")
    assert sorted(desk.posted("announcement.reader")) == ["lea"]
    assert desk.refused("ana", Audience(people=ben)) == (Wrong.BEYOND_TEAM,)
    chosen = Chosen(Audience(teams=frozenset({desk.team("Phones")})), ("U0BEN",))
    assert reach_of(desk.deps, desk.caller("ana"), chosen) == 2  # whom they name is refused when it is sent
    new = NewAnnouncement(Kind.TYPED, "Phones", "Back.", Audience(), None)
    with pytest.raises(BadAnnouncement) as refusal:
        write(desk.deps, desk.caller("ana"), new_id(), new, ("U0BEN",))
    assert refusal.value.wrong == (Wrong.BEYOND_TEAM,)


def test_who_has_no_role_could_not_say_that_they_have_read_it_and_is_not_asked(desk: Announcer) -> None:
    with desk.deps.sessions.write("T1") as session:
        session.execute(
            delete(Grant).where(Grant.workspace_id == "T1", Grant.member_id == desk.desk.member("ben").id)
        )
    desk.announces()
    assert sorted(desk.posted("announcement.reader")) == ["ana", "cora", "max"]


def test_who_names_only_strangers_does_not_mean_everybody(desk: Announcer) -> None:
    assert reach_of(desk.deps, desk.caller("cora"), Chosen(Audience(), ("U0STRANGER",))) == 0
    new = NewAnnouncement(Kind.TYPED, "Phones", "Back.", Audience(), None)
    with pytest.raises(BadAnnouncement) as refusal:
        write(desk.deps, desk.caller("cora"), new_id(), new, ("U0STRANGER",))
    assert refusal.value.wrong == (Wrong.NOT_ON_ROSTER,)


def test_others_neither_read_it_nor_change_it(desk: Announcer) -> None:
    desk.announces(audience=Audience(people=frozenset({desk.desk.member("ana").id})))
    with pytest.raises(NotForYou):
        desk.reads("ben")
    for other in ("ben", "max"):  # max leads none of its readers
        with pytest.raises(UnknownAnnouncement):
            look(desk.deps, desk.caller(other), 1)
    with pytest.raises(NotPermitted):
        readers(desk.deps, desk.caller("max"), desk.row().id)
    for deed in (withdraw, send_now):
        with pytest.raises(NotPermitted):
            deed(desk.deps, desk.caller("ana"), desk.row().id)
    assert desk.row().state == State.SENT


def test_a_changed_text_is_read_again_only_if_its_author_says_so(desk: Announcer) -> None:
    desk.announces()
    desk.reads("ana")
    desk.edits(ask_again=False)
    assert desk.shown().read == 1
    desk.edits(ask_again=True, revision=2)
    assert desk.shown().read == 0
    assert desk.reads("ana", revision=1) is False  # what she saw had not changed yet
    assert desk.reads("ana", revision=3) is True
    with pytest.raises(ChangedMeanwhile):
        desk.edits(ask_again=False, revision=2)
    with pytest.raises(BadAnnouncement, match=Wrong.DUE_OVER):
        desk.edits(ask_again=True, revision=3, due_at=desk.now)


def test_what_is_withdrawn_or_over_is_gone_from_every_copy_and_asks_nobody(desk: Announcer) -> None:
    desk.announces()
    assert sorted(desk.goes_on(8, day=3)) == ["ben", "cora", "max"]
    withdraw(desk.deps, desk.caller("lea"), desk.row().id)
    texts = {each for every in desk.posted("announcement.reader").values() for each in every}
    assert texts == {"“Phones” by <@U0LEA> was withdrawn. There is nothing to do."}
    assert {each.partition(": ")[2] for each in desk.told()} == {"Nothing of this needs you any more."}
    with pytest.raises(NotOpen):
        desk.reads("ana")
    desk.announces(expires_at=desk.now + HOUR)
    desk.goes_on(9, day=3)
    assert desk.row(2).state == State.EXPIRED
    assert desk.goes_on(9, day=5) == []


def test_who_joins_its_audience_reads_it_too_as_long_as_it_is_open(desk: Announcer) -> None:
    desk.announces(audience=Audience(teams=frozenset({desk.team("Mail")})))
    assert desk.shown().readers == 1
    new = "new@example.com,New,agent,Mail,UTC\n"
    desk.desk.people(TEAM + new, [account(name, time_zone="UTC") for name in (*NAMES, "new")])
    desk.goes_on(11, day=2)
    assert desk.shown().readers == 1
    desk.goes_on(10, day=3)
    assert sorted(desk.posted("announcement.reader")) == ["ana", "new"]
    follow_account(desk.deps, "T1", "Ev1", account("new", deleted=True, updated=2))
    assert desk.shown().readers == 1  # of who has left nobody waits for anything
    with desk.deps.sessions.read("T1") as session:
        unsent = select(Message.lane).where(Message.workspace_id == "T1", Message.expires_at == desk.now)
        assert session.scalars(unsent).all() == ["U0NEW"]


def test_a_changed_procedure_is_heard_where_its_team_hears_of_procedures(desk: Announcer) -> None:
    article = Article(
        workspace_id="T1",
        id=new_id(),
        number=1,
        kind="sop",
        state="published",
        title="Refunds",
        language="en",
        tags=[],
        version=2,
        created_at=desk.now,
        changed_at=desk.now,
    )
    version = ArticleVersion(
        workspace_id="T1",
        article_id=article.id,
        version=2,
        title="Refunds",
        body="",
        state="published",
        written_at=desk.now,
    )
    mail = Audience(teams=frozenset({desk.team("Mail")}))
    for place, lane in (("nowhere", None), ("C0MAIL", "C0MAIL")):
        change_settings(desk.deps, "T1", OPERATOR, f"team:{desk.team('Mail')}", {"announced_sop": place})
        with desk.deps.sessions.write("T1") as session:
            actor = desk.caller("lea").actor
            made = announce_sop(session, desk.deps, actor, article, version, mail, None, "Up to 30 days.")
            assert made
            assert made.channels == ([lane] if lane else [])
            nobody = Audience(people=frozenset({desk.desk.member("lea").id}))
            assert announce_sop(session, desk.deps, actor, article, version, nobody, None, "x") is None
    assert sorted(desk.posted("announcement.reader")) == ["ana"]
    assert list(desk.posted("announcement")) == ["lea", "c0mail"]


def test_each_kind_of_news_is_heard_where_the_team_or_the_workspace_says(desk: Announcer) -> None:
    desk.prefers(floor_channel="C0FLOOR", announced_cover="nowhere")
    mail = desk.team("Mail")
    with desk.deps.sessions.write("T1") as session:
        session.get_one(Team, ("T1", mail)).channel = "C0MAIL"
    change_settings(desk.deps, "T1", OPERATOR, f"team:{mail}", {"announced_schedule": "C0NEWS"})
    ana, lea, ben = (desk.desk.member(name).id for name in ("ana", "lea", "ben"))
    with desk.deps.sessions.read("T1") as session:
        heard = {
            kind: [where(session, kind, *people) for people in ((ana, lea), (ben,), (ana, ben))]
            for kind in (Kind.SWAP, Kind.COVER, Kind.SCHEDULE)
        }
    assert heard == {
        Kind.SWAP: ["C0MAIL", "C0FLOOR", "C0FLOOR"],
        Kind.COVER: [None, None, None],
        Kind.SCHEDULE: ["C0NEWS", "C0FLOOR", "C0FLOOR"],
    }


def test_a_schedule_that_goes_further_is_announced_once_and_says_when_it_is_taken_back(desk: Announcer) -> None:
    desk.prefers(floor_channel="C0FLOOR")
    desk.desk.shifts("ana@example.com,2026-11-03,10:00,17:00,UTC,mail")
    assert desk.posted("shifts.published") == {}  # changed, which is for ana to read
    lines = (
        f"{name}@example.com,2026-11-{day},09:00,17:00,UTC,mail" for name in ("ana", "ben") for day in (9, 10)
    )
    number = desk.desk.shifts(*lines).number
    assert desk.posted("shifts.published") == {
        "c0floor": ["The schedule for Mon, Nov 9 – Tue, Nov 10 is out: 4 shifts."]
    }
    desk.desk.undo(number)
    [[said]] = desk.posted("shifts.published").values()
    assert said.startswith("The schedule for Mon, Nov 9 – Tue, Nov 10 was taken back.")


def test_a_hundred_and_fifty_people_get_one_message_each(both: Announcer) -> None:
    desk = both
    every = [f"p{number:03}" for number in range(150)]
    people = "".join(f"{name}@example.com,{name},agent,Mail,UTC\n" for name in every)
    desk.desk.people(TEAM + people, [account(name, time_zone="UTC") for name in (*NAMES, *every)])
    desk.announces("cora", Audience(teams=frozenset({desk.team("Mail")})))
    with desk.deps.sessions.read("T1") as session:
        lanes = session.scalars(
            select(Message.lane).where(Message.workspace_id == "T1", Message.card == "announcement.reader")
        ).all()
        asked = session.scalar(
            select(func.count()).select_from(AnnouncementReader).where(AnnouncementReader.workspace_id == "T1")
        )
        mail = session.scalar(
            select(func.count()).where(Member.workspace_id == "T1", Member.team_id == desk.team("Mail"))
        )
    assert len(lanes) == len(set(lanes)) == asked == mail == 152


def test_nothing_is_announced_by_the_bot_itself_without_words(desk: Announcer) -> None:
    with desk.deps.sessions.write("T1") as session, pytest.raises(BadAnnouncement):
        announce(session, desk.deps, OPERATOR, NewAnnouncement(Kind.SOP, " ", "x", Audience(), None))
