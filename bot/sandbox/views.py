"""Web API: views.*, and the stack of modals that each person has open."""

from bot.sandbox.blocks import check_view, complete
from bot.sandbox.call import Call
from bot.sandbox.content import refuse
from bot.sandbox.elements import surviving
from bot.sandbox.errors import SlackError
from bot.sandbox.shapes import view_json
from bot.sandbox.state import Json, View
from bot.sandbox.world import World

MOST_VIEWS = 3


def open_view(world: World, call: Call) -> Json:
    """Open a modal before the trigger's person, in place of whatever they had open."""
    content = checked(world, call.args["view"], "modal")
    trigger = world.triggers.check(call.text("trigger_id"))
    trigger.exchanged = True
    world.workspace.modals[trigger.user] = []
    return _answer(world, push_view(world, trigger.user, content))


def push(world: World, call: Call) -> Json:
    """Put a modal on top of those that are open; the trigger must come from one of them."""
    content = checked(world, call.args["view"], "modal")
    trigger = world.triggers.check(call.text("trigger_id"))
    stack = world.workspace.modals.get(trigger.user, [])
    if not stack or not trigger.from_modal:
        raise SlackError("not_found")
    if len(stack) >= MOST_VIEWS:
        raise SlackError("push_limit_reached")
    trigger.exchanged = True
    return _answer(world, push_view(world, trigger.user, content))


def update(world: World, call: Call) -> Json:
    """Replace an open modal or a published Home, found by `view_id` or `external_id`."""
    ref = call.text("view_id") or call.text("external_id")
    view = world.workspace.view(ref) if ref else None
    if view is None:
        raise SlackError("not_found")
    content = checked(world, call.args["view"], view.content["type"], replacing=view)
    _check_hash(view, call)
    change(world, view, content)
    return _answer(world, view)


def publish(world: World, call: Call) -> Json:
    """Set one person's Home; `hash` is compared only if they had one."""
    if not world.app.home_tab:
        raise SlackError("not_enabled")
    user = call.text("user_id")
    if user not in world.workspace.users:
        raise SlackError("invalid_arguments", ("[ERROR] invalid `user_id` [json-pointer:/user_id]",))
    home = world.workspace.homes.get(user)
    content = checked(world, call.args["view"], "home", replacing=home)
    if home is None:
        home = world.workspace.homes[user] = _new(world, user, content)
        world.workspace.feed.publish("home", user=user)
    else:
        _check_hash(home, call)
        change(world, home, content)
    return _answer(world, home)


def checked(world: World, content: Json, kind: str, *, replacing: View | None = None) -> Json:
    """A view's content as Slack stores it. Raises SlackError."""
    refuse(check_view(content))
    if content["type"] != kind:
        message = f"[ERROR] expected view type: {kind} [json-pointer:/view/type]"
        raise SlackError("invalid_arguments", (message,))
    external_id = content.get("external_id")
    taken = world.workspace.view(external_id) if external_id else None
    if taken is not None and taken is not replacing:
        raise SlackError("duplicate_external_id")
    stored = {**content, "blocks": complete(content["blocks"])}
    if kind == "modal":
        stored["close"] = content.get("close") or {"type": "plain_text", "text": "Cancel", "emoji": True}
    return stored


def push_view(world: World, user: str, content: Json) -> View:
    """Put a modal on top of what a person has open."""
    stack = world.workspace.modals.setdefault(user, [])
    view = _new(world, user, content)
    if stack:
        view.previous_id, view.root_id = stack[-1].id, stack[0].id
    stack.append(view)
    world.workspace.feed.publish("modal", user=user)
    return view


def change(world: World, view: View, content: Json) -> None:
    """Replace a view's content; what was typed survives where block_id and action_id stay."""
    view.typed = surviving(view.typed, view.blocks, content["blocks"])
    view.content = content
    view.hash = world.workspace.new_hash()
    view.errors, view.notice = {}, ""
    world.workspace.feed.publish("modal" if content["type"] == "modal" else "home", user=view.user)


def _new(world: World, user: str, content: Json) -> View:
    view_id = world.workspace.new_id("V")
    return View(view_id, user, content, world.workspace.new_hash(), root_id=view_id)


def _check_hash(view: View, call: Call) -> None:
    if call.has("hash") and call.text("hash") != view.hash:
        raise SlackError("hash_conflict")


def _answer(world: World, view: View) -> Json:
    return {"view": view_json(view, world.workspace, world.app)}
