"""Ana asks billing about case 1, and what both sides read of it."""

from sqlalchemy import select

from bot.domain.cases_new import NewCase
from bot.sandbox import Shown
from storage.people import departments
from storage.tables import Audit
from tests.scenarios.casework import Cases
from tests.scenarios.swapping import BOT, Floor
from tests.workplace import until

BILLING = "#billing"
PEOPLE = """\
email,name,role,team,skills,timezone
ana@example.com,Ana Ruiz,agent,Mail,refunds;german,Europe/Berlin
ben@example.com,Ben Okafor,contact,Billing,,Europe/London
cleo@example.com,Cleo Hart,lead,Phones,,America/New_York
dev@example.com,Dev Rao,contact,Billing,,Asia/Kolkata
cora@example.com,Cora Lind,coordinator,,,Europe/Berlin
carl@example.com,Carl Holm,contact,Logistics,,Europe/Berlin
"""


class Asking:
    """Ana has case 1; Ben and Dev are billing's contacts, with a channel; Carl is logistics', which has none."""

    def __init__(self, floor: Floor) -> None:
        self.floor, self.work, self.cases = floor, floor.work, Cases(floor)
        work = self.work
        work.people(PEOPLE)
        work.sandbox.invite("zoe", real_name="Zoe Quist", tz="Europe/Berlin")
        work.sandbox.channel(BILLING, members=["ben", "dev", "carl", "cora", "zoe"], bot=True)
        with work.deps.sessions.write(work.sandbox.team_id) as session:
            billing = next(row for row in departments(session) if row.name == "Billing")
            billing.channel = work.sandbox.channel_id(BILLING)
        ana = work.member("ana").id
        self.case = self.cases.opens(NewCase("Refund is late", customer="ACME Ltd", owner_id=ana))

    def asks(self, who: str = "ana", case: int = 1) -> None:
        """Somebody asks billing about a case."""
        person = self.work.person(who)
        person.types(f"/escalate {case}")
        person.sees_modal("Escalate")
        person.picks("Department", "Billing")
        person.fills("Question", "Where is the refund?\nIt was due on Friday.")
        person.submits()
        assert "Escalation 1 is with Billing." in person.sees_modal("Escalate").text
        person.closes()
        self.floor.settles()

    def card(self, who: str = "ben", where: str = BILLING) -> Shown:
        """The newest card of an escalation."""
        return self.work.person(who).reads("Escalation 1 ·", where)

    def thread(self, who: str, where: str, case: str = "ase 1, “") -> list[Shown]:
        """What somebody reads beside a card: of the escalation in a department's channel, else of the case."""
        person = self.work.person(who)
        root = self.card(who, where) if where == BILLING else person.reads(case, where)
        return person.thread(root)[1:]

    def reads(self, text: str, who: str = "ana", where: str = BOT, case: str = "ase 1, “") -> Shown:
        """The newest reply in such a thread that says this."""
        found = [each for each in self.thread(who, where, case) if text in each.text]
        assert found, [each.text for each in self.thread(who, where, case)]
        return found[-1]

    def hears(self, text: str, who: str, where: str) -> None:
        """Waits until somebody reads this reply in such a thread."""
        until(lambda: any(text in each.text for each in self.thread(who, where)))
        self.floor.settles()

    def audited(self) -> list[str]:
        """What the audit says was done with escalations."""
        with self.work.deps.sessions.read(self.work.sandbox.team_id) as session:
            of_escalations = Audit.workspace_id == session.workspace_id, Audit.subject_kind == "escalation"
            return list(session.scalars(select(Audit.action).where(*of_escalations).order_by(Audit.at, Audit.id)))

    def presses(self, who: str, label: str, on: Shown) -> None:
        """Presses a button, and waits until everybody has read what came of it."""
        person = self.work.person(who)
        person.presses(label, on)
        assert person.notices == []
        self.floor.settles()

    def writes(self, who: str, label: str, field: str, text: str, on: Shown) -> None:
        """Presses a button that asks for words, and says them."""
        person = self.work.person(who)
        person.presses(label, on)
        person.sees_modal()
        person.fills(field, text)
        person.submits()
        assert person.modal is None, person.modal
        self.floor.settles()
