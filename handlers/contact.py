"""The duties of who is not to be contacted: the button on their card, and the form that gives one to somebody."""

from slack_bolt import Ack, App

from bot.actions.contact_duties import AwayToo, HasItAlready, NotAway, give_duty, team_name
from bot.actions.people import UnknownPerson
from bot.domain.permissions import Deed, NotPermitted
from bot.views import contact as views
from bot.views.blocks import message
from bot.views.forms import MISSING
from handlers.visit import Visit, shown

_WORDS = {UnknownPerson: views.UNKNOWN, AwayToo: views.AWAY_TOO, HasItAlready: views.HAS_IT}


def register(app: App) -> None:
    """The button, and the form."""
    app.action(views.GIVE)(ask_whom)
    app.view(views.FORM)(submit_duty)


def ask_whom(ack: Ack, visit: Visit) -> None:
    """Opens the form, for who gives roles."""
    if visit.caller.actor.may(Deed.CHANGE_ROLES):
        request_id, duty = views.read_value(visit.value)
        team = team_name(visit.deps, visit.caller, duty)
        visit.opens(views.give_form(request_id, duty, team, visit.deps.new_id()))
    else:
        visit.reply(message(views.MAY_NOT))
    ack()


def submit_duty(ack: Ack, visit: Visit) -> None:
    """Gives it to who was chosen, or says what is in the way."""
    request_id, duty, nonce, whom = views.read_form(visit.view)
    if whom is None:
        ack(response_action="errors", errors=views.error(MISSING))
        return
    try:
        give_duty(visit.deps, visit.caller, request_id, duty, whom, nonce)
    except (UnknownPerson, AwayToo, HasItAlready) as refusal:
        ack(response_action="errors", errors=views.error(_WORDS[type(refusal)]))
    except (NotPermitted, NotAway) as refusal:
        words = views.OVER if isinstance(refusal, NotAway) else views.ONLY_MANAGERS
        ack(response_action="update", view=shown(message(words), views.TITLE))
    else:
        ack()
