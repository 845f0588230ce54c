"""The chase: departments are asked again, misses go to their lead, silence goes up, and lists stay readable."""

from concurrent.futures import ThreadPoolExecutor
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.actions.chase_turn import turn_all
from bot.domain.cases_new import NewCase
from bot.sandbox import Modal
from jobs.chase import TURN
from jobs.nudges import TURN as TELL
from jobs.reliability import POST as REPORT
from jobs.standup import POST as STANDUP
from storage.tables import Escalation
from tests.scenarios.asking import BILLING, PEOPLE, Asking
from tests.scenarios.desks import opens, part, presses, titles
from tests.scenarios.swapping import BOT, Floor

OPS = "#ops"


class Chased(Asking):
    """Billing works from nine to five in Berlin, and Dev leads it."""

    def __init__(self, floor: Floor) -> None:
        super().__init__(floor)
        self.work.prefers(time_zone="Europe/Berlin")
        self.work.people(PEOPLE.replace("Asia/Kolkata", "Europe/Berlin"))
        self.desk("Billing", **{"Hours": "mon-fri 9-17", "Time zone": "Europe/Berlin"}, lead="dev")

    def desk(self, name: str, *, lead: str | None = None, **fields: str) -> Modal:
        """Cora says how a department is reached."""
        cora = self.work.person("cora")
        cora.types("/floor departments")
        cora.sees_modal("Departments")
        cora.presses("Change…", beside=name)
        cora.sees_modal("Departments")
        for label, text in fields.items():
            cora.fills(label, text)
        if lead:
            cora.picks("Lead", self.work.sandbox.user_id(lead))
        cora.submits()
        saved = cora.sees_modal("Departments")
        cora.closes()
        return saved

    def ticks(self, local: str) -> None:
        """The clock shows this time in Berlin, and two replicas at once do what is due."""
        self.work.at(local)
        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(turn_all, self.work.deps, self.work.sandbox.team_id) for _ in range(2)]:
                done.result()
        self.floor.runs(TURN)
        self.floor.runs(TELL)

    def reports(self, local: str) -> None:
        """Looks whether the weekly report is due; part of it is held back."""
        self.work.at(local)
        now = self.work.deps.clock()
        REPORT.run(self.work.deps, self.work.sandbox.team_id, REPORT.when.first(now, ZoneInfo("UTC")))

    def promises(self, day: str, at: str, who: str = "ben", number: int = 1) -> None:
        """Billing promises an answer; in London, an hour before Berlin."""
        person = self.work.person(who)
        card = person.reads(f"Escalation {number} ·", BILLING)
        person.presses("Give ETA…" if "Give ETA…" in card.buttons else "Change ETA…", card)
        person.sees_modal()
        person.picks("Day", day)
        person.picks("At", at)
        person.submits()
        assert person.modal is None, person.modal
        self.floor.settles()

    def lines(self, who: str, where: str = BOT) -> list[str]:
        return [each.text for each in self.work.person(who).sees(where)]

    def row(self, number: int = 1) -> Escalation:
        with self.work.deps.sessions.read(self.work.sandbox.team_id) as session:
            mine = Escalation.workspace_id == session.workspace_id, Escalation.number == number
            return session.scalars(select(Escalation).where(*mine)).one()


@pytest.fixture
def chased(floor: Floor) -> Chased:
    return Chased(floor)


@pytest.fixture
def chased_everywhere(floor_everywhere: Floor) -> Chased:
    return Chased(floor_everywhere)


def test_it_is_asked_an_hour_before_missed_twice_told_to_the_lead_and_answered(chased_everywhere: Chased) -> None:
    chased = chased_everywhere
    chased.asks()
    chased.promises("2026-11-03", "14:00")
    chased.ticks("2026-11-03 13:59")
    assert not any("Is that still so?" in each.text for each in chased.thread("ben", BILLING))
    chased.ticks("2026-11-03 14:00")
    asked = chased.reads("Is that still so?", "ben", BILLING)
    assert asked.text.startswith("@Ben Okafor, you promised an answer by Tue, Nov 3, 15:00. Is that still so?")
    assert asked.buttons == ["Still on time", "Change ETA…", "Answer…"]
    chased.presses("ben", "Still on time", asked)
    assert (
        "Thank you. The answer is expected by Tue, Nov 3, 14:00." in chased.reads("Thank you", "ben", BILLING).text
    )

    for local in ("2026-11-03 15:00", "2026-11-03 15:01", "2026-11-03 15:02"):
        chased.ticks(local)
    missed = chased.reads("is not there", "ben", BILLING)
    assert sum("is not there" in each.text for each in chased.thread("ben", BILLING)) == 1
    assert missed.text.startswith("@Ben Okafor, the answer promised for Tue, Nov 3, 15:00 is not there.")
    assert (chased.row().misses, chased.row().rung) == (1, 0)
    assert "and it is not there" in chased.reads("they promised an answer").text
    # Nobody above them hears of one.
    assert not any("promised times went by" in text for text in chased.lines("dev"))

    chased.promises("2026-11-04", "09:00")
    assert chased.reads("is not there", "ben", BILLING).buttons == []
    chased.ticks("2026-11-04 10:01")
    assert chased.row().misses == 2
    told = chased.work.person("dev").reads("promised times went by", BOT)
    assert "Escalation 1 · Billing" in told.text
    assert "2 promised times went by" in told.text
    assert "Own" in told.buttons

    chased.writes("ben", "Answer…", "Your answer", "It went out today.", chased.card())
    assert chased.row().next_at is None
    assert chased.audited().count("escalation.miss") == 2
    assert chased.work.person("dev").refreshed(told).buttons == []
    assert "escalation.up" in chased.audited()
    chased.ticks("2026-11-06 12:00")
    assert chased.row().misses == 2


def test_what_one_department_promised_is_not_said_of_the_next(chased: Chased) -> None:
    chased.asks()
    chased.promises("2026-11-03", "14:00")
    chased.ticks("2026-11-03 14:00")
    chased.ticks("2026-11-03 15:01")
    chased.promises("2026-11-04", "09:00")
    chased.ticks("2026-11-04 10:01")
    told = chased.work.person("dev").reads("promised times went by", BOT)
    ben = chased.work.person("ben")
    root = chased.card()
    ben.presses("Not ours…", root)
    ben.picks("Where?", "Logistics")
    ben.submits()
    chased.floor.settles()
    said = ben.thread(root)[1:]
    assert [each.text.split(",")[0] for each in said] == ["@Ben Okafor"] * len(said)
    assert [each.buttons for each in said] == [[]] * len(said)
    assert any("Is that still so?" in each.text for each in said)
    assert "Billing promises an answer to escalation 1" in chased.reads("promises an answer").text
    assert "Escalation 1 · Billing" in chased.reads("they promised an answer").text
    now = chased.work.person("dev").refreshed(told)
    assert "Nothing of this needs you any more." in now.text
    assert "Escalation 1 · Billing · severity 3 · case 1, “Refund is late”: 2 promised times went by" in now.text
    assert now.buttons == []


def test_silence_goes_up_rung_by_rung_in_the_department_s_own_hours(chased: Chased) -> None:
    chased.asks()
    # Asked at noon on Monday: severity 3 has four hours to own it, and four for each rung.
    chased.ticks("2026-11-02 16:00")
    assert chased.row().rung == 0
    chased.ticks("2026-11-02 16:01")
    assert (
        "nobody has said a word for too long"
        in chased.work.person("dev").reads("Escalation 1 · Billing", BOT).text
    )
    assert "your lead has been told of it" in chased.reads("too long", "ben", BILLING).text
    chased.ticks("2026-11-03 12:00")
    assert chased.row().rung == 1
    chased.ticks("2026-11-03 12:02")
    assert chased.row().rung == 2
    # The coordinators were told of something else only just now.
    chased.ticks("2026-11-03 12:40")
    cora = chased.work.person("cora")
    told = cora.reads("Escalation 1 · Billing", OPS)
    assert "Nobody owns it." in told.text
    assert told.buttons[:2] == ["Chase", "Send elsewhere…"]
    chased.presses("cora", "Chase", told)
    assert "@Cora Lind asks." in chased.reads("who takes this on", "ben", BILLING).text
    chased.presses("cora", "Chase", told)
    assert "Give them a quarter of an hour" in cora.sees(OPS)[-1].text
    # To be asked by somebody is no word of theirs.
    chased.ticks("2026-11-03 16:03")
    assert chased.row().next_at is None


def test_several_that_wait_for_one_contact_are_one_list_a_day(chased: Chased) -> None:
    for number in range(1, 4):
        if number > 1:
            chased.cases.opens(NewCase(f"Invoice {number}", owner_id=chased.work.member("ana").id))
        ana = chased.work.person("ana")
        ana.types(f"/escalate {number}")
        ana.sees_modal("Escalate")
        ana.picks("Department", "Billing")
        ana.fills("Question", f"Where is {number}?")
        ana.submits()
        ana.closes()
        chased.floor.settles()
        chased.promises("2026-11-03", f"{12 + number}:00", number=number)
    chased.ticks("2026-11-03 13:00")
    listed = chased.work.person("ben").reads("3 questions of support for you", BOT)
    assert listed.text.splitlines()[0] == "Tue, Nov 3: 3 questions of support for you"
    assert listed.buttons == ["Still on time", "Change ETA…", "Answer…"] * 3
    for local in ("2026-11-03 14:00", "2026-11-03 15:00"):
        chased.ticks(local)
    assert len([text for text in chased.lines("ben") if "of support for you" in text]) == 1
    assert not any("Is that still so?" in each.text for each in chased.thread("ben", BILLING))


def test_forty_open_questions_stay_readable_in_the_morning(chased: Chased) -> None:
    chased.asks()
    first = chased.row()
    with chased.work.deps.sessions.write(chased.work.sandbox.team_id) as session:
        kept = {column.name: getattr(first, column.name) for column in Escalation.__table__.columns}
        for number in range(2, 41):
            session.add(Escalation(**kept | {"id": chased.work.deps.new_id(), "number": number}))
    chased.promises("2026-11-03", "14:00")
    chased.work.at("2026-11-06 06:50")
    chased.floor.runs(STANDUP)
    cora = chased.work.person("cora")
    post = cora.reads("How the day stands", OPS)
    assert "With other departments: 40 open" in post.text
    (listed,) = cora.thread(post)[1:]
    assert "40 questions to other departments are open" in listed.text
    assert "Escalation 2 · Billing · severity 3 · case 1, “Refund is late”" in listed.text
    assert "Next: without a word its lead hears of it Mon, Nov 2, 16:00." in listed.text
    assert "not chased yet" in listed.text
    assert listed.buttons.count("Chase") == 10
    cora.presses("See all 40", listed)
    page = cora.thread(post)[-1]
    assert page.only_you
    assert "Page 1 of 4" in page.text
    for number in (2, 3, 4):
        cora.presses("Next", page)
        page = cora.refreshed(page)
        assert f"Page {number} of 4" in page.text
    assert page.buttons[-1] == "Previous"


def test_a_contact_reads_only_what_waits_for_their_department(chased: Chased) -> None:
    chased.asks()
    carl, ben = chased.work.person("carl"), chased.work.person("ben")
    carl.types("/escalate list")
    assert "No question to another department is open for Logistics." in carl.sees("#general")[-1].text
    assert "To ask one about case 12" not in carl.sees("#general")[-1].text
    ben.types("/escalate list")
    assert "1 question to another department is open" in ben.sees("#general")[-1].text
    assert "Chase" not in ben.sees("#general")[-1].buttons
    cora = chased.work.person("cora")
    cora.types("/escalate list logistics")
    assert "No question to another department is open for Logistics." in cora.sees("#general")[-1].text
    assert "To ask one about case 12" in cora.sees("#general")[-1].text
    cora.types("/escalate list legal")
    assert "There are: Billing, Logistics." in cora.sees("#general")[-1].text


def test_the_lead_reads_how_reliable_their_department_was_a_day_before_anyone_else(chased: Chased) -> None:
    chased.asks()
    chased.promises("2026-11-03", "14:00")
    chased.ticks("2026-11-03 15:01")
    chased.writes("ben", "Answer…", "Your answer", "Done.", chased.card())
    chased.reports("2026-11-09 08:30")
    assert not any("promised times kept" in text for text in chased.lines("dev"))
    for local in ("2026-11-09 09:00", "2026-11-09 09:30"):
        chased.reports(local)
    report = chased.work.person("dev").reads("Answers of Billing", BOT)
    assert "0 of 1 promised times kept, 1 missed (too few for a rate: at least 5)" in report.text
    assert "1 answered (too few for a time: at least 5)" in report.text
    assert not any("promised times kept" in text for text in chased.lines("cora", OPS))
    chased.work.at("2026-11-10 09:01")
    chased.floor.settles()
    chased.work.person("cora").reads("Answers of Billing", OPS)


def test_hours_zone_and_lead_of_a_department_are_checked(chased: Chased) -> None:
    cora = chased.work.person("cora")
    cora.types("/floor departments")
    cora.sees_modal("Departments")
    cora.presses("Change…", beside="Logistics")
    cora.sees_modal("Departments")
    cora.fills("Hours", "whenever")
    cora.fills("Time zone", "Berlin")
    cora.submits()
    wrong = str(cora.sees_modal("Departments"))
    assert "I do not understand “whenever”." in wrong
    assert "I know no time zone of this name." in wrong
    cora.fills("Hours", "mon-fri 8-16")
    cora.fills("Time zone", "Asia/Kolkata")
    cora.picks("Lead", chased.work.sandbox.user_id("zoe"))
    cora.submits()
    assert "not of the department" in str(cora.sees_modal("Departments"))
    cora.picks("Lead", chased.work.sandbox.user_id("carl"))
    cora.submits()
    saved = cora.sees_modal("Departments").text
    assert "Mon–Fri 08:00–16:00" in saved
    assert "lead: @Carl Holm" in saved
    ana = chased.work.person("ana")
    ana.types("/floor departments")
    assert ana.modal is None
    assert "say where questions to departments go" in ana.sees("#general")[-1].text


def test_a_department_can_be_named_at_once(chased: Chased) -> None:
    cora = chased.work.person("cora")
    assert (
        chased.work.asks("cora", "/floor departments biling").text
        == "No department is called “biling”. There are: Billing, Logistics."
    )
    cora.types("/floor departments logistics")
    assert "Logistics" in cora.sees_modal("Departments").text
    cora.fills("Hours", "mon-fri 8-16")
    cora.submits()
    assert "Saved: Logistics" in cora.sees_modal("Departments").text
    cora.closes()
    chased.work.asks("ana", "/floor departments logistics")
    assert chased.work.person("ana").modal is None


def test_home_says_what_departments_owe_and_leads_to_the_list(chased: Chased) -> None:
    chased.asks()
    opens(chased.floor, "ana", "ben", "cora")
    assert "With other departments · 1 open" in titles(chased.floor, "ana")
    assert "With other departments · 1 open" in titles(chased.floor, "cora")
    assert "Support asks your department · 1 open" in titles(chased.floor, "ben")
    chased.ticks("2026-11-02 16:01")
    assert "With other departments · 1 open, 1 late" in titles(chased.floor, "cora")
    presses(chased.floor, "cora", "See all")
    assert "Late · Escalation 1 · Billing" in chased.work.person("cora").sees_modal().text


def test_who_asked_finds_what_waits_for_them_and_what_to_press(chased: Chased) -> None:
    chased.asks()
    opens(chased.floor, "ana", "ben")
    work, ana = chased.work, chased.work.person("ana")
    assert part(chased.floor, "ana", "Waiting for you")[0] == "Nothing right now."
    chased.writes("ben", "Need info…", "What do you need to know?", "Which order?", chased.card())
    waiting = "\n".join(part(chased.floor, "ana", "Waiting for you"))
    assert "Nothing right now." not in waiting
    assert waiting.index("Escalation 1 · Billing") < waiting.index("With other departments · 1 open")
    assert waiting.count("Escalation 1 · Billing") == 1

    # What the list shows can be pressed there, and shown as a whole.
    listed = work.asks("ana", "/escalate list")
    assert listed.buttons == ["Tell them…", "Close…", "Show"]
    ana.presses("Show", listed)
    card = ana.sees("#general")[-1]
    assert "Billing needs to know" in card.text
    assert "reply in this thread" not in card.text
    assert "reply in this thread" in chased.reads("Escalation 1 to Billing").text
    presses(chased.floor, "ana", "Tell them…")
    ana.fills("What they need to know", "Order 77")
    ana.submits()
    chased.floor.settles()
    assert "Escalation 1" not in "\n".join(part(chased.floor, "ana", "Waiting for you")).split("With other")[0]

    # And so can the department.
    presses(chased.floor, "ben", "Show", beside="Escalation 1")
    assert "Order 77" not in work.person("ben").sees_modal().text
    work.person("ben").closes()
    presses(chased.floor, "ben", "Answer…", beside="Escalation 1")
    work.person("ben").fills("Your answer", "It went out.")
    work.person("ben").submits()
    chased.floor.settles()
    presses(chased.floor, "ana", "Close…", beside="Escalation 1")
    ana.sees_modal("Close the escalation")


def test_who_owns_one_from_a_list_reads_that_it_is_theirs(chased: Chased) -> None:
    chased.asks()
    ben = chased.work.person("ben")
    listed = chased.work.asks("ben", "/escalate list")
    assert listed.buttons == ["Own", "Give ETA…", "Answer…", "Show"]
    ben.presses("Own", listed)
    assert ben.sees("#general")[-1].text == "You own it now. Give a time, or answer it."
    assert chased.work.asks("zoe", "/escalate list").buttons == []
