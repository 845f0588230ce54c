"""Web API: the app about itself and its workspace."""

from bot.sandbox.call import Call
from bot.sandbox.errors import SlackError
from bot.sandbox.shapes import bot_json
from bot.sandbox.state import Json
from bot.sandbox.world import World


def api_test(_world: World, call: Call) -> Json:
    """Give the arguments back; an `error` among them is what the call is refused with."""
    if call.has("error"):
        raise SlackError(call.text("error"), args=call.args)
    return {"args": call.args}


def auth_test(world: World, _call: Call) -> Json:
    """Whom the token belongs to: the bot, in the one workspace there is."""
    return {
        "url": f"https://{world.workspace.domain}.slack.com/",
        "team": world.workspace.name,
        "user": world.workspace.users[world.app.bot_user_id].name,
        "team_id": world.workspace.team_id,
        "user_id": world.app.bot_user_id,
        "bot_id": world.app.bot_id,
        "is_enterprise_install": False,
    }


def open_connection(world: World, _call: Call) -> Json:
    """An address for Socket Mode, good for one connection."""
    root = world.url.replace("http", "ws", 1)
    return {"url": f"{root}/link/?ticket={world.sockets.new_ticket()}&app_id={world.app.id}"}


def bot_info(world: World, call: Call) -> Json:
    """The app's own bot; there is no other."""
    if call.text("bot", world.app.bot_id) != world.app.bot_id:
        raise SlackError("bot_not_found")
    return {"bot": bot_json(world.app, world.workspace)}


def team_info(world: World, call: Call) -> Json:
    """The workspace of the token; there is no other."""
    if call.text("team", world.workspace.team_id) != world.workspace.team_id:
        raise SlackError("team_not_found")
    workspace = world.workspace
    return {
        "team": {
            "id": workspace.team_id,
            "name": workspace.name,
            "url": f"https://{workspace.domain}.slack.com/",
            "domain": workspace.domain,
            "email_domain": "example.com",
            "icon": {},
            "is_verified": False,
        }
    }
