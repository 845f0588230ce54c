"""The set-up: a workspace admin is walked from nothing to a floor at work, and can come back at any time."""

from pathlib import Path

import pytest

from bot.manifest import manifest
from bot.sandbox import Modal, Person
from bot.settings import Mode
from tests.workplace import PEOPLE, Workplace, opened, until

OPS, FLOOR = "The coordinators' channel", "Everybody's channel"
TAKE = "Or take everybody in a channel"
NAME = "Make these people coordinators"


@pytest.fixture
def fresh(work: Workplace) -> Workplace:
    """A workspace with an admin, in which nobody is on any roster."""
    prepare(work)
    return work


def prepare(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.sandbox.invite("mia", real_name="Mia Berg", tz="Europe/Lisbon", admin=True)
    work.sandbox.channel("#support", members=["mia", "ana", "ben", "cora"])
    work.sandbox.channel("#coordinators", private=True, members=["mia"], bot=True)
    work.sandbox.channel("#floor", members=["mia"])


def begins(work: Workplace, name: str = "mia") -> Person:
    """Somebody who has the set-up before them."""
    person = work.person(name)
    person.types("/floor setup")
    person.sees_modal("Setup")
    return person


def onward(person: Person, step: int) -> Modal:
    """The step after the form was sent."""
    person.submits()
    until(lambda: "This takes a moment" not in person.sees_modal("Setup").text)  # on a slow machine, or a busy one
    modal = person.sees_modal("Setup")
    assert f"Step {step} of 5" in modal.text, modal
    return modal


def picks_channels(person: Person) -> None:
    """Chooses both of them."""
    person.picks(OPS, "#coordinators")
    person.picks(FLOOR, "#floor")


def steps_to(person: Person, step: int) -> None:
    """Goes on with nothing chosen, until this step."""
    for each in range(2, step + 1):
        onward(person, each)


def test_an_admin_is_walked_from_nothing_to_the_checklist(everywhere: Workplace) -> None:
    prepare(everywhere)
    mia = begins(everywhere)
    assert "You are on the roster now, as its manager" in mia.sees_modal().text
    assert "If a channel does not exist yet, create it in Slack first." in mia.sees_modal().text
    assert mia.sees_modal().buttons == ["Checklist"]
    picks_channels(mia)
    conventions = onward(mia, 2)
    assert "✓ I am in #coordinators and #floor now, and can write there." in conventions.text
    joined = everywhere.deps.slack.conversations_info(channel=everywhere.sandbox.channel_id("#floor"))
    assert joined["channel"]["is_member"]
    assert conventions.fields["Time zone of people who have none of their own"] == "Europe/Lisbon"
    mia.picks("Law on working time", "European Union")
    assert "✓ Saved." in onward(mia, 3).text
    mia.picks(TAKE, "#support")
    assert "✓ Added from #support: 3 people." in onward(mia, 4).text
    mia.picks(NAME, ["@cora"])
    assert "✓ Made coordinators: @Cora Lind." in onward(mia, 5).text
    mia.submits()
    assert mia.sees_modal("Setup").text.splitlines() == [
        "One step is left.",
        "✓ Channels",
        "Coordinators: #coordinators · Everybody: #floor",
        "✓ Time zone, language and law",
        "Europe/Lisbon · law: European Union",
        "✓ People",
        "4 people on the roster",
        "✓ Coordinators",
        "@Cora Lind",
        "✗ Schedule",
        "No shift lies ahead.",
        "You can come back at any time.",
    ]
    mia.closes()
    everywhere.shifts("ana@example.com,2026-11-06,09:00,17:00,Europe/Berlin,mail")
    assert begins(everywhere, "cora").sees_modal().text.startswith("All is set up.")
    assert "@Ana Ruiz" in everywhere.asks("ben", "/shifts who fri 10am").text
    everywhere.asks("cora", "/floor health")
    until(lambda: "✓ Coordinators' channel" in everywhere.person("cora").sees()[-1].text)


def test_it_opens_again_where_something_is_missing(fresh: Workplace) -> None:
    mia = begins(fresh)
    picks_channels(mia)
    onward(mia, 2)
    mia.closes()
    assert "Step 2 of 5" in begins(fresh).sees_modal().text
    onward(mia, 3)
    mia.presses("Back")
    assert "Step 2 of 5 · Time zone, language and law ✓" in mia.sees_modal().text
    mia.presses("Checklist")
    assert mia.sees_modal().buttons == ["Change…", "Change…", "Do this…", "Do this…", "Do this…"]
    mia.presses("Do this…", beside="Schedule")
    assert "Step 5 of 5" in mia.sees_modal().text


def test_where_all_is_set_up_a_change_leads_back_to_the_checklist(fresh: Workplace) -> None:
    fresh.people()
    fresh.shifts("ana@example.com,2026-11-06,09:00,17:00,Europe/Berlin,mail")
    fresh.prefers(time_zone="Europe/Berlin", jurisdiction="eu")
    channels = {"ops_channel": "#coordinators", "floor_channel": "#floor"}
    fresh.prefers(**{key: fresh.sandbox.channel_id(name) for key, name in channels.items()})
    cora = begins(fresh, "cora")
    cora.presses("Change… Channels")
    assert (cora.sees_modal().submit_label, cora.sees_modal().close_label) == ("Save", "Close")
    cora.submits()
    assert cora.sees_modal().text.startswith("All is set up.")
    cora.presses("Change… Channels")
    cora.picks(FLOOR, "#support")
    cora.submits()
    assert cora.sees_modal().text.startswith("✓ I am in #coordinators and #support now, and can write there.")
    assert "Everybody: #support" in cora.sees_modal().text
    cora.presses("Change… Coordinators")
    cora.picks(NAME, ["@cora"])
    cora.submits()
    assert cora.sees_modal().text.startswith("Everybody whom you chose is a coordinator already.\nAll is set up.")


def test_steps_that_are_done_are_passed_over(fresh: Workplace) -> None:
    fresh.people()
    fresh.prefers(time_zone="Europe/Berlin", jurisdiction="eu")
    mia = begins(fresh)
    picks_channels(mia)
    mia.submits()
    assert "Step 5 of 5" in mia.sees_modal().text
    mia.presses("Back")
    assert "Step 4 of 5" in mia.sees_modal().text
    mia.submits()
    assert mia.sees_modal().submit_label == "Finish"
    mia.submits()
    assert mia.sees_modal().text.startswith("One step is left.")


def test_the_set_up_says_when_managers_decide(fresh: Workplace) -> None:
    mia = begins(fresh)
    steps_to(mia, 4)
    assert (
        "About a swap they and the team's leads decide only where there are fewer than two coordinators, "
        "or where every coordinator is involved in it."
    ) in mia.sees_modal().text


def test_who_is_no_admin_cannot_begin(fresh: Workplace) -> None:
    assert fresh.asks("ana", "/floor setup").text.startswith("You are not on the roster yet")
    assert fresh.asks("mia", "/floor").text.startswith("You are not on the roster yet")


def test_an_admin_from_outside_or_a_guest_cannot_begin(fresh: Workplace) -> None:
    fresh.sandbox.invite("olga", outside=True, admin=True)
    command = {"command": "/floor", "text": "setup", "team_id": fresh.sandbox.team_id, "trigger_id": "1"}
    answer = fresh.interacts(command | {"user_id": fresh.sandbox.user_id("olga")}).json()
    assert answer["text"].startswith("I only work for the people of this workspace")


def test_where_there_is_a_manager_an_admin_asks_them(fresh: Workplace) -> None:
    begins(fresh).closes()
    fresh.sandbox.invite("otto", real_name="Otto", admin=True)
    assert fresh.asks("otto", "/floor setup").text.startswith("You are not on the roster yet")
    fresh.changes("ana", is_admin=True)
    fresh.people()
    assert "Only coordinators and managers change settings" in fresh.asks("ana", "/floor setup").text


def test_an_admin_on_the_roster_becomes_manager_where_there_is_none(fresh: Workplace) -> None:
    fresh.people(f"{PEOPLE}mia@example.com,Mia Berg,agent,Mail,,Europe/Berlin\n")
    begins(fresh).closes()
    assert "@Mia Berg · agent, manager" in fresh.asks("mia", "/floor roles").text
    lines = fresh.asks("mia", "/floor audit me").text
    assert "@Mia Berg · began to set me up, as an admin of this Slack workspace · agent → agent, manager" in lines
    fresh.people(f"{PEOPLE}mia@example.com,Mia Berg,agent,Phones,,Europe/Berlin\n")
    assert "@Mia Berg · agent, manager" in fresh.asks("mia", "/floor roles").text


def test_a_coordinator_sets_up_what_the_manager_has_left(fresh: Workplace) -> None:
    fresh.people()
    assert "Step 1 of 5" in begins(fresh, "cora").sees_modal().text


def test_channels_that_the_bot_cannot_write_to_are_named_at_their_field(fresh: Workplace) -> None:
    fresh.sandbox.channel("#secret", private=True, members=["mia"])
    mia = begins(fresh)
    mia.picks(OPS, "#secret")
    mia.picks(FLOOR, "#support")
    mia.submits()
    assert mia.sees_modal().errors == {
        OPS: "I cannot see this channel. Type /invite @Floorwalker in that channel, then send this form again."
    }
    assert mia.sees_modal().fields[FLOOR] == fresh.sandbox.channel_id("#support")
    mia.picks(OPS, None)
    onward(mia, 2)


def test_people_of_a_channel_come_once_and_by_an_import_that_can_be_undone(fresh: Workplace) -> None:
    mia = begins(fresh)
    steps_to(mia, 3)
    mia.picks(TAKE, "#support")
    onward(mia, 4)
    mia.presses("Back")
    mia.picks(TAKE, "#support")
    assert "Everybody in #support is on the roster already." in onward(mia, 4).text
    mia.closes()
    shown = fresh.asks("mia", "/floor imports")
    assert "Import 1 · people · #support" in shown.text
    mia.presses("Undo…", shown, confirm=True)
    assert mia.refreshed(shown).text.startswith("Import 1 is undone: 3 people gone again.")


def test_a_channel_that_is_out_of_sight_is_named_at_its_field(fresh: Workplace) -> None:
    fresh.sandbox.channel("#secret", private=True, members=["mia", "dev"])
    mia = begins(fresh)
    steps_to(mia, 3)
    mia.picks(TAKE, "#secret")
    mia.submits()
    assert "I cannot see this channel" in mia.sees_modal().errors[TAKE]


def test_a_coordinator_has_to_be_on_the_roster(fresh: Workplace) -> None:
    mia = begins(fresh)
    steps_to(mia, 4)
    mia.picks(NAME, ["@mia", "@ana"])
    mia.submits()
    assert "Somebody here is not on the roster yet" in mia.sees_modal().errors[NAME]
    assert "Coordinators: nobody yet" in mia.sees_modal().text
    mia.presses("Another role…")
    assert mia.sees_modal("Roles").depth == 2


@pytest.mark.parametrize(
    ("step", "name", "first"),
    [
        (3, "people.csv", "mia@example.com,Mia Berg,coordinator,,,Europe/Lisbon"),
        (5, "shifts.csv", "alex@example.com,2026-11-09,09:00,17:00,Europe/Lisbon,mail,"),
    ],
)
def test_an_example_is_sent_that_can_be_filled_in(fresh: Workplace, step: int, name: str, first: str) -> None:
    mia = begins(fresh)
    steps_to(mia, step)
    mia.presses("Send me an example")
    assert f"✓ I have sent you {name} in a direct message." in mia.sees_modal().text
    sent = mia.reads("An example", "@floorwalker")
    assert mia.downloads(name, sent).decode().splitlines()[1] == first


def test_where_slack_takes_no_file_that_is_said(fresh: Workplace) -> None:
    document = manifest()
    document["oauth_config"]["scopes"]["bot"].remove("files:write")
    fresh.sandbox.set_manifest(document)
    mia = begins(fresh)
    steps_to(mia, 3)
    mia.presses("Send me an example")
    assert "Slack does not take the file right now." in mia.sees_modal().text


def test_people_are_called_as_in_a_people_file_and_guests_stay_out(fresh: Workplace) -> None:
    fresh.sandbox.invite("gus", real_name="Gus Gast", guest=True)
    fresh.sandbox.channel("#all", members=["mia", "ana", "gus"])
    mia = begins(fresh)
    steps_to(mia, 3)
    mia.picks(TAKE, "#all")
    assert "✓ Added from #all: one person." in onward(mia, 4).text
    assert fresh.member("ana").name == "Ana Ruiz"
    assert fresh.member("mia").name == "Mia Berg"
    assert fresh.asks("gus", "/shifts", "#all").text.startswith("I only work for the people of this workspace")


def test_where_slack_takes_its_time_the_form_says_so_and_goes_on_by_itself(fresh: Workplace) -> None:
    mia = begins(fresh)
    steps_to(mia, 3)
    mia.picks(TAKE, "#support")
    fresh.hurries()
    fresh.sandbox.faults.latency(2, "users.list", times=1)
    mia.submits()
    assert mia.notices == []
    assert mia.sees_modal().text.startswith("This takes a moment. The next step comes by itself.")
    until(lambda: "✓ Added from #support: 3 people." in mia.sees_modal().text)
    assert "Step 4 of 5" in mia.sees_modal().text


@pytest.mark.parametrize("private", [True, False])
def test_what_goes_wrong_meanwhile_is_said_where_it_can_be_tried_again(fresh: Workplace, private: bool) -> None:
    fresh.sandbox.channel("#secret", private=private, members=["mia"])
    mia = begins(fresh)
    steps_to(mia, 3)
    mia.picks(TAKE, "#secret")
    fresh.hurries()
    fresh.sandbox.faults.latency(2, "conversations.info", times=1)
    if not private:
        fresh.sandbox.faults.fatal_error("users.list")
    mia.submits()
    said = "I cannot see this channel." if private else "Slack did not answer me just now"
    until(lambda: said in mia.sees_modal().text)
    assert ("Step 3 of 5" in mia.sees_modal().text) is private


def test_an_example_that_takes_its_time_is_sent_once(fresh: Workplace) -> None:
    mia = begins(fresh)
    steps_to(mia, 3)
    fresh.hurries()
    fresh.sandbox.faults.latency(2, "files.completeUploadExternal", times=1)
    mia.presses("Send me an example")
    assert "I am sending it" in mia.sees_modal().text
    until(lambda: "✓ I have sent you people.csv" in mia.sees_modal().text)
    assert len(mia.sees("@floorwalker")) == 1


def test_what_was_begun_is_done_before_the_bot_stops(fresh: Workplace) -> None:
    mia = begins(fresh)
    steps_to(mia, 3)
    fresh.hurries()
    fresh.sandbox.faults.latency(2, "files.completeUploadExternal", times=1)
    mia.presses("Send me an example")
    fresh.disconnect()
    assert len(mia.sees("@floorwalker")) == 1


def test_an_agreement_without_a_law_to_set_aside_is_named_at_the_law(fresh: Workplace) -> None:
    agreed = '{"daily_rest": {"limit": 9, "derogated": "Works council 2026"}}'
    mia = begins(fresh)
    fresh.prefers(jurisdiction="eu", rules=agreed)
    steps_to(mia, 2)
    mia.picks("Law on working time", "None (only the floor's own rules)")
    mia.submits()
    [(label, words)] = mia.sees_modal().errors.items()
    assert label == "Law on working time"
    assert words.startswith("Daily rest: no limit of the law is in force here")


def test_a_stranger_reads_on_home_how_an_admin_begins_by_the_name_that_the_command_has(
    sqlite_url: str, tmp_path: Path
) -> None:
    with opened(sqlite_url, Mode.HTTP, tmp_path, prefix="cs-") as work:
        prepare(work)
        work.person("ana").opens_home()
        assert "an admin of this workspace begins with /cs-floor setup." in work.person("ana").home().text
        mia = work.person("mia")
        mia.types("/cs-floor setup")
        assert "Step 1 of 5" in mia.sees_modal("Setup").text
