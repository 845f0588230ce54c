"""People are missing today: what helps is read and done, one press after the other."""

from pathlib import Path

import pytest

from bot.sandbox import Shown
from tests.coverage_desk import Planner
from tests.scenarios.swapping import BOT, Floor

MONDAY = "2026-11-23"


PEOPLE = """\
email,name,skills,capacity
ana@example.com,Ana Ruiz,mail,1
ben@example.com,Ben Okafor,mail,0.5
dev@example.com,Dev Rao,mail;chat,1
"""


class Short:
    """Monday morning: Ana, who has training, and Ben, a hybrid, on mail, Dev on chat, who could do mail, too."""

    def __init__(self, floor: Floor, folder: Path) -> None:
        self.floor, self.work = floor, floor.work
        self.work.at(f"{MONDAY} 08:00")
        self.work.people(PEOPLE)
        self.work.prefers(time_zone="Europe/Berlin")
        queues = {"ana": "mail", "ben": "mail", "dev": "chat"}
        self.work.shifts(
            *(f"{name}@example.com,{MONDAY},09:00,17:00,Europe/Berlin,{queue}" for name, queue in queues.items())
        )
        self.planner = Planner(self.work.deps, self.work.sandbox.team_id, folder)
        self.planner.activities(f"ana@example.com,{MONDAY},14:00,15:00,training,Europe/Berlin")
        self.planner.plan(f"{MONDAY},14:00,15:00,mail,3", f"{MONDAY},09:00,17:00,chat,0")

    def asks(self, who: str = "cora", queue: str = "") -> Shown:
        """What helps."""
        return self.work.asks(who, f"/coverage ladder {queue}")

    def presses(self, label: str, answer: Shown, who: str = "cora", beside: str = "") -> Shown:
        """The answer after a press, once everybody has read what follows."""
        person = self.work.person(who)
        person.presses(label, person.refreshed(answer), beside=beside)
        assert person.notices == []
        self.floor.settles()
        return person.refreshed(answer)

    def mention(self, who: str) -> str:
        """Somebody, as Slack is told of them."""
        return f"<@{self.work.member(who).slack_id}>"

    def told(self, who: str) -> list[str]:
        """The first line of each thing that the bot says to somebody."""
        return [shown.text.splitlines()[0] for shown in self.work.person(who).sees(BOT)]


@pytest.fixture
def everywhere(floor_everywhere: Floor, tmp_path: Path) -> Short:
    return Short(floor_everywhere, tmp_path)


@pytest.fixture
def short(floor: Floor, tmp_path: Path) -> Short:
    return Short(floor, tmp_path)


def lines(answer: Shown) -> list[str]:
    return answer.text.splitlines()


def test_what_is_at_hand_is_read_in_order_done_press_by_press_and_undone(
    everywhere: Short,
) -> None:
    short = everywhere
    answer = short.asks()
    assert answer.only_you
    assert lines(answer) == [
        "What helps: Mon, Nov 23, 14:00–15:00 · mail −2.5 (0.5 of 3)",
        "1. Move training, meetings and breaks",
        "@Ana Ruiz’s training 14:00–15:00 to 15:00–16:00: 2.5 short → 1.5",
        "2. Use other skills of those who are there",
        "@Dev Rao on mail, too, 14:00–15:00: 2.5 short → 1.5",
        "3. Have those on contacts only who have other work, too",
        "@Ben Okafor on contacts only, 14:00–15:00: 2.5 short → 2",
        "4. Ask for overtime",
        "3 open shifts 14:00–15:00, nobody can take all of it: 2.5 short → none",
        "Times in Europe/Berlin",
    ]
    short.presses("Move", answer)
    short.presses("Put on mail", answer)
    by = "@Cora Lind changed your day, because people are missing:"
    assert short.told("ana") == [f"{by} training Mon, Nov 23, 14:00–15:00 to 15:00–16:00."]
    assert short.told("dev") == [f"{by} Mon, Nov 23, 18:30–19:30 on mail, too."]
    # Somebody else looks at the same gap: the numbers are those of now, for coverage as well.
    assert "−0.5 (2.5 of 3)" in short.work.asks("cleo", "/coverage today mail").text
    answer = short.presses("On contacts only", answer)
    assert lines(answer)[0] == "Nobody is missing: Mon, Nov 23, 08:00–00:00 (Tue)."
    assert lines(answer)[1:-1] == [
        "Done already",
        "@Ana Ruiz: training Mon, Nov 23, 14:00–15:00 to 15:00–16:00",
        "@Dev Rao: Mon, Nov 23, 14:00–15:00 on mail, too",
        "@Ben Okafor: Mon, Nov 23, 14:00–15:00 on contacts only",
    ]
    answer = short.presses("Undo", answer, beside=short.mention("ana"))
    assert short.told("ana")[1] == (
        "As planned again by @Cora Lind; this holds no more: training Mon, Nov 23, 14:00–15:00 to 15:00–16:00."
    )
    assert lines(answer)[0].endswith("mail −1 (2 of 3)")


def test_two_who_press_at_once_do_nothing_twice_and_who_is_late_reads_what_helps_now(short: Short) -> None:
    first, second = (short.asks(name, "mail") for name in ("cora", "cleo"))
    short.presses("Move", first)
    answer = short.presses("Move", second, "cleo")
    assert lines(answer)[:2] == [
        "This does not help any more, or somebody has done it. Look at what helps now.",
        "What helps: Mon, Nov 23, 08:00–09:00 · mail −1.5 (1.5 of 3)",
    ]


def test_whose_shift_meets_the_gap_is_asked_to_stay_and_others_for_overtime(short: Short) -> None:
    short.planner.plan(f"{MONDAY},17:00,18:00,mail,2", f"{MONDAY},14:00,15:00,mail,0")
    answer = short.asks(queue="mail")
    assert lines(answer) == [
        "What helps: Mon, Nov 23, 17:00–18:00 · mail −2 (0 of 2)",
        "1. Ask for a longer shift",
        "@Ana Ruiz works 17:00–18:00 in addition: 2 short → 1",
        "@Dev Rao works 17:00–18:00 in addition: 2 short → 1",
        "@Ben Okafor works 17:00–18:00 in addition: 2 short → 1.5",
        "2. Ask for overtime",
        "2 open shifts 17:00–18:00, 3 can take all of it: 2 short → none",
        "Times in Europe/Berlin",
    ]
    answer = short.presses("Ask", answer, beside=short.mention("ana"))
    (asked,) = short.work.person("ana").sees(BOT)
    assert asked.buttons[:1] == ["Take all"]
    assert short.told("dev") == []
    assert "Asked already: open shift 1" in answer.text
    assert "One open shift 17:00–18:00, 3 can take all of it: 2 short → 1" in answer.text
    short.work.person("ana").presses("Take all", asked)
    short.floor.settles()
    assert "mail −1 (1 of 2)" in lines(short.asks())[0]
    answer = short.presses("Offer it", answer)
    assert lines(answer)[-2:] == ["Asked already: open shift 2", "Times in Europe/Berlin"]


def test_who_cannot_stay_is_not_asked_again_and_the_next_is_asked_for_the_same_open_shift(short: Short) -> None:
    short.planner.plan(f"{MONDAY},17:00,18:00,mail,1", f"{MONDAY},14:00,15:00,mail,0")
    answer = short.presses("Ask", short.asks(queue="mail"), beside=short.mention("ana"))
    ana = short.work.person("ana")
    ana.presses("Can't…", ana.sees(BOT)[-1])
    ana.submits()
    short.floor.settles()
    answer = short.asks(queue="mail")
    assert "@Ana Ruiz" not in answer.text
    answer = short.presses("Ask", answer, beside=short.mention("dev"))
    (asked,) = short.work.person("dev").sees(BOT)
    assert asked.text.startswith("Open shift 1 · can you work this?")
    assert "Asked already: open shift 1" in lines(answer)
    short.work.person("dev").presses("Take all", asked)
    short.floor.settles()
    assert lines(short.asks(queue="mail"))[0].startswith("Nobody is missing")


def test_under_an_hour_those_are_asked_at_once_who_may_be_at_any_hour(short: Short) -> None:
    short.planner.plan(f"{MONDAY},17:00,18:00,mail,1")
    short.work.at(f"{MONDAY} 16:20")
    answer = short.asks(queue="mail")
    # Whoever is at work can be asked to stay at any time.
    assert lines(answer)[1:3] == [
        "1. Ask for a longer shift",
        "@Ana Ruiz works 17:00–18:00 in addition: 1 short → none",
    ]
    assert lines(answer)[-2] == (
        "One open shift 17:00–18:00, to give to somebody, as nobody can take it who may be asked at any hour: "
        "1 short → none"
    )
    dev = short.work.person("dev")
    dev.types("/floor me")
    dev.sees_modal("My settings")
    dev.picks("In an emergency", ["Ask me at any hour, also in my quiet hours"])
    dev.submits()
    dev.closes()
    answer = short.asks(queue="mail")
    assert "at once to the one who may be asked at any hour: 1 short → none" in answer.text
    short.presses("Ask", answer, beside=short.mention("ana"))
    (asked,) = short.work.person("ana").sees(BOT)
    short.work.person("ana").presses("Take all", asked)
    short.floor.settles()
    assert lines(short.asks(queue="mail"))[0].startswith("Nobody is missing")


def test_agents_read_who_does_this_and_a_queue_that_there_is_not_is_named(short: Short) -> None:
    assert lines(short.asks("ana"))[0] == "Leads, coordinators and managers see coverage. Ask one of them."
    assert lines(short.work.asks("cora", "/coverage ladder foo")) == [
        "There is no queue called “foo”.",
        "Queues are chat, mail",
    ]
    help_ = short.work.asks("ana", "/coverage help").text
    assert "/coverage ladder – what helps against what is missing today" in help_
