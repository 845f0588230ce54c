"""Things happen to many cases in one go, as with an import: what each needs is asked for once for all of them.

The audit then says that there was an import, and the log of each case that it came with that.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from bot.actions import nudges_follow, sla
from bot.actions.cases_away import follow_away
from bot.actions.outbox import touch
from bot.deps import Deps
from bot.domain.cases import Happening
from storage.cases import LastEvent, last_events
from storage.connections import connections
from storage.db import WorkspaceSession
from storage.nudges import subjects_nudged
from storage.outbox import subjects_shown
from storage.tables import Case


class Many:
    """The cases of one import, by its number, and what has happened to them; ``finish`` lets the rest follow.

    ``undone``: because the import is taken back.
    """

    def __init__(
        self, session: WorkspaceSession, number: int, case_ids: Collection[UUID], *, undone: bool = False
    ) -> None:
        self._session = session
        self._came = {"import": number, "undone": True} if undone else {"import": number}
        self._helpdesks = {row.kind for row in connections(session)}
        self._last = last_events(session, case_ids)
        self._happened: dict[UUID, tuple[Case, list[Happening]]] = {}
        self._owners: set[UUID | None] = set()

    def is_mirrored(self, case: Case) -> bool:
        """Whether a helpdesk that we are connected with has it."""
        return case.source in self._helpdesks

    def last(self, case: Case) -> LastEvent | None:
        """What is known of it last."""
        return self._last.get(case.id)

    def noted(self, happening: Happening) -> Happening:
        """As its log has it: with the import."""
        return replace(happening, data={**happening.data, **self._came})

    def happened(
        self, case: Case, happenings: Sequence[Happening], last: LastEvent, owners: Iterable[UUID | None]
    ) -> None:
        """This has happened to one of them, which was and is theirs."""
        self._happened.setdefault(case.id, (case, []))[1].extend(happenings)
        self._owners.update(owners)
        self._last[case.id] = last

    def finish(self, deps: Deps, card: str, opened: Sequence[Case] = ()) -> None:
        """Clocks, nudges and cards follow; the clocks also of cases that were ``opened``."""
        session = self._session
        every = {case.id: case for case in (*opened, *(case for case, _ in self._happened.values()))}
        sla.reckon_many(session, deps, list(every.values()))
        nudged, shown = subjects_nudged(session), subjects_shown(session, card)
        for case_id, (case, happenings) in self._happened.items():
            if case_id in nudged:
                nudges_follow.follow(session, deps, case, happenings)
            if case_id in shown:
                touch(session, deps, card, case_id)
        happened = [each for _, happenings in self._happened.values() for each in happenings]
        follow_away(session, deps, self._owners, happened)
