"""Swaps under clumsy hands: of what is past or gone, sent twice, done at once, pressed by strangers."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from uuid import uuid4

import pytest

from bot.sandbox import Shown
from tests.scenarios.swapping import BEN_SAT, BOT, Floor
from tests.workplace import until

DEV_TUE = "Tue, Nov 10, 04:30–12:30 · mail"
RTL = "فواتير"


def fills_in(floor: Floor) -> None:
    """Ana has everything in the form, and has not sent it."""
    ana = floor.work.person("ana")
    ana.types("/swap nov 6 with @ben")
    ana.picks("For their shift", BEN_SAT)


def at_once(*deeds: Callable[[], None]) -> None:
    """All of it is begun together."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], None]) -> None:
        start.wait()
        deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        for each in [pool.submit(run, deed) for deed in deeds]:
            each.result()


def presses(floor: Floor, name: str, label: str, where: str = BOT) -> Callable[[], None]:
    """A press on the newest card, to be done later."""
    return partial(floor.work.person(name).presses, label, floor.card(name, where))


def lines_only_to(floor: Floor, name: str, where: str = BOT) -> list[str]:
    return [shown.text for shown in floor.work.person(name).sees(where) if shown.only_you]


def waits_in(floor: Floor, channel: str, *others: str) -> Shown:
    """A swap that waits for approval; its card is in a channel where these are too."""
    floor.work.sandbox.channel(channel, private=True, members=["cora", *others], bot=True)
    floor.work.prefers(ops_channel=floor.work.sandbox.channel_id(channel))
    floor.review()
    floor.proposes()
    floor.presses("ben", "Accept")
    return floor.card("cora", channel)


def test_a_shift_that_is_past_is_not_to_be_had(floor_either_way: Floor) -> None:
    floor = floor_either_way
    floor.work.shifts("ana@example.com,2026-11-01,09:00,17:00,Europe/Berlin,mail")
    ana = floor.work.person("ana")
    ana.types("/swap nov 1 with @ben")
    form = ana.sees_modal("Swap a shift")
    assert "“nov 1”: you have no shift then that you could swap." in form.text
    ana.closes()
    listed = floor.work.asks("ana", "/shifts")
    floor.work.at("2026-11-06 09:00")
    ana.presses("Swap…", listed, beside="Nov 6")
    assert ana.last().text == "This shift is not yours any more, or has begun. Look your shifts up once more."
    assert ana.modal is None


def test_a_shift_that_is_somebody_elses_by_now_is_not_to_be_had(floor_either_way: Floor) -> None:
    floor = floor_either_way
    listed = floor.work.asks("ana", "/shifts")
    ana = floor.work.person("ana")
    floor.proposes()
    floor.presses("ben", "Accept")
    ana.presses("Swap…", listed, beside="Nov 6")
    assert ana.last().text == "This shift is not yours any more, or has begun. Look your shifts up once more."


def test_a_form_that_names_somebody_elses_shift_is_refused_at_that_field(floor: Floor) -> None:
    team_id = floor.work.sandbox.team_id
    dev, ben = (str(each) for each in (floor.assignment("dev"), floor.assignment("ben")))
    chosen = {"nonce": str(uuid4()), "given": dev, "colleague": floor.work.sandbox.user_id("ben"), "asker": ""}
    fields = {
        "swap.form.given": {"selected_option": {"value": dev}},
        "swap.form.colleague": {"selected_user": chosen["colleague"]},
        "swap.form.returned": {"selected_option": {"value": ben}},
    }
    view = {
        "type": "modal",
        "callback_id": "swap.form",
        "private_metadata": json.dumps(chosen),
        "blocks": [{"block_id": "theirs", "element": {"action_id": "swap.form.returned"}}],
        "state": {"values": {name: {name: value} for name, value in fields.items()}},
    }
    user = {"id": floor.work.sandbox.user_id("ana"), "team_id": team_id}
    answer = floor.work.interacts({"type": "view_submission", "user": user, "team": {"id": team_id}, "view": view})
    assert answer.json()["errors"] == {
        "swap.form.given": "This shift is somebody else's now. Close the form and start again."
    }
    assert floor.states() == []


def test_a_shift_that_changed_under_the_open_form_is_said_at_its_field(floor_either_way: Floor) -> None:
    floor = floor_either_way
    fills_in(floor)
    floor.work.shifts("ana@example.com,2026-11-06,10:00,18:00,Europe/Berlin,mail")
    ana = floor.work.person("ana")
    ana.submits()
    changed = "This shift has changed since you opened the form. Close it and start again."
    assert ana.sees_modal().errors == {"Your shift": changed}
    assert floor.states() == []


def test_a_colleague_who_left_before_or_meanwhile_is_said_where_they_are_named(floor_either_way: Floor) -> None:
    floor = floor_either_way
    fills_in(floor)
    floor.work.changes("ben", deleted=True)
    ana = floor.work.person("ana")
    ana.submits()
    left = "This person has left, so they cannot swap any more. Pick somebody else."
    assert ana.sees_modal().errors == {"With": left}
    ana.closes()
    ana.types("/swap nov 6 with @ben")
    assert left in ana.sees_modal("Swap a shift").text
    assert floor.states() == []


def test_a_colleague_who_leaves_after_accepting_ends_the_swap(floor_either_way: Floor) -> None:
    floor = floor_either_way
    floor.review()
    floor.proposes()
    floor.presses("ben", "Accept")
    floor.work.changes("ben", deleted=True)
    floor.settles()
    card = floor.card("cora", "#ops")
    assert "is void, because @Ben Okafor has left" in card.text
    assert card.buttons == []
    assert floor.works("ana") == ["Nov 6", "Nov 13"]


def test_the_same_swap_is_proposed_once_from_whichever_side(floor_either_way: Floor) -> None:
    floor = floor_either_way
    floor.proposes()
    for name, mine, theirs, other in (
        ("ana", "nov 6", BEN_SAT, "ben"),
        ("ben", "nov 7", "Fri, Nov 6, 08:00–16:00 · mail", "ana"),
    ):
        person = floor.work.person(name)
        person.types(f"/swap {mine} with @{other}")
        person.picks("For their shift", theirs)
        person.submits()
        said = {
            "For their shift": "Swap 1 takes one of these shifts already. Pick another, or wait until it is over."
        }
        assert person.sees_modal().errors == said
        person.closes()
    assert floor.states() == ["open"]


def test_a_form_that_is_sent_again_because_no_answer_came_proposes_once(floor_either_way: Floor) -> None:
    floor = floor_either_way
    fills_in(floor)
    ana = floor.work.person("ana")
    with floor.work.deps.sessions.write(floor.work.sandbox.team_id):
        # The bot cannot write until this is over, and Slack waits for no more than three seconds.
        ana.submits()
        assert ana.sees_modal().notice
    until(lambda: floor.states() == ["open"])
    ana.submits()
    assert ana.modal is None
    floor.settles()
    assert floor.states() == ["open"]
    assert len([shown for shown in floor.work.person("ben").sees(BOT) if shown.text.startswith("Swap")]) == 1


def test_accepted_and_withdrawn_at_once_it_is_one_of_the_two(floor_everywhere: Floor) -> None:
    floor = floor_everywhere
    floor.proposes()
    at_once(presses(floor, "ben", "Accept"), presses(floor, "ana", "Withdraw"))
    floor.settles()
    [state] = floor.states()
    loser, stands, owned = {
        "approved": ("ana", "settled", ["Nov 7", "Nov 13"]),
        "withdrawn": ("ben", "withdrawn by @Ana Ruiz", ["Nov 6", "Nov 13"]),
    }[state]
    assert lines_only_to(floor, loser) == [f"Swap 1 is {stands}. Nothing was changed."]
    assert lines_only_to(floor, "ana" if loser == "ben" else "ben") == []
    assert floor.works("ana") == owned
    assert len(floor.announced()) == (state == "approved")


def test_of_two_colleagues_who_accept_at_once_one_has_it_and_the_other_reads_who(floor_everywhere: Floor) -> None:
    floor = floor_everywhere
    floor.proposes()
    floor.proposes(text="fri with @dev", returned=DEV_TUE)
    at_once(presses(floor, "ben", "Accept"), presses(floor, "dev", "Accept"))
    floor.settles()
    assert sorted(floor.states()) == ["approved", "superseded"]
    ben_won = floor.states()[0] == "approved"
    winner, loser, number = ("Ben Okafor", "dev", 2) if ben_won else ("Dev Rao", "ben", 1)
    void = f"Swap {number} is void: @Ana Ruiz and @{winner} have swapped one of its shifts."
    assert lines_only_to(floor, loser) == [f"{void} Nothing was changed."]
    assert floor.card(loser).text.startswith(void)
    assert floor.card(loser).buttons == []
    assert len(floor.announced()) == 1


def test_approved_while_the_asker_withdraws_it_is_one_of_the_two(floor_everywhere: Floor) -> None:
    floor = floor_everywhere
    floor.review()
    floor.proposes()
    floor.presses("ben", "Accept")
    at_once(presses(floor, "cora", "Approve", "#ops"), presses(floor, "ana", "Withdraw"))
    floor.settles()
    if floor.states() == ["approved"]:
        said = lines_only_to(floor, "ana")
        stands = "settled, approved by @Cora Lind"
    else:
        assert floor.states() == ["withdrawn"]
        said = lines_only_to(floor, "cora", "#ops")
        stands = "withdrawn by @Ana Ruiz"
    assert said == [f"Swap 1 is {stands}. Nothing was changed."]
    for name, where in (("ana", BOT), ("ben", BOT), ("cora", "#ops")):
        assert floor.card(name, where).text.startswith(f"Swap 1 is {stands}.")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("dev", "This is not for you to decide."),
        ("carl", "This is not for you to decide."),
        ("olga", "I only work for the people of this workspace's support team"),
        ("gus", "I only work for the people of this workspace's support team"),
        ("zoe", "You are not on the roster yet"),
    ],
)
def test_strangers_in_the_channel_press_and_change_nothing(floor_either_way: Floor, name: str, said: str) -> None:
    floor = floor_either_way
    floor.work.sandbox.invite("olga", outside=True)
    floor.work.sandbox.invite("gus", guest=True)
    floor.work.sandbox.invite("zoe")
    card = waits_in(floor, "#desk", name)
    for label in ("Approve", "Decline…"):
        person = floor.work.person(name)
        person.presses(label, floor.card(name, "#desk"))
        assert said in floor.only_to(name, "#desk")
        assert person.modal is None
        assert person.notices == []
    assert floor.states() == ["needs approval"]
    assert floor.work.person("cora").refreshed(card) == card


def test_long_and_hostile_words_are_shown_as_such_and_ping_nobody(floor_either_way: Floor) -> None:
    floor = floor_either_way
    floor.work.changes("ben", real_name=f"\u202e{RTL} <!channel>")
    floor.work.shifts(f"ana@example.com,2026-11-06,09:00,17:00,Europe/Berlin,<!here> \u202e{RTL}")
    floor.review()
    note = (f"<!channel> & \u202e{RTL} <@U1> " * 200)[:3000]
    floor.proposes(text="nov 6 with @ben", note=note)
    floor.presses("ben", "Accept")
    floor.presses("cora", "Decline…", "#ops")
    floor.says_why("cora", note)
    for name, where in (("ana", BOT), ("ben", BOT), ("cora", "#ops")):
        card = floor.card(name, where)
        assert f"\u2068<!here> {RTL}\u2069" in card.text
        assert f"@Cora Lind: “\u2068<!channel> & {RTL} <@U1> <!channel>" in card.text
        for each in (card, *floor.work.person(name).thread(card)):
            sent = str(each.blocks)
            assert not any(mark in sent for mark in ("<!channel>", "<!here>", "<@U1>", "\u202e"))


def test_the_note_has_an_end(floor: Floor) -> None:
    fills_in(floor)
    ana = floor.work.person("ana")
    ana.fills("Note", "x" * 3001)
    ana.submits()
    assert "Note" in ana.sees_modal().errors
    assert floor.states() == []


@pytest.mark.parametrize(
    ("opened", "sent", "mine", "theirs", "typed", "read"),
    [
        # 02:30 comes twice in Berlin; an hour of real time lies between the two.
        ("2026-10-25T00:30", "2026-10-25T01:30", "2026-10-25,22:00,06:00", "2026-10-27", "oct 25", "Sun, Oct 25"),
        # 02:30 never comes.
        ("2027-03-28T00:30", "2027-03-28T01:30", "2027-03-28,22:00,06:00", "2027-03-30", "mar 28", "Sun, Mar 28"),
    ],
)
def test_a_form_that_is_open_while_the_clocks_change_shows_the_hours_on_the_wall(
    floor_either_way: Floor, opened: str, sent: str, mine: str, theirs: str, typed: str, read: str
) -> None:
    floor = floor_either_way
    floor.work.at(opened, "UTC")
    floor.work.shifts(
        f"ana@example.com,{mine},Europe/Berlin,mail", f"ben@example.com,{theirs},09:00,17:00,Europe/London,mail"
    )
    ana = floor.work.person("ana")
    ana.types(f"/swap {typed} with @ben")
    assert ana.sees_modal().fields["Your shift"].startswith(f"{read}, 22:00–06:00")
    [offered] = ana.searches("For their shift", "10:00–18:00")[:1]
    ana.picks("For their shift", offered)
    floor.work.at(sent, "UTC")
    ana.submits()
    floor.settles()
    assert f"@Ana Ruiz gives {read}, 22:00–06:00" in floor.card("ana").text
    assert f"@Ana Ruiz gives {read}, 21:00–05:00" in floor.card("ben").text
    assert f"Open until {read}, 22:00" in floor.card("ana").text
    floor.presses("ben", "Accept")
    assert floor.states() == ["approved"]
    assert f"@Ben Okafor works {read}, 22:00–06:00" in floor.card("ana").text


@pytest.mark.parametrize(
    ("now", "night", "day", "typed", "hours"),
    [
        ("2026-10-20 12:00", "2026-10-24", "2026-10-27", "oct 24", "week of Mon, Oct 19: 9 h → 0 min"),
        ("2027-03-22 12:00", "2027-03-27", "2027-03-30", "mar 27", "week of Mon, Mar 22: 7 h → 0 min"),
    ],
)
def test_a_night_across_a_change_of_the_clocks_counts_the_hours_that_it_lasts(
    floor: Floor, now: str, night: str, day: str, typed: str, hours: str
) -> None:
    floor.work.at(now)
    floor.work.shifts(
        f"ana@example.com,{night},22:00,06:00,Europe/Berlin,mail",
        f"ben@example.com,{day},09:00,17:00,Europe/London,mail",
    )
    floor.review()
    ana = floor.work.person("ana")
    ana.types(f"/swap {typed} with @ben")
    ana.picks("For their shift", ana.searches("For their shift", "10:00–18:00")[0])
    ana.submits()
    floor.settles()
    assert "21:00–05:00 (Sun)" in floor.card("ben").text
    floor.presses("ben", "Accept")
    assert hours in floor.card("cora", "#ops").text
