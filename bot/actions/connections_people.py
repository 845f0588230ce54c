"""Who is who in a helpdesk: whoever works there is a member here where the address says so; no customers."""

from collections.abc import Iterator
from uuid import UUID

from bot.connectors.helpdesk import Page, PersonRead
from storage.connections import external_people, unowned_cases
from storage.db import WorkspaceSession
from storage.people import members
from storage.tables import Case, ExternalPerson


class People:
    """Those whom a page is about, within a transaction."""

    def __init__(self, session: WorkspaceSession, source: str) -> None:
        self._session, self._source = session, source
        self._known: dict[str, ExternalPerson] = {}

    def meet(self, page: Page) -> list[tuple[Case, UUID]]:
        """Notes who works there; gives the cases whose owner there turns out to be a member, with that member."""
        self._known = external_people(self._session, self._source, _named(page))
        ours = {each.email: each.id for each in members(self._session)}
        recognised: dict[str, UUID] = {}
        for person in page.people:
            row = self._known.get(person.external_id)
            if row is None and not person.is_agent:
                continue
            row = row or self._new(person)
            email = person.email.lower() if person.email else None
            row.name, row.email, row.is_agent = person.name, email, person.is_agent
            member_id = ours.get(email) if person.is_agent and email else None
            if member_id and row.member_id != member_id:
                recognised[person.external_id] = member_id
            row.member_id = member_id
        self._session.flush()
        return [
            (case, member_id)
            for external_id, member_id in recognised.items()
            for case in unowned_cases(self._session, self._source, external_id)
        ]

    def member(self, external_id: str | None) -> UUID | None:
        """Who of ours it is."""
        person = self._known.get(external_id) if external_id else None
        return person.member_id if person else None

    def _new(self, person: PersonRead) -> ExternalPerson:
        row = ExternalPerson(
            workspace_id=self._session.workspace_id, source=self._source, external_id=person.external_id
        )
        self._session.add(row)
        self._known[person.external_id] = row
        return row


def _named(page: Page) -> Iterator[str]:
    """Everybody's id who is named anywhere in a page."""
    yield from (each.external_id for each in page.people)
    for case in page.cases:
        yield from filter(None, (case.owner, case.opened_with.get("owner")))
    for event in page.events:
        yield from filter(None, (event.person, event.data.get("owner")))
