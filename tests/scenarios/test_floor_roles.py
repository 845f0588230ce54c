"""Who holds which role: given and taken in Slack, told to the person, and kept by the next import."""

import pytest

from bot.app import build_cards, build_sender
from bot.sandbox import Modal
from jobs.outbox_turn import Times
from tests.workplace import PEOPLE, Workplace

MIA = "mia@example.com,Mia Berg,manager,,,Europe/Berlin\n"
AGENT = "Agent: works shifts"
COORDINATOR = "Coordinator: runs the desk, decides, imports, changes settings"
MANAGER = "Manager: the same, and gives this role"


@pytest.fixture
def desk(work: Workplace) -> Workplace:
    """Monday noon, with a coordinator and a manager."""
    prepare(work)
    return work


def prepare(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.sandbox.invite("mia", real_name="Mia Berg", tz="Europe/Berlin")
    work.people(PEOPLE + MIA)


def opens(work: Workplace, name: str, person: str) -> Modal:
    """The form about a person."""
    who = work.person(name)
    who.presses("Change…", work.asks(name, "/floor roles"))
    who.sees_modal("Roles")
    who.picks("Person", person)
    return who.sees_modal("Roles")


def saves(work: Workplace, name: str, roles: list[str], leads: list[str]) -> Modal:
    """What stands there after the form was sent."""
    who = work.person(name)
    who.picks("Roles", roles)
    who.picks("Lead of", leads)
    who.submits()
    return who.sees_modal("Roles")


def listed(work: Workplace, name: str) -> str:
    """What the list says of a person."""
    lines = work.asks("cora", "/floor roles").text.splitlines()
    return next(line.removeprefix("• ") for line in lines if f"@{name}" in line)


def test_everybody_is_listed_by_team_with_their_roles(everywhere: Workplace) -> None:
    prepare(everywhere)
    assert everywhere.asks("cora", "/floor roles").text.splitlines() == [
        "Who holds which role",
        "Mail",
        "• @Ana Ruiz · agent",
        "• @Ben Okafor · agent",
        "Phones",
        "• @Cleo Hart · lead of Phones",
        "• @Dev Rao · agent",
        "No team",
        "• @Carl Holm · contact of a department",
        "• @Cora Lind · coordinator",
        "• @Mia Berg · manager",
        "Only you see this.",
    ]


def test_a_role_is_given_told_audited_and_works_at_once(everywhere: Workplace) -> None:
    prepare(everywhere)
    sender = build_sender(everywhere.deps, build_cards(everywhere.deps), Times(pace=0, poll=0.02))
    sender.start()
    try:
        form = opens(everywhere, "cora", "Ana Ruiz · Mail")
        assert (form.fields["Roles"], form.fields["Lead of"]) == ([AGENT], [])
        said = saves(everywhere, "cora", [AGENT, COORDINATOR], ["Mail"]).text
        assert said.splitlines() == ["Saved. @Ana Ruiz: agent, lead of Mail, coordinator.", "They are told."]
        everywhere.person("cora").closes()
        told = everywhere.person("ana").reads("changed your roles here", "@floorwalker").text
    finally:
        sender.close()
    assert told.startswith("@Cora Lind changed your roles here. You are now: agent, lead of Mail, coordinator.")
    assert listed(everywhere, "Ana") == "@Ana Ruiz · agent, lead of Mail, coordinator"
    assert everywhere.asks("ana", "/floor roles").text.startswith("Who holds which role")
    assert (
        "@Cora Lind · changed the role of @Ana Ruiz · agent → agent, coordinator, lead of Mail"
        in everywhere.asks("ana", "/floor audit me").text
    )


def test_what_was_given_here_survives_the_next_file_and_what_the_file_says_counts(desk: Workplace) -> None:
    opens(desk, "cora", "Ana Ruiz · Mail")
    saves(desk, "cora", [AGENT, COORDINATOR], [])
    desk.person("cora").closes()
    desk.people(PEOPLE.replace("Ana Ruiz,agent,Mail", "Ana Ruiz,agent,Phones") + MIA)
    assert listed(desk, "Ana") == "@Ana Ruiz · agent, coordinator"
    desk.people(PEOPLE.replace("Ana Ruiz,agent", "Ana Ruiz,coordinator") + MIA)
    assert listed(desk, "Ana") == "@Ana Ruiz · coordinator"


def test_a_person_is_found_by_name_or_team_and_another_one_has_their_own_roles(desk: Workplace) -> None:
    opens(desk, "mia", "Ana Ruiz · Mail")
    mia = desk.person("mia")
    assert mia.searches("Person", "phones") == ["Cleo Hart · Phones", "Dev Rao · Phones"]
    mia.picks("Roles", [AGENT, COORDINATOR])
    mia.picks("Person", "Cleo Hart · Phones")
    fields = mia.sees_modal().fields
    assert (fields["Roles"], fields["Lead of"]) == ([], ["Phones"])


def test_a_coordinator_is_offered_no_manager_and_takes_none_away(desk: Workplace) -> None:
    opens(desk, "cora", "Ana Ruiz · Mail")
    cora = desk.person("cora")
    boxes = next(block for block in cora.sees_modal().blocks if block.get("label", {}).get("text") == "Roles")
    assert [each["text"]["text"] for each in boxes["element"]["options"]] == [AGENT, COORDINATOR]
    cora.picks("Person", "Mia Berg")
    errors = saves(desk, "cora", [COORDINATOR], []).errors
    assert errors == {"Roles": "Only a manager gives or takes the role of a manager. Ask one of them."}
    cora.closes()
    assert listed(desk, "Mia") == "@Mia Berg · manager"


def test_a_manager_makes_managers(desk: Workplace) -> None:
    opens(desk, "mia", "Ana Ruiz · Mail")
    saves(desk, "mia", [MANAGER], [])
    desk.person("mia").closes()
    assert listed(desk, "Ana") == "@Ana Ruiz · manager"


def test_the_last_of_a_kind_and_ones_own_role_stay(desk: Workplace) -> None:
    opens(desk, "mia", "Cora Lind")
    assert saves(desk, "mia", [AGENT], []).errors == {
        "Roles": "There is no other coordinator. Make somebody else one first."
    }
    desk.person("mia").picks("Person", "Mia Berg")
    assert saves(desk, "mia", [COORDINATOR], []).errors == {
        "Roles": "There is no other manager. Make somebody else one first."
    }
    desk.person("mia").picks("Person", "Ana Ruiz · Mail")
    saves(desk, "mia", [COORDINATOR], [])
    desk.person("mia").closes()
    opens(desk, "cora", "Cora Lind")
    assert saves(desk, "cora", [], []).errors == {
        "Roles": "You cannot take your own role of coordinator from yourself. Another coordinator can."
    }
    assert listed(desk, "Cora") == "@Cora Lind · coordinator"


def test_a_contact_stays_one_whatever_else_they_become(desk: Workplace) -> None:
    opens(desk, "cora", "Carl Holm")
    saves(desk, "cora", [AGENT], [])
    desk.person("cora").closes()
    assert listed(desk, "Carl") == "@Carl Holm · agent, contact of a department"


def test_a_form_without_a_person_says_what_is_missing(desk: Workplace) -> None:
    cora = desk.person("cora")
    cora.presses("Change…", desk.asks("cora", "/floor roles"))
    cora.submits()
    assert list(cora.sees_modal().errors) == ["Person"]


def test_many_people_are_listed_a_page_at_a_time(desk: Workplace) -> None:
    desk.people(PEOPLE + "".join(f"p{n}@example.com,Person {n:03},agent,Mail,,UTC\n" for n in range(60)))
    page = desk.asks("cora", "/floor roles")
    seen = page.text
    assert "1–25 of 67" in page.text
    while "More" in page.buttons:
        page = desk.presses("cora", "More", page)
        seen += page.text
    assert all(f"Person {n:03}" in seen for n in range(60))
    assert "Earlier" in page.buttons


def test_who_runs_no_desk_sees_no_list(desk: Workplace) -> None:
    for name in ("ana", "cleo", "carl"):
        assert "Only coordinators and managers see and change" in desk.asks(name, "/floor roles").text


def test_what_somebody_else_gives_meanwhile_stays(desk: Workplace) -> None:
    opens(desk, "cora", "Ana Ruiz · Mail")
    opens(desk, "mia", "Ana Ruiz · Mail")
    saves(desk, "mia", [AGENT, MANAGER], [])
    assert saves(desk, "cora", [AGENT, COORDINATOR], ["Mail"]).errors == {}
    desk.person("cora").closes()
    assert listed(desk, "Ana") == "@Ana Ruiz · agent, lead of Mail, coordinator, manager"


def test_who_changes_nothing_or_themselves_is_not_said_to_be_told(desk: Workplace) -> None:
    for name, roles in (("Ana Ruiz · Mail", [AGENT]), ("Cora Lind", [AGENT, COORDINATOR])):
        opens(desk, "cora", name)
        assert "told" not in saves(desk, "cora", roles, []).text
        desk.person("cora").closes()
    assert listed(desk, "Cora") == "@Cora Lind · agent, coordinator"
