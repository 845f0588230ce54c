"""Confluence and Notion are read into our articles by the same engine as helpdesks, and are never written."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.actions.connections import OtherAccount, connect, connections_shown, disconnect
from bot.actions.connections_sync import Synced, read_from, sync, turn
from bot.actions.health import health
from bot.actions.kb_form import edit_form, save
from bot.actions.kb_keep import archive_article
from bot.actions.kb_look import look
from bot.actions.kb_sync import is_under_way
from bot.actions.kb_upkeep import verify_article
from bot.actions.settings_change import change_settings
from bot.domain.kb import KeptElsewhere, Kind, State
from bot.domain.kb_form import Entered
from bot.domain.kb_search import Query
from bot.domain.permissions import CLOCK, OPERATOR
from bot.views.health import HELPDESKS
from storage.connections import connection
from storage.kb import article_of_source, version_of
from storage.kb_search import search
from storage.tables import Article, Connection, ExternalPerson
from tests.connection_desk import NOON, ConnectionDesk
from tests.connectors.confluence_fake import LOGIN, ConfluenceFake
from tests.connectors.notion_fake import TOKEN, NotionFake, block, chosen, people
from tests.connectors.wsgi_fake import Answer
from tests.sandbox.bots import served


@dataclass
class Mirror:
    """A desk that is connected to one of the two."""

    desk: ConnectionDesk
    kind: str
    fake: Any
    address: str

    def connects(self) -> None:
        """Cora signs in."""
        email, token = LOGIN.split(":")
        secrets = (
            {"email": email, "token": token, "spaces": "SUP"} if self.kind == "confluence" else {"token": TOKEN}
        )
        connect(self.desk.deps, self.desk.caller("cora"), self.kind, self.address, secrets)

    def writes(self, title: str, words: str = "Within 30 days.", tag: str = "billing", owner: str = "") -> str:
        """Somebody makes a page there; its id."""
        if isinstance(self.fake, ConfluenceFake):
            return self.fake.writes(title, f"<p>{words}</p>", labels=[tag], owner=owner or None)
        more = {"Tags": chosen(tag), "Owner": people(*([owner] if owner else []))}
        return str(self.fake.writes(title, block("paragraph", words), **more))

    def edits(self, page: str, words: str) -> None:
        if isinstance(self.fake, ConfluenceFake):
            self.fake.edits(page, f"<p>{words}</p>")
        else:
            self.fake.edits(page, block("paragraph", words))

    def deletes(self, page: str, *, back: bool = False) -> None:
        if isinstance(self.fake, ConfluenceFake):
            self.fake.pages[page].status = "current" if back else "trashed"
        else:
            self.fake.pages[page].in_trash = not back

    def passes(self, **time: float) -> None:
        """Time goes by on both sides."""
        self.desk.now += timedelta(**time)
        self.fake.now = self.desk.now

    def syncs(self, **time: float) -> Synced:
        self.passes(**(time or {"minutes": 11}))
        return sync(self.desk.deps, "T1", CLOCK, self.kind)

    def articles(self) -> dict[str, Article]:
        """By title."""
        with self.desk.deps.sessions.read("T1") as session:
            rows = session.scalars(select(Article).where(Article.workspace_id == "T1"))
            return {row.title: row for row in rows}

    def body(self, title: str) -> str:
        article = self.articles()[title]
        with self.desk.deps.sessions.read("T1") as session:
            version = version_of(session, article.id, article.version)
        assert version
        return version.body

    def is_found(self, page: str, words: str) -> bool:
        with self.desk.deps.sessions.read("T1") as session:
            article = article_of_source(session, self.kind, page)
            assert article
            return article.id in [each.article_id for each in search(session, Query(words)).hits]

    @property
    def row(self) -> Connection:
        with self.desk.deps.sessions.read("T1") as session:
            found = connection(session, self.kind)
        assert found
        return found


@contextmanager
def mirrored(kind: str, desk: ConnectionDesk, first: int = 0) -> Iterator[Mirror]:
    fake = ConfluenceFake() if kind == "confluence" else NotionFake(first)
    fake.now = NOON
    with served(fake) as address:
        yield Mirror(desk, kind, fake, address)


@pytest.fixture(params=["confluence", "notion"])
def mirror(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> Iterator[Mirror]:
    desk = ConnectionDesk(sqlite_url, tmp_path)
    with mirrored(request.param, desk) as found:
        yield found
    desk.deps.sessions.close()


def test_pages_become_articles_follow_their_changes_and_are_archived_with_them(mirror: Mirror) -> None:
    page = mirror.writes("Refunds", owner="Ana@example.com")
    mirror.writes("Complaints", tag="sop", owner="stranger@example.com")
    mirror.connects()
    assert mirror.syncs().done
    articles = mirror.articles()
    refunds = articles["Refunds"]
    assert (refunds.source, refunds.external_id, refunds.kind) == (mirror.kind, page, Kind.ARTICLE)
    assert (refunds.state, refunds.tags, refunds.version) == (State.PUBLISHED, ["billing"], 1)
    assert (str(refunds.owner_id), refunds.verified_by_id) == (mirror.desk.member("ana"), None)
    assert refunds.review_at is not None
    assert (articles["Complaints"].kind, articles["Complaints"].owner_id) == (Kind.SOP, None)
    assert mirror.body("Refunds") == "Within 30 days."
    assert mirror.is_found(page, "refunds")
    mirror.syncs()
    assert mirror.articles()["Refunds"].version == 1
    desk = mirror.desk
    verify_article(desk.deps, desk.caller("cora"), refunds.id)
    mirror.edits(page, "Within 14 days.")
    mirror.syncs()
    refunds = mirror.articles()["Refunds"]
    assert (refunds.version, mirror.body("Refunds")) == (2, "Within 14 days.")
    assert (refunds.verified_at, refunds.verified_by_id, refunds.review_at) == (None, None, refunds.changed_at)
    mirror.deletes(page)
    mirror.syncs(hours=2)
    assert mirror.articles()["Refunds"].state == State.ARCHIVED
    assert mirror.articles()["Complaints"].state == State.PUBLISHED
    assert not mirror.is_found(page, "refunds")
    mirror.deletes(page, back=True)
    mirror.syncs(days=2)
    assert mirror.articles()["Refunds"].state == State.PUBLISHED
    assert mirror.is_found(page, "refunds")
    shown = connections_shown(mirror.desk.deps, mirror.desk.caller("cora"))
    assert [each.mirrored for each in shown] == [2]


def test_an_owner_whose_address_is_hidden_is_known_by_their_account_in_jira(
    sqlite_url: str, tmp_path: Path
) -> None:
    desk = ConnectionDesk(sqlite_url, tmp_path)
    with mirrored("confluence", desk) as mirror:
        mirror.fake.writes("Refunds", account="a-1")
        mirror.fake.writes("Complaints", account="b-2")
        ana = desk.caller("ana").actor.member_id
        with desk.deps.sessions.write("T1") as session:
            known = {"workspace_id": "T1", "source": "jira", "name": None, "email": None, "is_agent": True}
            session.add(ExternalPerson(**known, external_id="a-1", member_id=ana))
            session.add(ExternalPerson(**known, external_id="b-2", member_id=None))
        mirror.connects()
        mirror.syncs()
        assert {title: each.owner_id for title, each in mirror.articles().items()} == {
            "Refunds": ana,
            "Complaints": None,
        }
    desk.deps.sessions.close()


def test_a_language_is_what_the_page_or_a_tag_calls_it_or_that_of_the_workspace(mirror: Mirror) -> None:
    change_settings(mirror.desk.deps, "T1", OPERATOR, "workspace", {"locale": "de_DE"})
    mirror.writes("Erstattung")
    mirror.writes("Remboursement", tag="Français")
    mirror.writes(" Refunds \n" + "x" * 900, tag="en")
    mirror.connects()
    mirror.syncs()
    languages = {title: each.language for title, each in mirror.articles().items()}
    cut = next(title for title in languages if title.startswith("Refunds xxx"))
    assert languages == {"Erstattung": "de", "Remboursement": "fr", cut: "en"}
    assert len(cut) == 255


def test_it_is_read_every_ten_minutes_and_at_once_where_it_was_not_read_to_the_end(mirror: Mirror) -> None:
    for number in range(25 if mirror.kind == "notion" else 60):
        mirror.writes(f"Page {number}")
    mirror.connects()
    turn(mirror.desk.deps, "T1")
    begun = len(mirror.articles())
    assert begun == (20 if mirror.kind == "notion" else 50)  # few at once, as cases wait meanwhile
    mirror.passes(minutes=1)
    turn(mirror.desk.deps, "T1")
    assert len(mirror.articles()) == len(mirror.fake.pages) > begun
    asked = len(mirror.fake.asked)
    mirror.passes(minutes=1)
    turn(mirror.desk.deps, "T1")
    assert len(mirror.fake.asked) == asked
    mirror.passes(minutes=10)
    turn(mirror.desk.deps, "T1")
    assert len(mirror.fake.asked) > asked


def test_reading_all_of_it_once_a_day_takes_its_time_and_is_not_late(sqlite_url: str, tmp_path: Path) -> None:
    desk = ConnectionDesk(sqlite_url, tmp_path)
    with mirrored("notion", desk) as mirror:
        for number in range(12):
            mirror.writes(f"Page {number}")
        mirror.connects()
        mirror.syncs()
        mirror.passes(days=2)
        sync(desk.deps, "T1", CLOCK, mirror.kind, most=1)
        assert is_under_way(mirror.row)
        (check,) = (each for each in health(desk.deps, "T1") if each.name == HELPDESKS)
        assert check.found == "Notion up to date"
    desk.deps.sessions.close()


def test_an_account_that_shows_nothing_any_more_puts_nothing_away(mirror: Mirror) -> None:
    pages = [mirror.writes(f"Page {number}") for number in range(7)]
    mirror.connects()
    mirror.syncs()
    for page in pages:
        mirror.deletes(page)
    synced = mirror.syncs(hours=2)
    assert (synced.done, synced.error) == (False, "gone")
    assert {each.state for each in mirror.articles().values()} == {State.PUBLISHED}
    for page in pages[1:]:
        mirror.deletes(page, back=True)
    assert mirror.syncs(hours=2).done
    assert [each.title for each in mirror.articles().values() if each.state == State.ARCHIVED] == ["Page 0"]


def test_what_goes_wrong_is_waited_for_and_nobody_signs_in_again_and_again(mirror: Mirror) -> None:
    mirror.writes("Refunds")
    mirror.connects()
    mirror.fake.faults.append(Answer(429, "", {"Retry-After": "300"}))
    synced = mirror.syncs()
    assert (synced.error, synced.next_at) == ("too many requests", mirror.desk.now + timedelta(minutes=5))
    mirror.fake.faults += [Answer(503, "<html>")] * 9
    assert mirror.syncs(minutes=6).error == "away"
    mirror.fake.faults.clear()
    assert mirror.syncs(minutes=2).done
    mirror.fake.login = mirror.fake.token = "expired"
    assert mirror.syncs().error == "sign-in failed"
    asked = len(mirror.fake.asked)
    mirror.passes(hours=2)
    turn(mirror.desk.deps, "T1")
    assert len(mirror.fake.asked) == asked
    assert mirror.desk.told("helpdesk.failed") == ["C0OPS"]


def test_reading_anew_from_a_day_changes_nothing_that_is_known(mirror: Mirror) -> None:
    mirror.writes("Refunds")
    mirror.connects()
    mirror.syncs()
    before = mirror.articles()["Refunds"]
    read_from(mirror.desk.deps, "T1", CLOCK, mirror.kind, datetime(2026, 10, 1, tzinfo=UTC))
    assert mirror.syncs().cases == 1
    after = mirror.articles()["Refunds"]
    assert (after.version, after.changed_at) == (before.version, before.changed_at)


def test_what_follows_no_original_any_more_is_edited_here_until_it_does_again(mirror: Mirror) -> None:
    mirror.writes("Refunds")
    mirror.connects()
    mirror.syncs()
    deps, cora, article_id = mirror.desk.deps, mirror.desk.caller("cora"), mirror.articles()["Refunds"].id
    with pytest.raises(KeptElsewhere):
        archive_article(deps, cora, article_id)
    disconnect(deps, cora, mirror.kind)
    assert look(deps, cora, article_id).editable
    about = edit_form(deps, cora, article_id).about
    rest: tuple[Any, ...] = ("en", None, (), None, None, "", True)
    save(deps, cora, about, Entered(Kind.ARTICLE, "Refunds", "Within 7 days.", *rest))
    assert mirror.body("Refunds") == "Within 7 days."
    archive_article(deps, cora, article_id)
    mirror.connects()
    mirror.syncs()
    assert (mirror.articles()["Refunds"].state, mirror.body("Refunds")) == (State.PUBLISHED, "Within 30 days.")
    assert not look(deps, cora, article_id).editable


def test_articles_stay_when_it_is_disconnected_and_another_site_does_not_mix_with_them(mirror: Mirror) -> None:
    mirror.writes("Refunds")
    mirror.connects()
    mirror.syncs()
    cora = mirror.desk.caller("cora")
    disconnect(mirror.desk.deps, cora, mirror.kind)
    assert mirror.articles()["Refunds"].state == State.PUBLISHED
    with mirrored(mirror.kind, mirror.desk, 1000) as other:
        other.writes("Refunds of another site")
        if mirror.kind == "confluence":
            with pytest.raises(OtherAccount):
                other.connects()
        else:  # there ids are of all the world
            other.connects()
            other.syncs()
            assert set(mirror.articles()) == {"Refunds", "Refunds of another site"}
