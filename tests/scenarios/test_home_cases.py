"""Cases on a Home: what leads to them, for whom, and that it works from there."""

from bot.domain.cases_new import NewCase
from tests.scenarios.casework import Cases
from tests.scenarios.desks import home, opens
from tests.scenarios.swapping import Floor


def test_a_case_is_opened_and_all_are_looked_at_from_home(floor: Floor) -> None:
    Cases(floor).opens(NewCase("No refund", owner_id=floor.work.member("dev").id))
    opens(floor, "cora")
    cora = floor.work.person("cora")
    cora.presses("Aging cases", cora.home())
    assert "case" in cora.sees_modal("Aging cases").text
    cora.closes(everything=True)
    cora.presses("New case…", cora.home())
    assert cora.sees_modal().title
    opens(floor, "dev")
    shown = home(floor, "dev")
    assert "New case…" in shown.buttons
    assert "Aging cases" not in shown.buttons
    assert "My cases · 1" in shown.text
