"""What is chosen in the menu of a card is the button that it stands for."""

from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltContext

from bot.actions.cases_cards import show_anew
from bot.views.menus import MORE, read_choice
from handlers.visit import Visit


def register(app: App) -> None:
    """To be called before any listener is registered, and after ``visit`` is there."""
    app.use(unfold)


def unfold(context: BoltContext, body: dict[str, Any], next_: Callable[[], Any]) -> None:
    """Puts the button in the place of the menu, so that its own listener answers it.

    The card is posted anew, because a menu of Slack's goes on showing what was chosen in it, and does not take
    the same choice twice.
    """
    visit: Visit | None = context.get("visit")
    action = (body.get("actions") or [{}])[0]
    if visit and action.get("action_id") == MORE:
        case_id, name, value = read_choice(action["selected_option"]["value"])
        action.update(type="button", action_id=name, value=value)
        show_anew(visit.deps, visit.caller, case_id)
    next_()
