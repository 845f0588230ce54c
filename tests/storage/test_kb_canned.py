"""Responses come by how often they were copied lately, on either database."""

from datetime import UTC, date, datetime

from sqlalchemy import insert

from bot.domain.kb import Kind, State, Use
from storage.db import Sessions
from storage.kb import count_use
from storage.kb_canned import is_any, responses
from storage.tables import Workspace
from tests.kb_shelf import Text, shelve

NEW, OLD = date(2026, 11, 1), date(2026, 5, 1)


def test_what_is_copied_most_comes_first_and_only_what_people_may_use(sessions: Sessions) -> None:
    with sessions.across() as connection:
        for own in ("T1", "T2"):
            row = {"workspace_id": own, "name": own, "created_at": datetime(2026, 1, 1, tzinfo=UTC), "revision": 0}
            connection.execute(insert(Workspace), row)
    with sessions.write("T1") as session:
        titles = ("Alpha", "Beta", "Gamma", "Draft")
        alpha, beta, gamma, draft = shelve(session, [Text(each, kind=Kind.CANNED) for each in titles])
        shelve(session, [Text("An article")], first=9)
        draft.state = State.DRAFT
        for article, day, times in ((gamma, NEW, 2), (beta, NEW, 1), (alpha, OLD, 9)):
            for _ in range(times):
                count_use(session, article.id, Use.COPIED, day)
        count_use(session, alpha.id, Use.OPENED, NEW)
    with sessions.read("T1") as session:
        assert [each.title for each in responses(session, date(2026, 10, 1))] == ["Gamma", "Beta", "Alpha"]
        assert [each.title for each in responses(session, date(2026, 4, 1))] == ["Alpha", "Gamma", "Beta"]
        assert is_any(session)
    with sessions.read("T2") as session:
        assert list(responses(session, OLD)) == []
        assert not is_any(session)
