"""A floor on which cases are worked: what is typed and pressed, and what everybody reads of it."""

from typing import Any

from bot.actions.cases_look import look
from bot.actions.cases_open import open_case
from bot.actions.cases_turn import amend, case_of, happen
from bot.actions.people import recognise
from bot.deps import new_id
from bot.domain.cases import By, Happening
from bot.domain.cases_new import NewCase
from bot.domain.cases_shown import CaseShown
from bot.domain.permissions import CLOCK, OPERATOR
from bot.sandbox import Shown
from storage.people import departments
from storage.tables import Case, Connection, Department
from tests.scenarios.swapping import BOT, Floor


class Cases:
    """The floor of the swaps, with billing beside it: Ana and Ben work cases, Cora coordinates."""

    def __init__(self, floor: Floor) -> None:
        self.floor, self.work = floor, floor.work
        with self.work.deps.sessions.write(self.work.sandbox.team_id) as session:
            if not any(row.name == "Billing" for row in departments(session)):
                session.add(Department(workspace_id=session.workspace_id, id=new_id(), name="Billing"))

    def opens(self, new: NewCase) -> Case:
        """A case is there, as if it had been imported."""
        with self.work.deps.sessions.write(self.work.sandbox.team_id) as session:
            return open_case(session, self.work.deps, OPERATOR, new)

    def happens(self, number: int, *happenings: Happening) -> None:
        """A helpdesk, or the clock, says that something happened to a case."""
        with self.work.deps.sessions.write(self.work.sandbox.team_id) as session:
            happen(session, self.work.deps, CLOCK, case_of(session, str(number)), *happenings)

    def amends(self, number: int, **fields: Any) -> None:
        """Its record is changed elsewhere."""
        with self.work.deps.sessions.write(self.work.sandbox.team_id) as session:
            amend(session, self.work.deps, CLOCK, case_of(session, str(number)), by=By.HELPDESK, **fields)

    def mirrors(self) -> None:
        """A helpdesk is connected, so that its cases are mirrored."""
        with self.work.deps.sessions.write(self.work.sandbox.team_id) as session:
            session.add(
                Connection(
                    workspace_id=session.workspace_id,
                    kind="zendesk",
                    address="https://acme.zendesk.com",
                    secret=b"",
                    options={},
                    state="connected",
                    connected_at=self.work.deps.clock(),
                )
            )

    def stands(self, number: int | str = 1) -> CaseShown:
        """How a case stands, as stored."""
        caller = recognise(self.work.deps, self.work.sandbox.team_id, self.work.sandbox.user_id("cora"))
        return look(self.work.deps, caller, str(number))

    def card(self, who: str, where: str = BOT) -> Shown:
        """The newest card of a case that somebody was sent."""
        seen = self.work.person(who).sees(where)
        found = [shown for shown in seen if not shown.only_you and "Wait…" in shown.buttons]
        assert found, f"{who} sees no case in {where}"
        return found[-1]
