"""Whatever is done to swaps, each person and channel is shown what is stored, and reads each settled swap once.

Every example has a Slack of its own, to which a real sender works off the outbox after each step. That takes its
time, so there are fewer and shorter examples than in ``test_swap_life.py``, which needs no Slack; and one that
fails is not made smaller.
"""

from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import Phase
from hypothesis.stateful import invariant
from structlog.testing import capture_logs

from bot.app import build_cards, build_sender
from bot.domain.swaps import State
from bot.manifest import manifest
from bot.sandbox import Sandbox, Shown
from jobs.outbox_turn import Times
from storage.tables import Swap
from tests.actions.desk import Tables
from tests.swap_desk import NAMES, SwapDesk
from tests.test_swap_life import Swapping, examine
from tests.workplace import until

STANDS = {
    State.OPEN: "waiting for",
    State.NEEDS_APPROVAL: "accepted by @{colleague} and waits for approval.",
    State.APPROVED: "settled",
    State.DECLINED: "declined by @",
    State.WITHDRAWN: "withdrawn by @{asker}.",
    State.EXPIRED: "over: nobody settled it in time.",
    State.SUPERSEDED: "void",
    State.UNDONE: "undone by @",
}
DOES = {State.OPEN: "gives", State.NEEDS_APPROVAL: "gives", State.APPROVED: "works", State.UNDONE: "works"}


class Shows(Swapping):
    """The same events, with everybody at their Slack."""

    def desk_on(self, database_url: str, folder: Path) -> SwapDesk:
        self.sandbox = self.house.enter_context(Sandbox(manifest(), rates="off"))
        for name in NAMES:
            self.sandbox.invite(name, real_name=name.title())
        for channel in ("#floor", "#ops"):
            self.sandbox.channel(channel, members=["cora"], bot=True)
        desk = SwapDesk(database_url, folder, self.sandbox)
        self.house.callback(desk.close)
        sender = build_sender(desk.deps, build_cards(desk.deps), Times(pace=0, poll=0.05))
        sender.start()
        self.house.callback(sender.close)
        return desk

    def stored(self) -> Tables:
        # The sender notes there what it has done.
        return {name: rows for name, rows in super().stored().items() if name not in ("lane", "message")}

    @invariant()
    def everybody_reads_what_is_stored(self) -> None:
        rows = self.desk.swaps()
        for name in NAMES:
            own = {row.number: row for row in rows if name in self.parties(row.id)}
            cards = self.cards(name, "@floorwalker")
            assert sorted(cards) == sorted(own)
            for number, card in cards.items():
                self.reads_as_stored(card, own[number], "Europe/Madrid")
                assert card.buttons == self.offered(own[number], name)

    @invariant()
    def approvers_read_what_is_stored(self) -> None:
        asked = {row.number: row for row in self.desk.swaps() if row.accepted_at and self.review}
        cards = self.cards("cora", "#ops")
        assert sorted(cards) == sorted(asked)
        for number, card in cards.items():
            self.reads_as_stored(card, asked[number], "UTC")
            waits = asked[number].state == State.NEEDS_APPROVAL
            assert card.buttons == (["Approve", "Decline…"] if waits else [])

    @invariant()
    def the_floor_reads_each_settled_swap_once_and_whether_it_still_stands(self) -> None:
        settled = {row.number: row for row in self.desk.swaps() if row.settled_at}
        cards = self.cards("cora", "#floor")
        assert sorted(cards) == sorted(settled)
        for number, card in cards.items():
            self.reads_as_stored(card, settled[number], "UTC")
            assert card.replies == (1 if settled[number].state == State.UNDONE else 0)

    def cards(self, name: str, where: str) -> dict[int, Shown]:
        """The cards that somebody sees there once all is sent, by number; no swap has two."""
        until(lambda: self.desk.waiting() == 0)
        seen = [shown for shown in self.sandbox.person(name).sees(where) if shown.text.startswith("Swap ")]
        cards = {int(shown.text.split()[1]): shown for shown in seen}
        assert len(cards) == len(seen), seen
        return cards

    def reads_as_stored(self, card: Shown, row: Swap, zone: str) -> None:
        """The card says where the swap stands, and who works, or would give, what."""
        asker, colleague = (name.title() for name in self.parties(row.id))
        stands = STANDS[State(row.state)].format(asker=asker, colleague=colleague)
        assert card.text.startswith(f"Swap {row.number} is {stands}")
        shifts = [self.hours(row.given_id, zone), self.hours(row.returned_id, zone)]
        if row.state == State.APPROVED:
            shifts.reverse()
        does = DOES.get(State(row.state), "would have given")
        assert card.text.splitlines()[1:3] == [f"@{asker} {does} {shifts[0]}", f"@{colleague} {does} {shifts[1]}"]

    def hours(self, assignment_id: UUID, zone: str) -> str:
        """The day and hours of an assignment, on the wall of a zone."""
        row = self.desk.assignment(assignment_id)
        start, end = (each.astimezone(ZoneInfo(zone)) for each in (row.start, row.end))
        return f"{start:%a, %b %-d, %H:%M}–{end:%H:%M} · mail"

    def offered(self, row: Swap, name: str) -> list[str]:
        """The buttons that one of the two is to have."""
        asks = name == self.parties(row.id)[0]
        match row.state:
            case State.OPEN:
                return ["Withdraw"] if asks else ["Accept", "Decline…"]
            case State.NEEDS_APPROVAL:
                return ["Withdraw"] if asks else ["Decline after all…"]
            case State.APPROVED if row.undo_wanted_by_id is None:
                return ["Undo"]
            case State.APPROVED:
                first = row.undo_wanted_by_id == self.desk.desk.member(name).id
                return [] if first else ["Agree to undo"]
        return []


def test_in_whatever_order_things_happen_slack_shows_what_is_stored(sqlite_url: str) -> None:
    with capture_logs():
        examine(Shows, sqlite_url, examples=8, steps=14, phases=[Phase.generate])
