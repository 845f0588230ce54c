"""Something is announced: written, read, reminded of, changed and withdrawn, as everybody sees it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox import Shown
from jobs import announcements, nudges
from tests.scenarios.desks import home, opens
from tests.scenarios.swapping import BOT, Floor

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = datetime(2026, 11, 3, 18, tzinfo=BERLIN)


def begins(floor: Floor, who: str, typed: str = "") -> None:
    """Somebody opens the form."""
    floor.work.person(who).types(f"/announce {typed}")
    floor.work.person(who).sees_modal("Announce something")


def announces(floor: Floor, who: str, title: str = "Phones are back") -> str:
    """Somebody sends the form that is open; what it says then."""
    person = floor.work.person(who)
    person.fills("Title", title)
    person.submits()
    floor.settles()
    said = person.sees_modal("Announce something").text
    person.closes()
    return said


def card(floor: Floor, who: str, where: str = BOT) -> Shown:
    """The newest announcement that somebody sees."""
    return floor.work.person(who).reads("Phones are back", where)


def presses(floor: Floor, who: str, label: str, where: str = BOT) -> Shown:
    """Somebody presses a button of it; how it looks then."""
    shown = card(floor, who, where)
    floor.work.person(who).presses(label, shown, confirm=True if label == "Withdraw…" else None)
    floor.settles()
    return floor.work.person(who).refreshed(shown)


def goes_on(floor: Floor, local: str) -> None:
    """The clock goes on."""
    floor.work.at(local)
    floor.runs(announcements.TURN)
    floor.runs(nudges.TURN)


def test_a_lead_tells_everybody_and_learns_who_has_read_it(floor_either_way: Floor) -> None:
    floor = floor_either_way
    cleo, ana = floor.work.person("cleo"), floor.work.person("ana")
    begins(floor, "cleo", "They are *back*, see https://example.com/status")
    assert "Reaches 4 people." in cleo.sees_modal().text
    cleo.picks("With one of these skills", ["refunds"])
    assert "Reaches 2 people." in cleo.sees_modal().text
    cleo.picks("With one of these skills", [])
    cleo.picks("Speaking one of these languages", ["german"])
    assert "Reaches 1 person." in cleo.sees_modal().text
    cleo.picks("Speaking one of these languages", [])
    cleo.picks("Confirm by", TUESDAY)
    cleo.presses("Preview…")
    preview = cleo.sees_modal("Preview").text.splitlines()
    assert preview[1:] == [
        "They are back, see https://example.com/status",
        "please read it by Tue, Nov 3, 12:00",
        "With a button: I have read it",
        "Reaches 4 people. In direct messages, as soon as you press Announce.",
    ]
    cleo.closes()
    assert "It reaches 4 people. For everybody, in direct messages." in announces(floor, "cleo")
    assert card(floor, "ana").text.splitlines() == [
        "Phones are back",
        "They are back, see https://example.com/status",
        "Announced by @Cleo Hart · please read it by Tue, Nov 3, 18:00 · times in Europe/Berlin",
    ]
    read = presses(floor, "ana", "I have read it")
    assert read.buttons == ["How many have read it"]
    assert "✓ you read it Mon, Nov 2, 12:00" in read.text
    ana.presses("How many have read it", read)
    answered = floor.only_to("ana", BOT)
    assert answered == "“Phones are back”: 1 of 4 have read it."
    assert "1 of 4 have read it" in card(floor, "cleo").text
    seen = floor.work.asks("cora", "/announce 1")  # she may change it, and is to read it herself
    assert "They are back" in seen.text
    assert seen.buttons == ["I have read it", "Who has read it", "Edit…", "Withdraw…"]
    goes_on(floor, "2026-11-03 09:00")
    reminder = floor.work.person("cora").reads("waits for you to read it", BOT)
    floor.work.person("cora").presses("Read it…", reminder)
    assert "They are back" in floor.work.person("cora").sees_modal("Announcement").text
    floor.work.person("cora").submits()
    assert "Thank you." in floor.work.person("cora").sees_modal("Announcement").text
    floor.work.person("cora").closes()
    goes_on(floor, "2026-11-03 18:00")
    late = cleo.reads("have not read “Phones are back” yet", BOT)
    assert late.text.startswith("2 of 4 people have not read “Phones are back” yet.")
    cleo.presses("Who is missing", late)
    missing = floor.only_to("cleo", BOT).splitlines()
    assert missing[:3] == [
        "Who has read “Phones are back”: 2 of 4",
        "– @Ben Okafor · not yet",
        "– @Dev Rao · not yet",
    ]
    cleo.presses("Export as CSV", cleo.last(BOT))
    file = cleo.reads("Announcement 1, “Phones are back”: 2 of 4 have read it.", BOT)
    lines = cleo.downloads("announcement-1-read.csv", file).decode("utf-8-sig").splitlines()
    assert lines[0] == "Name,E-mail,Team,Read (America/New_York),Version read,Reminders"
    assert lines[1].startswith("Ana Ruiz,ana@example.com,Mail,2026-11-02 06:00:")
    assert lines[2].startswith("Ben Okafor,ben@example.com,Mail,,,")
    assert ana.sees(BOT)[-1].text == answered  # who has read it hears no more


def test_it_stands_in_a_channel_is_changed_and_withdrawn_everywhere(floor: Floor) -> None:
    cora = floor.work.person("cora")
    begins(floor, "cora", "They are back")
    cora.picks("Channels", ["#floor", "#ops"])
    cora.picks("@channel", ["Notify everybody in these channels"])
    assert "in #floor, #ops." in announces(floor, "cora")
    assert card(floor, "dev", "#floor").text.splitlines()[:3] == ["@channel", "Phones are back", "They are back"]
    floor.work.person("dev").presses("I have read it", card(floor, "dev", "#floor"))
    floor.settles()
    assert floor.only_to("dev", "#floor") == "Thank you. It is noted that you have read it."
    seen = floor.work.person("ana").sees("#ops")[0].text
    assert "1 of 4 have read it" in seen
    assert "Dev" not in seen
    cora.presses("Edit…", card(floor, "cora"))
    cora.sees_modal("Edit an announcement")
    cora.fills("Text", "They are gone again")
    cora.picks("Ask again", ["Whoever has read it is asked to read it again"])
    cora.submits()
    floor.settles()
    changed = card(floor, "dev", "#floor")
    assert changed.text.splitlines()[2] == "They are gone again"
    assert "edited · 0 of 4 have read it" in changed.text
    said = floor.work.person("dev").thread(changed)[1:]
    assert [each.text for each in said] == ["“Phones are back” has changed. Please read it again."]
    assert presses(floor, "cora", "Withdraw…").buttons == ["Who has read it"]
    for who, where in (("dev", "#floor"), ("ana", "#ops")):
        assert (
            card(floor, who, where).text
            == "“Phones are back” by @Cora Lind was withdrawn. There is nothing to do."
        )
        assert card(floor, who, where).buttons == []


def test_an_agent_tells_their_own_team_later_and_nobody_else(floor: Floor) -> None:
    ana = floor.work.person("ana")
    begins(floor, "ana", "Cake in the kitchen")
    assert "For your own team: Mail." in ana.sees_modal().text
    assert "Teams" not in ana.sees_modal().labels
    ana.picks("Also these people", ["@dev"])
    ana.fills("Title", "Cake")
    ana.picks("Send at", TUESDAY - timedelta(days=2))
    ana.submits()
    people = "You announce to your own team. For others, ask a lead or a coordinator."
    assert ana.sees_modal().errors == {"Also these people": people}
    ana.picks("Also these people", [])
    ana.submits()
    assert ana.sees_modal().errors == {"Send at": "This time has passed. Choose a later one."}
    ana.picks("Send at", TUESDAY)
    ana.submits()
    assert "“Cake” will be sent Tue, Nov 3, 18:00." in ana.sees_modal("Announce something").text
    floor.settles()
    ana.closes()
    assert not any("Cake" in each.text for each in floor.work.person("ben").sees(BOT))
    goes_on(floor, "2026-11-03 18:00")
    assert "Cake in the kitchen" in floor.work.person("ben").reads("Cake", BOT).text
    assert not any("Cake" in each.text for each in floor.work.person("dev").sees(BOT))
    opens(floor, "ben")
    assert "To read · 1\n“Cake” by @Ana Ruiz waits for you to read it." in home(floor, "ben").text
    floor.work.person("ben").presses("Read it…", home(floor, "ben"))
    ana.presses("Edit…", ana.reads("Announcement 1", BOT))
    ana.fills("Text", "Cake in the garden")
    ana.picks("Ask again", ["Whoever has read it is asked to read it again"])
    ana.submits()
    floor.settles()
    floor.work.person("ben").submits()
    again = floor.work.person("ben").sees_modal("Announcement").text
    assert again.startswith("It has changed since you saw it.")
    assert "Cake in the garden" in again
    floor.work.person("ben").closes()
    listed = floor.work.asks("ben", "/announce list")
    assert "1 · “Cake” · sent Tue, Nov 3, 17:00 · 0 of 1 have read it · waits for you to read it" in listed.text
    assert floor.work.asks("dev", "/announce 1").text.startswith("There is no such announcement")
    assert floor.work.asks("carl", "/announce").text.startswith("Only those who work here announce something.")
    assert floor.work.asks("ben", "/announce help").text.startswith("Announcements\n")


def test_a_team_chooses_where_a_kind_of_news_is_heard(floor: Floor) -> None:
    floor.work.sandbox.channel("#swaps", members=["ana", "ben", "cora"])
    cora = floor.work.person("cora")
    cora.types("/floor settings news")
    cora.sees_modal("Settings")
    cora.chooses("A settled swap is announced", "in this channel:")
    cora.chooses("This channel, for swaps", "#swaps")
    cora.submits()
    assert "A settled swap is announced: in #swaps" in cora.sees_modal("Settings").text
    cora.closes(everything=True)
    floor.proposes()
    floor.presses("ben", "Accept")
    assert [each.text.splitlines()[0] for each in floor.work.person("cora").sees("#swaps")][
        -1
    ] == "Swap 1 is settled."
    assert floor.announced() == []
