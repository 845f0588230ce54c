"""Coordinators say which work somebody is not given and when they can work; the others read “not possible”."""

import pytest
from sqlalchemy import select

from bot.sandbox import Modal
from storage.tables import Audit
from tests.scenarios.swapping import Floor
from tests.workplace import Workplace

LEFT_OUT, ONLY = "Work that is left out", "Can work only"
SHIFT = "ana@example.com,2026-11-06,09:00,17:00,Europe/Berlin,mail"


@pytest.fixture
def desk(work: Workplace) -> Workplace:
    """Monday noon, with a roster and a shift."""
    prepare(work)
    return work


def prepare(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    work.shifts(SHIFT)


def opens(work: Workplace, name: str = "cora") -> Modal:
    """Ana's limits."""
    work.person(name).types("/floor limits @ana")
    return work.person(name).sees_modal("Limits")


def limits(work: Workplace, names: list[str] | None = None, only: str | None = None) -> Modal:
    """What Cora reads after she said what Ana is not to be given, and when she can work."""
    opens(work)
    cora = work.person("cora")
    if names is not None:
        cora.picks(LEFT_OUT, names)
    if only is not None:
        cora.fills(ONLY, only)
    cora.submits()
    return cora.sees_modal("Limits")


def stored(work: Workplace) -> tuple[list[str], object]:
    ana = work.member("ana")
    return ana.limits, ana.availability


def test_limits_are_chosen_said_back_and_stand_in_the_form_again(everywhere: Workplace) -> None:
    prepare(everywhere)
    first = opens(everywhere)
    assert (first.fields[LEFT_OUT], first.fields[ONLY]) == ([], None)
    assert "Do not say why: it is nobody's business and is not stored." in first.text
    everywhere.person("cora").closes()
    said = limits(everywhere, ["no mail", "no nights"], "mon-fri 8-18\nsat 9-13").text
    assert "• Not to be given: no mail, no nights" in said
    assert "• Can work only Mon–Fri 08:00–18:00; Sat 09:00–13:00" in said
    everywhere.person("cora").closes()
    again = opens(everywhere)
    assert sorted(again.fields[LEFT_OUT]) == ["no mail", "no nights"]
    assert again.fields[ONLY] == "Mon–Fri 08:00–18:00\nSat 09:00–13:00"
    everywhere.person("cora").closes()
    assert "can be given any work, at any time." in limits(everywhere, [], "").text
    assert stored(everywhere) == ([], None)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("mon-fri 8-18\nfridays", "I do not understand “fridays”. Write weekdays and hours"),
        ("mon-fri 6-2", "“mon-fri 6-2” may mean 18:00–02:00 or 06:00–14:00."),
        ("mon 8-9\n" * 21, "These are more than 20 lines."),
    ],
)
def test_a_line_that_makes_no_sense_is_said_at_its_field_and_nothing_is_lost(
    desk: Workplace, typed: str, error: str
) -> None:
    modal = limits(desk, ["no nights"], typed)
    assert list(modal.errors) == [ONLY]
    assert error in modal.errors[ONLY]
    assert (modal.fields[LEFT_OUT], modal.fields[ONLY]) == (["no nights"], typed)
    assert stored(desk) == ([], None)


def test_what_another_coordinator_changed_meanwhile_stays(desk: Workplace) -> None:
    opens(desk)
    desk.people("email,name,limits\nana@example.com,Ana Ruiz,no weekends\n")
    cora = desk.person("cora")
    cora.picks(LEFT_OUT, ["no nights"])
    cora.submits()
    assert "• Not to be given: no nights, no weekends" in cora.sees_modal("Limits").text


def test_the_person_reads_their_own_limits_and_nobody_is_named_who_is_not_there(desk: Workplace) -> None:
    limits(desk, ["no nights"], "weekend")
    desk.person("ana").types("/floor me")
    said = desk.person("ana").sees_modal("My settings").text
    assert "• Not to be given: no nights\n• Can work only Sat–Sun all day" in said
    desk.sandbox.invite("zoe", real_name="Zoe Quinn")
    assert "@Zoe Quinn is not on the roster" in desk.asks("cora", "/floor limits @zoe").text
    assert "I cannot tell who “@nobody” is." in desk.asks("cora", "/floor limits @nobody").text
    assert "Name one person" in desk.asks("cora", "/floor limits @ana @ben").text


def test_whose_limits_are_wanted_can_be_chosen_from_a_menu(desk: Workplace) -> None:
    cora = desk.person("cora")
    asked = desk.asks("cora", "/floor limits")
    cora.chooses("Whose limits do you want to see or change?", "@ana", asked)
    assert "@Ana Ruiz cannot be given what is left out here" in cora.sees_modal("Limits").text
    cora.closes()
    assert "Limits" in desk.asks("cora", "/floor").buttons
    assert "/floor limits @person – which work" in desk.asks("cora", "/floor help limits").text


@pytest.mark.parametrize("name", ["ana", "cleo", "carl"])
def test_nobody_but_the_desk_sees_or_changes_limits(desk: Workplace, name: str) -> None:
    said = desk.asks(name, "/floor limits @ana").text
    assert "Only coordinators and managers see and change which work somebody is not given." in said
    assert "Limits" not in desk.asks(name, "/floor").buttons
    assert desk.person(name).modal is None


def test_which_limits_are_audited_and_a_lead_reads_only_that_something_changed(desk: Workplace) -> None:
    desk.people("email,name,role,team\ndev@example.com,Dev Rao,lead,Mail\n")
    limits(desk, ["no nights"], "mon-fri 8-18")
    desk.person("cora").closes()
    changed = "changed which work @Ana Ruiz is not given"
    values = "left out: none → no nights; can work: at any time → Mon–Fri 08:00–18:00"
    for name, seen in {"cora": f"{changed} · {values}", "ana": f"{changed} · {values}", "dev": changed}.items():
        read = desk.asks(name, f"/floor audit {'me' if name == 'ana' else '@ana'}").text.splitlines()
        [line] = [each for each in read if changed in each]
        assert line.endswith(seen)
        assert any("looked at which work @Ana Ruiz is not given" in each for each in read)
    for text in ("/floor audit", "/floor audit @ana"):
        assert "nights" not in desk.asks("dev", text).text


def test_the_same_limits_again_are_no_change_and_a_look_within_the_hour_is_noted_once(desk: Workplace) -> None:
    for _ in range(2):
        limits(desk, ["no nights"], "mon-fri 8-18")
        desk.person("cora").closes()
    with desk.deps.sessions.read(desk.sandbox.team_id) as session:
        rows = session.scalars(select(Audit.action).where(Audit.workspace_id == session.workspace_id))
        assert sorted(action for action in rows if action.startswith("limits.")) == [
            "limits.change",
            "limits.read",
        ]


def test_a_swap_obeys_at_once_and_only_approvers_read_why(floor: Floor) -> None:
    floor.proposes()
    cora = floor.work.person("cora")
    cora.types("/floor limits @ana")
    cora.picks(LEFT_OUT, ["no weekends"])
    cora.submits()
    floor.taps("ben", "Accept")
    assert "Not possible with @Ana Ruiz." in floor.only_to("ben")
    assert floor.states() == ["open"]

    cora.closes()
    cora.types("/floor limits @ana")
    cora.picks(LEFT_OUT, [])
    cora.fills(ONLY, "mon-fri 8-18")
    cora.submits()
    floor.presses("ben", "Accept")
    card = floor.card("cora", "#ops")
    assert "@Ana Ruiz: is not available" in card.text
    assert card.buttons == ["Approve anyway…", "Decline…"]
    assert "available" not in floor.card("ben").text
