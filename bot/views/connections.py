"""``/floor connect``: what is connected, the form that signs in, and how that went."""

from collections.abc import Sequence

from bot.domain.connections import ConnectionShown, ConnectionState, Offered
from bot.views.blocks import Message, button, buttons, context, message, section
from bot.views.formats import Formats, escape, shorten
from bot.views.forms import View, confirmation, entered, field, modal, text_input

MENU = "connect"
FORM = "connect.form"
OPEN = "connect.open"
PART = "connect.part"
_ADDRESS = "address"
_GROUPS = 500
_KEPT = (
    "What you enter is checked at once, kept encrypted, and never shown again, not even to you. Slack carries it "
    "to me, so use a token that is for Floorwalker alone and can be withdrawn."
)
_ERRORS = {
    "away": "it does not answer",
    "too many requests": "it wants to be asked less often; I go on when it allows",
    "sign-in failed": "it does not let me in any more",
    "refused": "it refuses what I ask; `floorwalker sync` with `--since` has it read anew",
    "gone": "it does not know what I ask for; look whether the address is still right",
    "wrong key": "what signs in was encrypted with another key",
}


def overview(
    prefix: str, shown: Sequence[ConnectionShown], offered: Sequence[Offered], formats: Formats
) -> Message:
    """Every helpdesk that is connected, and those that could be."""
    text = "*Helpdesks* · cases are mirrored from there, and what is decided here is written there"
    blocks = [section(text)]
    there = {each.kind for each in shown}
    for each in shown:
        blocks.append(section(_line(each, formats)))
        again = button("Sign in again", f"{OPEN}.{each.kind}", each.kind, f"Sign in to {each.name} again")
        part = button("Disconnect", f"{PART}.{each.kind}", each.kind, f"Disconnect {each.name}")
        part["confirm"] = confirmation(
            f"Disconnect {each.name}?",
            "Its cases stay here as they are. What waits to be written there is dropped.",
            "Disconnect",
        )
        blocks.append(buttons(again, part))
    rest = (each for each in offered if each.kind not in there)
    new = [button(f"Connect {each.name}", f"{OPEN}.{each.kind}", each.kind) for each in rest]
    if new:
        blocks.append(buttons(*new))
    more = (
        "More of the past is read on the machine that I run on, by `floorwalker sync zendesk --since …`. "
        f"`/{prefix}floor health` shows how it goes."
    )
    return message("Helpdesks", *blocks, context(more))


def connect_form(provider: Offered, address: str = "") -> View:
    """What signing in takes; nothing that was entered before stands in it."""
    hint = f"Such as acme.{provider.domain}"
    return modal(
        f"Connect {provider.name}",
        context(_KEPT),
        field("Address", _ADDRESS, text_input(address), hint=hint),
        *(field(each.label, each.name, text_input(longest=500), hint=each.hint) for each in provider.blanks),
        callback_id=FORM,
        submit="Check and connect",
        metadata=provider.kind,
    )


def read_form(view: View) -> tuple[str, str, dict[str, str]]:
    """The kind, the address, and what signs in."""
    values = {name: value or "" for name, value in entered(view).items()}
    return view["private_metadata"], values.pop(_ADDRESS), values


def checking(name: str) -> Message:
    """It takes its time."""
    return message(f"I am signing in to {name}. How it went follows here.")


def connected(name: str, host: str, who: str) -> Message:
    """It is good."""
    text = (
        f"{name} is connected: {escape(host)}, as {escape(who)}. I read what changed there in the last 14 days, "
        "and from now on every minute."
    )
    return message(text, section(text))


def bad_address(provider: Offered) -> dict[str, str]:
    """What is wrong, at its field."""
    return {_ADDRESS: f"Enter the account's own address, such as acme.{provider.domain}."}


def sign_in_failed(provider: Offered) -> Message:
    """The provider does not take it."""
    text = (
        f"{provider.name} does not let me in with that, or whoever it belongs to may not read all cases. "
        f"{provider.blanks[-1].hint} Nothing was kept."
    )
    return _failed(provider, text)


def away(provider: Offered) -> Message:
    """It could not be asked."""
    return _failed(provider, f"{provider.name} does not answer at that address. Nothing was kept; try again.")


def other_account(provider: Offered, host: str) -> Message:
    """The numbers of two accounts would mix."""
    text = (
        f"Cases of {host} are here, and their numbers would mix with those of another {provider.name} account. "
        f"Nothing was kept; enter {host} to go on with that one."
    )
    return _failed(provider, text)


def no_key(prefix: str) -> Message:
    """There is nothing to encrypt with."""
    text = (
        "I have no key to keep secrets with. Whoever runs me sets FLOORWALKER_SECRET_KEY to what "
        "`openssl rand -base64 32` prints, and starts me again."
    )
    return message(text, section(text), context(f"Then `/{prefix}floor connect` once more."))


def parted(name: str) -> Message:
    """It is not connected any more."""
    text = f"{name} is disconnected, and what signed in there is forgotten. Its cases stay here."
    return message(text, section(text))


def not_connected(prefix: str) -> Message:
    """Somebody was quicker."""
    text = f"That is not connected any more. `/{prefix}floor connect` shows what is."
    return message(text, section(text))


def signed_out(prefix: str, name: str) -> Message:
    """To the coordinators: nothing is read or written until somebody does something."""
    text = (
        f"*{name} does not let me in any more.* Its cases here stay as they were, and what you decide about them "
        f"waits to be written. Make a new token there, then sign in: `/{prefix}floor connect`."
    )
    return message(f"{name} does not let me in any more.", section(text))


def _failed(provider: Offered, text: str) -> Message:
    again = button("Try again", f"{OPEN}.{provider.kind}", provider.kind)
    return message(text, section(escape(text)), buttons(again))


def _line(shown: ConnectionShown, formats: Formats) -> str:
    if shown.error:
        how = f"⚠ {_ERRORS.get(shown.error, shown.error)}"
    elif shown.read_at:
        how = f"read up to {formats.moment(shown.read_at)}"
    else:
        how = "being read for the first time"
    if shown.state is ConnectionState.SIGN_IN_FAILED:
        how += ". Sign in again"
    said = [f"*{escape(shown.name)}* · {escape(shown.address)} · {how}"]
    if shown.waiting:
        said.append(f"{shown.waiting} to be written there")
    if shown.conflicts:
        said.append(f"{shown.conflicts} in conflict, to be decided by whoever asked")
    line = " · ".join(said)
    if shown.unknown_groups:
        groups = escape(shorten(", ".join(shown.unknown_groups), _GROUPS))
        line += (
            f"\nGroups without a queue of that name here: {groups}. "
            "Their cases are in no queue, or where a routing rule puts them."
        )
    return line
