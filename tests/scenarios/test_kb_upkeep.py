"""Articles stay true: owners look, readers say what is wrong, releases make due, changes are acknowledged."""

from datetime import timedelta
from typing import Any

import pytest

from bot.actions.kb_turn import create, write_version
from bot.actions.people import recognise
from bot.domain.kb import Kind
from bot.domain.kb_new import NewArticle
from bot.sandbox import Shown
from jobs import kb_upkeep, nudges
from storage.kb import article_of_number
from storage.tables import Article
from tests.scenarios.swapping import BOT, Floor

REPORTS, ANNOUNCED, ACKNOWLEDGE = "Reports that this settles", "#floor", "I have read it"
STEPS = "# Refunds\n\n1. Ask who bought it.\n2. Refund within 14 days.\n"


class Shelf:
    """Article 1, "Refunds", is Ben's, and was published on Monday the 2nd of November."""

    def __init__(self, floor: Floor) -> None:
        self.floor, self.work = floor, floor.work
        self.writes("Refunds", "ben")

    def writes(self, title: str, owner: str | None, by: str = "cora", **more: Any) -> int:
        """An article is published; its number."""
        owner_id = self.work.member(owner).id if owner else None
        caller = recognise(self.work.deps, self.work.sandbox.team_id, self.work.sandbox.user_id(by))
        new = NewArticle(more.pop("kind", Kind.ARTICLE), title, STEPS, owner_id=owner_id, **more)
        with self.work.deps.sessions.write(self.work.sandbox.team_id) as session:
            number = create(session, self.work.deps, caller.actor, new).number
        self.floor.settles()
        return number

    def changes(self, number: int, body: str, by: str, why: str, **wanted: Any) -> None:
        """Somebody publishes other words."""
        caller = recognise(self.work.deps, self.work.sandbox.team_id, self.work.sandbox.user_id(by))
        with self.work.deps.sessions.write(self.work.sandbox.team_id) as session:
            row = article_of_number(session, number)
            assert row
            write_version(
                session,
                self.work.deps,
                caller.actor,
                row,
                row.title,
                body,
                reason=why,
                publish=True,
                wanted=wanted or None,
            )
        self.floor.settles()

    def article(self, number: int = 1) -> Article:
        """As it is stored."""
        with self.work.deps.sessions.read(self.work.sandbox.team_id) as session:
            row = article_of_number(session, number)
        assert row
        return row

    def passes(self, local: str) -> None:
        """It is morning, and the clock looks."""
        self.work.at(local)
        self.floor.runs(kb_upkeep.UPKEEP)
        self.floor.runs(nudges.TURN)

    def newest(self, who: str, text: str, where: str = BOT) -> Shown:
        """The newest message with these words."""
        found = [each for each in self.work.person(who).sees(where) if text in each.text]
        assert found, [each.text for each in self.work.person(who).sees(where)]
        return found[-1]

    def count(self, who: str, text: str, where: str = BOT) -> int:
        """In how many messages these words are."""
        return sum(text in each.text for each in self.work.person(who).sees(where))

    def presses(self, who: str, label: str, text: str, where: str = BOT) -> None:
        """Presses a button of the newest message with these words."""
        self.work.person(who).presses(label, self.newest(who, text, where))
        self.floor.settles()

    def sends(self, who: str, **filled: str) -> str:
        """Fills the form that is open in, and sends it; what stands there then."""
        person = self.work.person(who)
        for label, value in filled.items():
            person.fills(label.replace("_", " "), value)
        person.submits()
        self.floor.settles()
        return person.modal.text if person.modal else ""


@pytest.fixture
def shelf(floor: Floor) -> Shelf:
    return Shelf(floor)


@pytest.fixture
def everywhere(floor_everywhere: Floor) -> Shelf:
    return Shelf(floor_everywhere)


def test_an_outdated_article_is_fixed_and_the_reporter_hears(everywhere: Shelf) -> None:
    shelf, ana, ben = everywhere, everywhere.work.person("ana"), everywhere.work.person("ben")
    ana.presses("Outdated?", shelf.work.asks("ana", "/kb 1"))
    assert "1 “Refunds”" in ana.sees_modal("Outdated?").text
    answer = shelf.sends("ana", What_is_wrong_or_missing="It is 30 days now")
    assert answer.startswith("Thank you. @Ben Okafor was told")
    ana.closes()
    assert "Reports · 1" in shelf.work.asks("ben", "/kb 1").buttons
    card = shelf.newest("ben", "@Ana Ruiz says that article 1 “Refunds” is not true any more")
    assert "“It is 30 days now”" in card.text
    assert card.buttons == ["Open", "Edit…", "Fixed", "True as it is…"]

    ben.presses("Edit…", card)
    ben.sees_modal("Edit article 1")
    ben.fills("Text", STEPS.replace("14", "30"))
    ben.picks("When", "Keep it as a draft")
    ben.submits()
    assert "is kept as a draft" in ben.sees_modal("Edit article 1").text
    ben.closes()
    ben.presses("Edit…", card)  # the words stay as they are now
    ben.sees_modal("Edit article 1")
    ben.picks(REPORTS, ["It is 30 days now"])
    ben.submits()
    shelf.floor.settles()
    assert "is published" in ben.sees_modal("Edit article 1").text
    assert shelf.newest("ana", "was put right").text.startswith(
        "Article 1 “Refunds”, which you said was not true any more, was put right by @Ben Okafor. Thank you."
    )
    assert "Put right by @Ben Okafor" in ben.refreshed(card).text
    assert ben.refreshed(card).buttons == ["Open"]


def test_what_is_true_as_it_is_is_answered_with_a_reason_and_only_by_who_may(shelf: Shelf) -> None:
    ana, ben = shelf.work.person("ana"), shelf.work.person("ben")
    ana.presses("Outdated?", shelf.work.asks("ana", "/kb 1"))
    shelf.sends("ana", What_is_wrong_or_missing="Is it not 30 days?")
    ana.closes()
    ben.presses("True as it is…", shelf.newest("ben", "is not true any more"))
    shelf.sends("ben", Why="That is for partners only")
    ben.closes()
    assert shelf.newest("ana", "is true as it is").text.startswith(
        "Article 1 “Refunds” is true as it is, says @Ben Okafor: “That is for partners only”"
    )
    assert "says @Ben Okafor: “That is for partners only”" in shelf.newest("ben", "is not true any more").text
    shelf.presses("ana", "Helpful", "Refunds", "#general")
    assert "Thank you: 1 of 1 found it helpful." in shelf.floor.only_to("ana", "#general")
    shelf.presses("ana", "Not helpful", "Refunds", "#general")
    assert "0 of 1 found it helpful. Press Outdated?" in shelf.floor.only_to("ana", "#general")
    assert shelf.work.asks("ben", "/kb 1").text.endswith("0 of 1 found it helpful")
    assert "found it helpful" not in shelf.work.asks("ana", "/kb 1").text


def test_an_owner_is_reminded_once_and_others_hear_of_what_stays_overdue(shelf: Shelf) -> None:
    shelf.writes("Parcels", "ben")
    shelf.writes("Vouchers", "dev")
    shelf.passes("2027-01-31 10:00")
    assert not shelf.count("ben", "have to be looked at")
    shelf.passes("2027-02-01 10:00")
    reminder = shelf.newest("ben", "2 articles of yours have to be looked at: 1 “Refunds”, 2 “Parcels”")
    assert reminder.buttons == ["Look at them"]
    assert shelf.newest("dev", "Article 3 “Vouchers” has to be looked at").buttons == [
        "Open",
        "Verify",
        "Edit…",
        "Reassign…",
    ]
    shelf.passes("2027-02-08 10:00")
    assert shelf.count("ben", "to be looked at") == 1

    ben = shelf.work.person("ben")
    ben.presses("Look at them", reminder)
    listed = ben.sees(BOT)[-1]
    assert "Mine, due · 2" in listed.text
    ben.presses("Verify", listed, beside="1 “Refunds”")
    shelf.floor.settles()
    assert "article 1 “Refunds” is noted as true from now on" in ben.sees(BOT)[-1].text
    assert "Mine, due · 1" in ben.sees(BOT)[-1].text
    assert ben.refreshed(reminder).text.startswith("Article 2 “Parcels” has to be looked at")

    shelf.passes("2027-02-15 10:00")
    overdue = shelf.newest("cora", "nobody has looked at for long", "#ops")
    assert "2 “Parcels” · @Ben Okafor" in overdue.text
    assert "Vouchers" not in overdue.text
    assert "3 “Vouchers”" in shelf.newest("cleo", "1 article nobody has looked at for long").text
    shelf.passes("2027-02-16 10:00")
    assert shelf.count("cora", "nobody has looked at for long", "#ops") == 1
    shelf.presses("ben", "Verify", "Article 2 “Parcels” has to be looked at")
    assert shelf.newest("cora", "All of the articles that nobody had looked at for long are seen to", "#ops")


def test_a_release_makes_due_what_is_tagged_and_says_how_far_it_is(shelf: Shelf) -> None:
    shelf.writes("Parcels", "ben", tags=("5.2",))
    shelf.writes("Vouchers", "dev", tags=("#5.2", "Vouchers"))
    cora = shelf.work.person("cora")
    assert "Leads, coordinators and managers" in shelf.work.asks("ana", "/kb release 5.2").text
    cora.types("/kb release 6.0 New screen")
    assert cora.sees_modal("Release").fields["What is new"] == "New screen"
    cora.submits()
    assert cora.sees_modal().errors == {
        "Everything that is tagged": "No published article has this tag. There are: 5.2, vouchers."
    }
    assert "2 articles are due for release 5.2; their 2 owners are told." in shelf.sends(
        "cora", Everything_that_is_tagged="#5.2"
    )
    cora.closes()
    card = shelf.newest("cora", "Release 5.2: 0 of 2 looked at", "#ops")
    assert "“New screen”" in card.text
    shelf.floor.runs(nudges.TURN)
    assert shelf.newest("ben", "Article 2 “Parcels” has to be looked at for release 5.2 “New screen”: verified")
    shelf.presses("ben", "Verify", "Article 2 “Parcels” has to be looked at")
    assert cora.refreshed(card).text.startswith("Release 5.2: 1 of 2 looked at")
    before = shelf.article(3).review_at
    cora.presses("Undo", cora.refreshed(card), confirm=True)
    shelf.floor.settles()
    assert cora.refreshed(card).text.startswith("Release 5.2: taken back")
    after = shelf.article(3).review_at
    assert before
    assert after
    assert after > before + timedelta(days=80)
    assert "Releases · 0" not in shelf.work.asks("cora", "/kb release list").text


def test_what_has_no_owner_any_more_is_given_to_somebody(shelf: Shelf) -> None:
    shelf.writes("Parcels", "ben")
    shelf.work.changes("ben", deleted=True)
    shelf.floor.settles()
    shelf.floor.runs(nudges.TURN)
    told = shelf.newest(
        "cora", "2 articles without owner since @Ben Okafor left: 1 “Refunds”, 2 “Parcels”", "#ops"
    )
    cora = shelf.work.person("cora")
    cora.presses("Reassign all…", told)
    cora.submits()
    assert "Who keeps it from now on" in cora.sees_modal("Reassign").errors
    cora.picks("Who keeps it from now on", "@carl")
    cora.submits()
    assert cora.sees_modal().errors == {
        "Who keeps it from now on": "Choose somebody who works here as an agent, lead, coordinator or manager."
    }
    cora.picks("Who keeps it from now on", "@dev")
    cora.submits()
    shelf.floor.settles()
    assert "@Dev Rao keeps all 2 from now on, and was told." in cora.sees_modal("Reassign").text
    cora.closes()
    assert shelf.newest("dev", "@Cora Lind gave you 2 articles to keep true.")
    assert shelf.article().owner_id == shelf.work.member("dev").id
    assert cora.refreshed(told).text.startswith("Nothing of this needs you any more.")
    assert "Articles without owner since @Ben Okafor left · Seen to" in cora.refreshed(told).text
    assert "Every article has an owner." in shelf.work.asks("cora", "/kb due orphans").text
    assert "Nothing of yours has to be looked at." in shelf.work.asks("ana", "/kb due").text


def test_a_changed_procedure_waits_for_a_second_person_and_chosen_people_acknowledge_it(shelf: Shelf) -> None:
    cora, cleo = shelf.work.person("cora"), shelf.work.person("cleo")
    shelf.writes("Chargebacks", "cora", kind=Kind.SOP)
    shelf.work.prefers(sop_approval="yes")
    shelf.changes(2, STEPS.replace("14", "30"), "cora", "New law")
    assert shelf.article(2).version == 1
    card = shelf.newest("cora", "Procedure 2 “Chargebacks”, version 2: needs approval", "#ops")
    assert "@Cora Lind: “New law”" in card.text
    cora.presses("Approve", card)
    assert shelf.floor.only_to("cora", "#ops").startswith(
        "You have written it yourself, so somebody else decides."
    )
    cleo.presses("What differs", card)
    assert "Refund within 14 30 days." in cleo.sees_modal().text
    cleo.closes()
    cleo.presses("Approve", card)
    shelf.floor.settles()
    assert cora.refreshed(card).text.startswith("Procedure 2 “Chargebacks”, version 2: approved by @Cleo Hart")
    assert shelf.newest("cora", "@Cleo Hart approved your version 2 of procedure 2 “Chargebacks”")

    asked = shelf.newest("cora", "Procedure 2 “Chargebacks” is published. Who acknowledges it?")
    assert "1 paragraph changed, 1 word new, 1 word gone" in asked.text
    cora.presses("Ask people to acknowledge…", asked)
    cora.picks("Teams", ["Mail"])
    cora.picks("By the end of", "2026-11-06")
    said = shelf.sends("cora")
    assert said.startswith("2 people are asked now. Who has acknowledged it: /announce 1")
    cora.closes()
    assert "is published. Who has acknowledged it: /announce 1" in cora.refreshed(asked).text
    announced = shelf.newest("ana", "Chargebacks", ANNOUNCED)
    assert "Why: “New law”" in announced.text
    assert "2. Refund within 14 30 days." in announced.text
    shelf.presses("ana", ACKNOWLEDGE, "Chargebacks", ANNOUNCED)
    assert "1 of 2" in shelf.newest("ana", "Chargebacks", ANNOUNCED).text
