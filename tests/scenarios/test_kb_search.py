"""Looking things up: three hits with what can be done with them, while typing, on a message; what is missing."""

from datetime import timedelta

import pytest

from bot.actions.kb_mirror import mirror
from bot.actions.kb_missing import count_unopened
from bot.domain.kb import FOLDER, Kind, Use
from bot.domain.kb_new import NewArticle
from bot.domain.permissions import OPERATOR
from storage.kb import article_of_number, uses_of
from storage.tables import KbSearch
from tests.workplace import Workplace

ARTICLES = (
    ("Refund after 30 days", "A lead decides. The customer gets the **money** within a week.\n\n" * 3, "en"),
    ("Refund within 30 days", "Press Refund in the order.", "en"),
    ("Refund of a gift card", "Gift cards are refunded to their buyer.", "en"),
    ("Refund to another account", "Never without a letter of the customer.", "en"),
    ("Router: reset the password", "Hold the button for ten seconds.", "en"),
    ("Rückerstattung prüfen", "Die Ware muss da sein.", "de"),
)


@pytest.fixture
def work(work: Workplace) -> Workplace:
    work.at("2026-11-02 12:00")
    work.people()
    with work.deps.sessions.write(work.sandbox.team_id) as session:
        for number, (title, body, language) in enumerate(ARTICLES):
            new = NewArticle(
                Kind.ARTICLE, title, body, language=language, source=FOLDER, external_id=f"{number}.md"
            )
            mirror(session, work.deps, OPERATOR, new)
    return work


def test_what_is_typed_wrong_finds_three_hits_that_can_be_opened_and_shared(work: Workplace) -> None:
    ana = work.person("ana")
    found = work.asks("ana", "/kb refnud")
    assert found.text.startswith("What answers “refnud”")
    assert "Showing results for refund; you typed “refnud”." in found.text
    assert found.buttons.count("Open") == 3
    ana.presses("Next", found)
    assert "Page 2 of 2" in ana.refreshed(found).text
    ana.presses("Previous", ana.refreshed(found))
    assert ana.refreshed(found).text == found.text

    found = work.asks("ana", "/kb Refudn aftr 30 dayz")
    lines = found.text.splitlines()
    assert lines[2] == "1 Refund after 30 days"
    assert lines[3].startswith("A lead decides. The customer gets the money")
    assert lines[4] == "Article · English · no owner · not verified yet"
    assert found.buttons[:4] == ["Open", "Share…", "Outdated?", "Helpful"]
    ana.presses("Open", found, beside="Refund after 30 days")
    assert "A lead decides." in ana.sees_modal("Article 1").text
    ana.closes()
    ana.presses("Share…", found, beside="Refund after 30 days")
    form = ana.sees_modal("Share an article")
    assert form.fields["Where"] == work.sandbox.channel_id("general")
    ana.fills("What you say with it", "This is it <!channel>")
    ana.submits()
    assert ana.sees_modal("Share an article").text.startswith("It is shared in #general")
    ana.closes()
    posted = work.person("ben").last()
    assert posted.text.startswith("@Ana Ruiz: This is it <!channel>\n1 Refund after 30 days\nA lead decides.")
    assert posted.buttons == ["Open"]
    with work.deps.sessions.read(work.sandbox.team_id) as session:
        row = article_of_number(session, 1)
        assert row
        used = uses_of(session, row.id, work.deps.clock().date())
        assert (used[Use.OPENED], used[Use.SHARED]) == (1, 1)


def test_articles_are_offered_while_somebody_types(work: Workplace) -> None:
    ana = work.person("ana")
    menu = work.asks("ana", "/kb")
    assert ana.searches("What are you looking for?", "rout", menu) == ["Router: reset the password"]
    assert ana.searches("What are you looking for?", "pasword", menu) == ["Router: reset the password"]
    assert ana.searches("What are you looking for?", "zebra", menu) == []
    ana.chooses("What are you looking for?", "Router: reset the password", menu)
    assert "Hold the button" in ana.sees_modal("Article 5").text


def test_a_message_is_answered_where_it_was_written(work: Workplace) -> None:
    ana, ben = work.person("ana"), work.person("ben")
    ben.types("Hi all, my customer from Leeds forgot how to reset the router password, what now?")
    asked = ana.last()
    ana.shortcut("Find an answer", asked)
    found = ana.sees_modal("Find an answer")
    assert "5 Router: reset the password" in found.text
    ana.presses("Share…")
    form = ana.sees_modal("Share an article")
    assert form.fields["How"] == ["As a reply to the message"]
    ana.submits()
    assert "It is shared as a reply" in ana.sees_modal("Share an article").text
    ana.closes(everything=True)
    assert "5 Router: reset the password" in ana.thread(asked)[-1].text
    with work.deps.sessions.read(work.sandbox.team_id) as session:
        assert session.query(KbSearch).filter_by(workspace_id=session.workspace_id).count() == 0


def test_what_is_looked_for_in_vain_is_counted_written_and_found(work: Workplace) -> None:
    ana, cora = work.person("ana"), work.person("cora")
    nothing = work.asks("ana", "/kb vpn certificate")
    assert "No article answers “vpn certificate”." in nothing.text
    assert "It is on the list of what is missing; nobody sees who asked." in nothing.text
    assert "list of what is missing" not in work.asks("ana", "/kb wie ist das").text
    assert "looked for 2 times by now" in work.asks("ben", "/kb certificates vpn").text
    assert "There is no article 999, and nothing answers it." in work.asks("ana", "/kb 999").text
    hits = work.asks("ana", "/kb gift card")
    ana.presses("Ask for an article", hits)
    assert "looked for in vain once" in ana.refreshed(hits).text

    assert "is for leads and coordinators" in work.asks("ana", "/kb missing").text
    listed = work.asks("cora", "/kb missing")
    assert "vpn certificate\nno answer 2 times" in listed.text
    assert "gift card\nno answer once" in listed.text
    assert "999" not in listed.text
    cora.presses("Dismiss", listed, beside="gift card", confirm=True)
    listed = cora.refreshed(listed)
    assert "gift card" not in listed.text
    cora.presses("Write it…", listed)
    form = cora.sees_modal("Write an article")
    assert form.fields["Title"] == "Vpn certificate"
    cora.fills("Title", "Getting into the network from home")
    cora.fills("Text", "Ask for a VPN certificate in the portal.")
    cora.submits()
    cora.closes(everything=True)
    assert "Nothing is missing" in work.asks("cora", "/kb missing").text
    assert work.asks("ana", "/kb vpn certifcate").text.splitlines()[2] == "7 Getting into the network from home"


def test_hits_that_nobody_opens_are_counted_after_an_hour_and_old_searches_are_forgotten(work: Workplace) -> None:
    team = work.sandbox.team_id
    for who in ("ana", "ben"):
        work.asks(who, "/kb refund gift")
    opened = work.asks("ana", "/kb router password")
    work.person("ana").presses("Open", opened)
    for _ in range(2):
        work.asks("ana", "/kb Rückerstatung der Ware")
        work.asks("ana", "/kb 6")
    count_unopened(work.deps, team)
    assert "Nothing is missing" in work.asks("cora", "/kb missing").text
    work.sandbox.clock.set(work.deps.clock() + timedelta(hours=1, minutes=1))
    for _ in range(2):
        count_unopened(work.deps, team)
    listed = work.asks("cora", "/kb missing")
    assert "refund gift\n2 times nobody opened what was found" in listed.text
    assert "router" not in listed.text
    assert "Ware" not in listed.text
    work.sandbox.clock.set(work.deps.clock() + timedelta(days=61))
    count_unopened(work.deps, team)
    with work.deps.sessions.read(team) as session:
        assert session.query(KbSearch).filter_by(workspace_id=team).count() == 0


def test_words_of_the_workspace_that_mean_the_same_find_each_other(work: Workplace) -> None:
    cora = work.person("cora")
    assert "No article answers" in work.asks("ana", "/kb PIN forgotten modem").text
    empty = work.asks("cora", "/kb synonyms")
    assert empty.buttons == ["Add words…"]
    cora.presses("Add words…", empty)
    cora.fills("Words", "modem")
    cora.submits()
    assert "Two words at least" in cora.sees_modal().errors["Words"]
    cora.fills("Words", "modem, router; Fritz Box")
    cora.submits()
    assert "finds all: modem, router, Fritz Box" in cora.sees_modal().text
    cora.closes()
    assert "5 Router: reset the password" in work.asks("ana", "/kb modem password").text
    assert "5 Router: reset the password" in work.asks("ana", "/kb password of the fritz box").text
    listed = work.asks("cora", "/kb synonyms")
    assert "modem = router = Fritz Box" in listed.text
    assert work.asks("ana", "/kb synonyms").buttons == []
    cora.presses("Change…", listed)
    cora.fills("Words", "")
    cora.submits()
    assert "The group is removed" in cora.sees_modal().text
    cora.closes()
    assert "No article answers" in work.asks("ana", "/kb modem").text


def test_what_was_asked_is_said_as_it_was_typed_without_what_only_slack_reads(work: Workplace) -> None:
    ana, cora = work.person("ana"), work.person("cora")
    found = work.asks("ana", "/kb <!here> :wave: Rückerstattüng <https://example.com|prüfen>")
    assert found.text.startswith("What answers “Rückerstattüng prüfen”")
    assert "6 Rückerstattung prüfen" in found.text
    found = work.asks("ana", "/kb rückersttaung")
    assert "Showing results for rückerstattung; you typed “rückersttaung”." in found.text
    ana.presses("Ask for an article", found)
    assert ana.refreshed(found).text.startswith("“rückersttaung” is on the list of what is to be written")
    work.asks("ana", "/kb Größentabelle für Schuhe")
    assert "Größentabelle für Schuhe\nno answer once" in work.asks("cora", "/kb missing").text
    cora.presses("Words that mean the same", work.asks("cora", "/kb"))
    assert cora.last().buttons == ["Add words…"]
