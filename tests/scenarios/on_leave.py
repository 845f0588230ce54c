"""Leave that is approved, however it came to that."""

from datetime import date
from uuid import UUID

from bot.actions.people import recognise
from bot.actions.timeoff_ask import Asked, ask
from bot.actions.timeoff_decide import approve
from bot.domain.timeoff_asked import Wish
from bot.domain.when import When
from tests.scenarios.swapping import Floor


def goes_on_leave(floor: Floor, name: str, kind: str, first: str, last: str) -> UUID:
    """Somebody asks for leave, and Cora approves it; the request."""
    deps, team_id = floor.work.deps, floor.work.sandbox.team_id
    asker, cora = (recognise(deps, team_id, floor.work.sandbox.user_id(each)) for each in (name, "cora"))
    wish = Wish(kind, When(date.fromisoformat(first), date.fromisoformat(last)))
    request_id = ask(deps, asker, Asked(deps.new_id(), wish))
    approve(deps, cora, request_id)
    floor.settles()
    return request_id
