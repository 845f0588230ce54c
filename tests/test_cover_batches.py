"""Several open shifts at once: nobody gets a pile of messages, neither who opens them nor who is asked."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, update

from bot.actions.covers_decide import refuse
from bot.actions.covers_open import Opening, offer_open, open_shifts
from bot.actions.covers_take import give_up
from bot.actions.departures_offer import offer_all
from bot.actions.unowned_offer import offer_each, to_offer_of_import
from bot.app import build_cards
from bot.deps import new_id
from storage.outbox import Priority
from storage.tables import Departure, Message
from tests.departure_desk import DepartureDesk, lines_of

DAYS = (16, 17, 18, 19, 20, 23)


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[DepartureDesk]:
    desk = DepartureDesk(database_url, tmp_path)
    yield desk
    desk.close()


def sends(desk: DepartureDesk) -> None:
    """Whatever waits is there."""
    with desk.deps.sessions.write("T1") as session:
        session.execute(update(Message).where(Message.workspace_id == "T1").values(ts="1", shown=Message.wanted))


def posts(desk: DepartureDesk, *cards: str) -> Counter[str]:
    """How many messages each lane has of these cards."""
    statement = select(Message.lane).where(Message.workspace_id == "T1", Message.card.in_(cards))
    with desk.deps.sessions.read("T1") as session:
        return Counter(session.scalars(statement))


def leaves_much(desk: DepartureDesk) -> None:
    """Ana leaves six shifts behind, and Cora offers them all."""
    desk.desk.shifts(*(f"ana@example.com,2026-11-{day},09:00,17:00,UTC,mail" for day in DAYS))
    desk.leaves()
    with desk.deps.sessions.read("T1") as session:
        row = session.scalars(select(Departure).where(Departure.workspace_id == "T1")).one()
    assert offer_all(desk.deps, desk.caller("cora"), row.id) == len(desk.covers()) >= len(DAYS)


def imports(desk: DepartureDesk) -> list[UUID]:
    """Shifts without owner."""
    done = desk.desk.shifts(*(f",2026-11-{day},09:00,17:00,UTC,mail" for day in DAYS))
    assert done.number
    return [each.id for each in to_offer_of_import(desk.deps, desk.caller("cora"), done.number)]


def opens_six(desk: DepartureDesk) -> tuple[UUID, ...]:
    hours = desk.on(20)
    return open_shifts(desk.deps, desk.caller("cora"), Opening(new_id(), "mail", hours.start, hours.end, 6))


def listed(desk: DepartureDesk) -> list[str]:
    """What the one message says that lists them."""
    cards = build_cards(desk.deps)
    with desk.deps.sessions.read("T1") as session:
        row = session.scalars(
            select(Message).where(Message.workspace_id == "T1", Message.card == "cover.batch")
        ).one()
        assert row.lane == "U0CORA"
        shown = cards.render(session, row)
    assert shown
    return lines_of(shown)


def test_what_somebody_left_is_offered_with_no_card_for_each(desk: DepartureDesk) -> None:
    leaves_much(desk)
    assert posts(desk, "cover", "cover.batch", "cover.news") == {"U0BEN": 3, "U0DEV": 3}
    assert posts(desk, "departure") == {"C0OPS": 1}
    sends(desk)
    desk.takes("dev", desk.covers()[0].id)
    assert posts(desk, "cover.news")["U0CORA"] == 0
    assert "*Has an owner*" in desk.card()


def test_what_an_import_leaves_open_is_listed_in_one_message(desk: DepartureDesk) -> None:
    ids, nonce = imports(desk), new_id()
    for _ in range(2):
        done = offer_each(desk.deps, desk.caller("cora"), ids, nonce)
        assert done.numbers == (1, 2, 3, 4, 5, 6)
    assert posts(desk, "cover", "cover.batch") == {"U0CORA": 1, "U0ANA": 3, "U0BEN": 3, "U0DEV": 3}
    assert listed(desk)[:3] == [
        "You offered 6 open shifts to others: 6 still open.",
        "*Open shift 1* is open: nobody has taken it yet.",
        "Open: Mon, Nov 16, 10:00–18:00 · mail",
    ]
    desk.takes("dev", desk.covers()[0].id)
    assert listed(desk)[0] == "You offered 6 open shifts to others: 5 still open, 1 covered."
    assert "*Open shift 1* is covered by <@U0DEV>." in listed(desk)
    assert posts(desk, "cover.news")["U0CORA"] == 0


def test_shifts_that_are_opened_together_are_listed_in_one_message(desk: DepartureDesk) -> None:
    opens_six(desk)
    assert posts(desk, "cover", "cover.batch") == {"U0CORA": 1, "U0ANA": 3, "U0BEN": 3, "U0DEV": 3}
    assert listed(desk)[0] == "You offered 6 open shifts to others: 6 still open."


def test_one_alone_keeps_its_card(desk: DepartureDesk) -> None:
    (first, *_) = imports(desk)
    offer_each(desk.deps, desk.caller("cora"), [first], new_id())
    cover = desk.covers()[0].id
    assert posts(desk, "cover.batch") == {}
    assert [row.lane for row in desk.cards(cover) if row.audience == "proxy"] == ["U0CORA"]
    desk.takes("dev", cover)
    assert ("confirmed", "proxy") in desk.told(cover)


def test_whoever_was_asked_for_enough_is_asked_for_the_rest_later_the_soonest_first(desk: DepartureDesk) -> None:
    leaves_much(desk)
    first, *_, last = desk.covers()
    assert (len(desk.asked(first.id)), desk.asked(last.id)) == (2, [])
    assert desk.told(last.id) == []
    sends(desk)
    desk.turn(29)
    assert posts(desk, "cover") == {"U0BEN": 3, "U0DEV": 3}
    desk.turn(1)
    assert posts(desk, "cover") == {"U0BEN": 6, "U0DEV": 6}
    sends(desk)
    desk.turn(30)
    assert all(len(desk.asked(row.id)) == 2 for row in desk.covers())
    assert desk.asked(last.id)[0][0] == 2


def test_whoever_has_not_read_of_as_many_yet_is_asked_for_no_more(desk: DepartureDesk) -> None:
    leaves_much(desk)
    desk.turn(31)
    assert posts(desk, "cover") == {"U0BEN": 3, "U0DEV": 3}
    sends(desk)
    desk.turn(31)
    assert posts(desk, "cover") == {"U0BEN": 6, "U0DEV": 6}


def test_what_waits_for_people_to_be_free_can_be_taken_and_given_back(desk: DepartureDesk) -> None:
    desk.review()
    leaves_much(desk)
    waiting = desk.covers()[-1].id
    desk.takes("dev", waiting)
    give_up(desk.deps, desk.caller("dev"), desk.parts(waiting)[0].id)
    assert desk.cover(waiting).state == "open"


def test_an_offer_gives_way_to_whatever_else_somebody_is_told(desk: DepartureDesk) -> None:
    (cover, *_) = opens_six(desk)
    asked = {row.priority for row in desk.cards(cover) if row.audience.startswith("asked:")}
    assert asked == {Priority.OFFER}
    assert Priority.PRESS < Priority.CARD < Priority.OFFER < Priority.BULK


def test_whoever_gave_a_shift_back_is_not_asked_for_it_again(desk: DepartureDesk) -> None:
    desk.review()
    desk.leaves()
    give_up(desk.deps, desk.caller("dev"), desk.gives(6, "dev"))
    assert [name for _, name in desk.asked(desk.opens(6))] == ["ben"]


def test_whoever_was_not_approved_for_a_shift_is_not_asked_for_it_again(desk: DepartureDesk) -> None:
    desk.review()
    desk.leaves()
    refuse(desk.deps, desk.caller("carla"), desk.gives(6, "dev"), new_id(), "needed on chat")
    cover = offer_open(desk.deps, desk.caller("carla"), desk.unowned(6), new_id())
    assert [name for _, name in desk.asked(cover)] == ["ben"]
    assert [name for _, name in desk.asked(desk.opens(13))] == ["dev", "ben"]
