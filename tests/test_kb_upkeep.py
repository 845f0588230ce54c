"""The upkeep of articles without Slack, on both databases: what is stored, twice pressed, and who may what."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.actions.kb_approval import approve, approve_all, decline, waiting_page
from bot.actions.kb_form import publish_draft
from bot.actions.kb_keep import archive_article
from bot.actions.kb_opinions import say_whether_it_helped
from bot.actions.kb_release import latest, release, undo_release
from bot.actions.kb_reports import fixed, report, true_as_it_is
from bot.actions.kb_turn import create, write_version
from bot.actions.kb_upkeep import give, give_orphans, upkeep_page, verify_article
from bot.actions.kb_upkeep_turn import remind
from bot.deps import new_id
from bot.domain.approval import ReasonMissing
from bot.domain.kb import Kind, Report, UnknownArticle, VersionState
from bot.domain.kb_new import NewArticle
from bot.domain.kb_upkeep import NothingTagged, NotWaiting, OwnWords, ReleaseUndone, ReportClosed, Shelf
from bot.domain.kb_upkeep_shown import Helpfulness
from bot.domain.permissions import NotPermitted
from storage.kb import version_of
from storage.tables import Article, ArticleReport, Message, Nudge
from tests.nudge_desk import NudgeDesk


class Keepers(NudgeDesk):
    """Ana and Ben are agents, Lea leads Ana, Max leads Ben, Cora coordinates; it is Monday, and nothing is due."""

    def writes(self, title: str, owner: str | None = "ana", by: str = "cora", **more: Any) -> UUID:
        """An article is published."""
        owner_id = self.desk.member(owner).id if owner else None
        new = NewArticle(more.pop("kind", Kind.ARTICLE), title, "Ask.", owner_id=owner_id, **more)
        with self.deps.sessions.write("T1") as session:
            return create(session, self.deps, self.caller(by).actor, new).id

    def changes(self, article_id: UUID, body: str, by: str) -> VersionState:
        """Somebody hands other words in; where these stand."""
        with self.deps.sessions.write("T1") as session:
            row = session.get_one(Article, ("T1", article_id))
            actor = self.caller(by).actor
            made = write_version(session, self.deps, actor, row, row.title, body, reason="New law", publish=True)
            return VersionState(made.state)

    def article(self, article_id: UUID) -> Article:
        """As it is stored."""
        with self.deps.sessions.read("T1") as session:
            return session.get_one(Article, ("T1", article_id))

    def listed(self, name: str, shelf: Shelf | None = None) -> list[int]:
        """The numbers on a shelf."""
        return [each.article.number for each in upkeep_page(self.deps, self.caller(name), shelf).shown]

    def cards(self, card: str) -> int:
        """How many messages there are of a card."""
        with self.deps.sessions.read("T1") as session:
            return len(
                session.scalars(select(Message).where(Message.workspace_id == "T1", Message.card == card)).all()
            )

    def kept_nudges(self) -> list[Nudge]:
        """What people are reminded of."""
        return [each for each in self.nudges() if each.kind == "kb"]


@pytest.fixture
def floor(database_url: str, tmp_path: Path) -> Iterator[Keepers]:
    floor = Keepers(database_url, tmp_path)
    yield floor
    floor.deps.sessions.close()


def test_each_shelf_has_what_belongs_there_and_agents_see_their_own_only(floor: Keepers) -> None:
    own, others, orphan = floor.writes("Refunds"), floor.writes("Parcels", "ben"), floor.writes("Vouchers", None)
    assert floor.listed("cora") == [3]  # the first shelf that has anything: without owner
    floor.now += timedelta(days=90)
    assert floor.listed("ana") == [1]
    assert floor.listed("ana", Shelf.ALL) == [1]
    assert floor.listed("cora", Shelf.ALL) == [1, 2, 3]
    assert floor.listed("cora", Shelf.OVERDUE) == []
    report(floor.deps, floor.caller("ana"), new_id(), others, "Wrong")
    assert floor.listed("lea", Shelf.REPORTED) == [2]
    assert floor.listed("ben", Shelf.REPORTED) == [2]
    assert floor.listed("ana", Shelf.REPORTED) == []
    floor.now += timedelta(days=14)
    assert floor.listed("cora", Shelf.OVERDUE) == [1, 2, 3]
    with pytest.raises(NotPermitted):
        verify_article(floor.deps, floor.caller("ana"), others)
    verify_article(floor.deps, floor.caller("ana"), own)
    verify_article(floor.deps, floor.caller("lea"), orphan)
    assert floor.listed("cora", Shelf.OVERDUE) == [2]
    assert floor.article(own).review_at == floor.now + timedelta(days=90)


def test_an_owner_is_reminded_once_a_week_at_most_and_twice_looking_tells_nobody_twice(floor: Keepers) -> None:
    floor.now += timedelta(days=1)
    floor.writes("Refunds")  # due on a Monday
    floor.now += timedelta(days=2)
    floor.writes("Parcels")
    floor.now += timedelta(days=88)
    for _ in range(2):
        remind(floor.deps, "T1")
    assert len(floor.kept_nudges()) == 1
    floor.now += timedelta(days=2)
    remind(floor.deps, "T1")
    assert len(floor.kept_nudges()) == 1  # the second is due in the same week
    floor.now += timedelta(days=7)
    for _ in range(2):
        remind(floor.deps, "T1")
    assert len(floor.kept_nudges()) == 1  # nobody was told of the first one yet, which says all that is due
    assert floor.turns() == ["U0ANA: 2 articles of yours have to be looked at: 1 “Refunds”, 2 “Parcels”"]
    floor.writes("Vouchers")
    floor.now += timedelta(days=90)
    remind(floor.deps, "T1")
    assert floor.turns()[0].startswith("U0ANA: 3 articles of yours have to be looked at")
    assert floor.told()[0] == "U0ANA: What of this still needs you is asked again below."
    floor.now += timedelta(days=14)
    for _ in range(2):
        remind(floor.deps, "T1")
    assert floor.cards("kb.overdue") == 2  # each in a week of its own


def test_a_report_is_settled_once_and_a_form_sent_twice_is_one_report(floor: Keepers) -> None:
    article, nonce = floor.writes("Refunds"), new_id()
    shown = [report(floor.deps, floor.caller("ben"), nonce, article, "Wrong") for _ in range(2)]
    assert shown[0].id == shown[1].id
    assert floor.cards("kb.report") == 1
    with pytest.raises(NotPermitted):
        fixed(floor.deps, floor.caller("ben"), shown[0].id)
    with pytest.raises(ReasonMissing):
        true_as_it_is(floor.deps, floor.caller("ana"), shown[0].id, new_id(), "  ")
    fixed(floor.deps, floor.caller("ana"), shown[0].id)
    with pytest.raises(ReportClosed):
        true_as_it_is(floor.deps, floor.caller("ana"), shown[0].id, new_id(), "It is right")
    with floor.deps.sessions.read("T1") as session:
        assert session.get_one(ArticleReport, ("T1", shown[0].id)).state == Report.FIXED
    assert floor.cards("kb.report.news") == 1
    with pytest.raises(UnknownArticle):
        report(floor.deps, floor.caller("ben"), new_id(), new_id(), "Wrong")


def test_the_last_word_of_each_counts_whether_it_helped(floor: Keepers) -> None:
    article = floor.writes("Refunds")
    said = [("ana", True), ("ben", True), ("ben", False), ("lea", True)]
    found = [say_whether_it_helped(floor.deps, floor.caller(who), article, helpful=how) for who, how in said]
    assert found[-1] == Helpfulness(2, 3)
    floor.now += timedelta(days=90)
    [shown] = upkeep_page(floor.deps, floor.caller("ana")).shown
    assert shown.helpfulness == Helpfulness(2, 3)


def test_a_release_is_made_once_and_taken_back_but_for_what_somebody_has_looked_at(floor: Keepers) -> None:
    looked_at, left = floor.writes("Refunds", tags=("5.2",)), floor.writes("Parcels", "ben", tags=("5.2",))
    before = floor.article(left).review_at
    floor.now += timedelta(days=1)
    cora, nonce = floor.caller("cora"), new_id()
    with pytest.raises(NothingTagged) as nothing:
        release(floor.deps, cora, new_id(), "6.0", "")
    assert nothing.value.tags == ("5.2",)
    made = [release(floor.deps, cora, nonce, "5.2", "New screen") for _ in range(2)]
    assert (made[0].id, made[0].verified, made[0].total, made[0].owners) == (made[1].id, 0, 2, 2)
    assert floor.article(left).review_at == floor.now
    assert len(floor.kept_nudges()) == 2
    floor.now += timedelta(hours=1)
    verify_article(floor.deps, floor.caller("ana"), looked_at)
    assert [(each.verified, each.total) for each in latest(floor.deps, cora)] == [(1, 2)]
    undo_release(floor.deps, cora, made[0].id)
    assert floor.article(left).review_at == before
    assert floor.article(looked_at).review_at == floor.now + timedelta(days=90)
    assert all(each.ended_at for each in floor.kept_nudges())
    with pytest.raises(ReleaseUndone):
        undo_release(floor.deps, cora, made[0].id)
    with pytest.raises(NotPermitted):
        release(floor.deps, floor.caller("ana"), new_id(), "5.2", "")


def test_what_is_given_is_given_once_and_by_who_may(floor: Keepers) -> None:
    article, orphan = floor.writes("Refunds"), floor.writes("Vouchers", None)
    with pytest.raises(NotPermitted):
        give(floor.deps, floor.caller("ana"), new_id(), orphan, "U0BEN")
    give(floor.deps, floor.caller("ana"), new_id(), article, "U0BEN")
    assert floor.article(article).owner_id == floor.desk.member("ben").id
    nonce = new_id()
    assert give_orphans(floor.deps, floor.caller("lea"), nonce, "U0BEN")[1] == 1
    assert give_orphans(floor.deps, floor.caller("lea"), nonce, "U0MAX")[1] == 0
    assert floor.article(orphan).owner_id == floor.desk.member("ben").id
    assert floor.cards("kb.given") == 2


def test_nobody_publishes_their_own_where_a_second_person_has_to(floor: Keepers) -> None:
    article = floor.writes("Chargebacks", kind=Kind.SOP)
    floor.prefers(sop_approval="yes")
    assert floor.changes(article, "Ask twice.", "lea") is VersionState.WAITING
    with pytest.raises(OwnWords):
        approve(floor.deps, floor.caller("lea"), article, 2)
    with pytest.raises(NotPermitted):
        approve(floor.deps, floor.caller("ana"), article, 2)
    decline(floor.deps, floor.caller("cora"), article, 2, new_id(), "Once is enough")
    with pytest.raises(NotWaiting):
        approve(floor.deps, floor.caller("cora"), article, 2)
    assert floor.article(article).version == 1
    assert floor.changes(article, "Ask three times.", "lea") is VersionState.WAITING
    approve(floor.deps, floor.caller("cora"), article, 3)
    assert floor.article(article).version == 3
    with floor.deps.sessions.read("T1") as session:
        found = version_of(session, article, 3)
    assert found
    assert found.decided_by_id == floor.desk.member("cora").id
    assert floor.changes(floor.writes("Refunds"), "Ask no one.", "ana") is VersionState.PUBLISHED
    assert floor.article(floor.writes("Thank you", kind=Kind.CANNED)).version is None


def test_releases_that_were_said_one_after_another_are_taken_back_in_any_order(floor: Keepers) -> None:
    article, cora = floor.writes("Refunds", tags=("5.2",)), floor.caller("cora")
    due = floor.article(article).review_at
    for first in (0, 1):
        said = []
        for _ in range(2):
            floor.now += timedelta(hours=1)
            said.append(release(floor.deps, cora, new_id(), "5.2", "").id)
        undo_release(floor.deps, cora, said.pop(first))
        assert floor.article(article).release_id == said[0]
        assert floor.article(article).review_at != due
        undo_release(floor.deps, cora, said[0])
        assert floor.article(article).release_id is None
        assert floor.article(article).review_at == due


def test_whoever_reported_what_is_archived_hears_it(floor: Keepers) -> None:
    article = floor.writes("Refunds")
    shown = report(floor.deps, floor.caller("ben"), new_id(), article, "Nobody sells it any more")
    archive_article(floor.deps, floor.caller("ana"), article)
    with floor.deps.sessions.read("T1") as session:
        assert session.get_one(ArticleReport, ("T1", shown.id)).state == Report.FIXED
    assert floor.cards("kb.report.news") == 1


def test_what_was_declined_is_handed_in_once_more_and_its_author_hears_again(floor: Keepers) -> None:
    article = floor.writes("Thank you", kind=Kind.CANNED)
    for time in (1, 2):
        decline(floor.deps, floor.caller("lea"), article, 1, new_id(), "Too long")
        assert floor.cards("kb.approval.news") == time
        floor.now += timedelta(hours=1)
        publish_draft(floor.deps, floor.caller("cora"), article, 1)
        assert floor.cards("kb.approval") == time + 1


def test_approvers_are_asked_once_more_about_what_waits(floor: Keepers) -> None:
    floor.writes("Thank you", kind=Kind.CANNED)
    floor.now += timedelta(days=2)
    remind(floor.deps, "T1")
    assert floor.turns() == []
    floor.now += timedelta(days=1)
    for _ in range(2):
        remind(floor.deps, "T1")
    said = floor.turns()
    assert len(said) == 1
    assert said[0].endswith("Canned response 1 “Thank you” by <@U0CORA> needs approval")


def test_all_is_approved_that_was_there_to_be_read_and_nothing_that_came_since(floor: Keepers) -> None:
    for number in range(22):
        floor.writes(f"Answer {number}", kind=Kind.CANNED)
    asked_at = floor.now
    floor.now += timedelta(minutes=1)
    later = floor.writes("Thank you", kind=Kind.CANNED)
    author = floor.desk.member("cora").id
    with pytest.raises(OwnWords):
        approve_all(floor.deps, floor.caller("cora"), author, asked_at)
    with pytest.raises(NotPermitted):
        approve_all(floor.deps, floor.caller("ana"), author, asked_at)
    assert approve_all(floor.deps, floor.caller("lea"), author, asked_at) == 22
    assert approve_all(floor.deps, floor.caller("lea"), author, asked_at) == 0
    assert floor.article(later).version is None
    assert [each.article.number for each in waiting_page(floor.deps, floor.caller("lea"), 7).shown] == [23]
    assert floor.cards("kb.approval.many") == 1
    assert floor.cards("kb.approval.news") == 0


def test_a_reminder_for_a_release_is_over_when_its_articles_are_seen_to_whatever_else_is_due(
    floor: Keepers,
) -> None:
    floor.writes("Parcels")
    tagged = floor.writes("Refunds", tags=("5.2",))
    floor.now += timedelta(days=90)
    remind(floor.deps, "T1")
    release(floor.deps, floor.caller("cora"), new_id(), "5.2", "")
    verify_article(floor.deps, floor.caller("ana"), tagged)
    assert [(each.data != {}, each.ended) for each in floor.kept_nudges()] == [(False, None), (True, "seen")]
