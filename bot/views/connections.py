"""``/floor connect``: what is connected, the form that signs in, and how that went."""

from collections.abc import Sequence

from bot.domain.connections import ConnectionShown, ConnectionState, Mirrors, Offered
from bot.views.blocks import Block, Message, button, buttons, context, message, section
from bot.views.formats import Formats, escape, shorten
from bot.views.forms import View, confirmation, entered, field, modal, text_input

MENU = "connect"
FORM = "connect.form"
OPEN = "connect.open"
PART = "connect.part"
_ADDRESS = "address"
_GROUPS = 500
_HEADINGS = {
    Mirrors.CASES: "*Helpdesks* · cases are mirrored from there, and what is decided here is written there",
    Mirrors.ARTICLES: "*Knowledge bases* · pages are mirrored from there as articles, and are edited there only",
}
_KEPT = (
    "What you enter is checked at once, kept encrypted, and never shown again, not even to you. Slack carries it "
    "to me, so use a token that is for Floorwalker alone and can be withdrawn."
)
# What to look at where somebody is let in nowhere, or sees nothing.
_CHECK = {
    "confluence": (
        "Check the token, and that whoever it belongs to sees each of the spaces. A key is what stands behind "
        "/spaces/ in the address of a space, such as SUP."
    ),
    "notion": (
        "Check the secret, and that the integration is added to the pages: in Notion, open the topmost of them, "
        "then ••• and Connections. What is below a page comes with it."
    ),
}
_NO_PAGES = "it shows me none of its pages any more; I archive nothing before it shows some again"
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
    """Every tool that is connected, and those that could be."""
    blocks, there = list[Block](), {each.kind for each in shown}
    for mirrors, text in _HEADINGS.items():
        blocks.append(section(text))
        for each in shown:
            if each.mirrors is mirrors:
                blocks += [section(_line(each, formats)), _buttons(each)]
        rest = (each for each in offered if each.mirrors is mirrors and each.kind not in there)
        new = [button(f"Connect {each.name}", f"{OPEN}.{each.kind}", each.kind) for each in rest]
        if new:
            blocks.append(buttons(*new))
    more = (
        "More of the past is read on the machine that I run on, by `floorwalker sync zendesk --since …`. "
        f"`/{prefix}floor health` shows how it goes."
    )
    return message("Helpdesks and knowledge bases", *blocks, context(more))


def _buttons(shown: ConnectionShown) -> Block:
    again = button("Sign in again", f"{OPEN}.{shown.kind}", shown.kind, f"Sign in to {shown.name} again")
    part = button("Disconnect", f"{PART}.{shown.kind}", shown.kind, f"Disconnect {shown.name}")
    stays = {
        Mirrors.CASES: "Its cases stay here as they are. What waits to be written there is dropped.",
        Mirrors.ARTICLES: "Its articles stay here as they were read last, and are edited here from then on.",
    }
    part["confirm"] = confirmation(f"Disconnect {shown.name}?", stays[shown.mirrors], "Disconnect")
    return buttons(again, part)


def connect_form(provider: Offered, address: str = "") -> View:
    """What signing in takes; nothing that was entered before stands in it."""
    hint = "Where everybody's pages are." if provider.anywhere else f"Such as acme.{provider.domain}"
    known = address or (provider.domain if provider.anywhere else "")
    return modal(
        f"Connect {provider.name}",
        context(_KEPT),
        field("Address", _ADDRESS, text_input(known), hint=hint),
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


def connected(of: Offered, host: str, who: str) -> Message:
    """It is good."""
    reads = {
        Mirrors.CASES: "I read what changed there in the last 14 days, and from now on every minute.",
        Mirrors.ARTICLES: "I read all pages there, and from now on every ten minutes what changed.",
    }
    text = f"{of.name} is connected: {escape(host)}, as {escape(who)}. {reads[of.mirrors]}"
    return message(text, section(text))


def bad_address(provider: Offered) -> dict[str, str]:
    """What is wrong, at its field."""
    return {_ADDRESS: f"Enter the account's own address, such as acme.{provider.domain}."}


def sign_in_failed(provider: Offered) -> Message:
    """The provider does not take it."""
    if provider.mirrors is Mirrors.ARTICLES:
        why = f"or does not show me the pages. {_CHECK[provider.kind]}"
    else:
        why = f"or whoever it belongs to may not read all cases. {provider.blanks[-1].hint}"
    return _failed(provider, f"{provider.name} does not let me in with that, {why} Nothing was kept.")


def away(provider: Offered) -> Message:
    """It could not be asked."""
    return _failed(provider, f"{provider.name} does not answer at that address. Nothing was kept; try again.")


def other_account(provider: Offered, host: str) -> Message:
    """The numbers of two accounts would mix."""
    text = (
        f"{provider.mirrors.value.capitalize()} of {host} are here, and their numbers would mix with those of "
        f"another {provider.name} account. "
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
    text = f"{name} is disconnected, and what signed in there is forgotten. What was read of it stays here."
    return message(text, section(text))


def not_connected(prefix: str) -> Message:
    """Somebody was quicker."""
    text = f"That is not connected any more. `/{prefix}floor connect` shows what is."
    return message(text, section(text))


def signed_out(prefix: str, name: str, mirrors: Mirrors) -> Message:
    """To the coordinators: nothing is read or written until somebody does something."""
    meanwhile = {
        Mirrors.CASES: "Its cases here stay as they were, and what you decide about them waits to be written.",
        Mirrors.ARTICLES: "Its articles here stay as they were, and follow no change.",
    }
    text = (
        f"*{name} does not let me in any more.* {meanwhile[mirrors]} "
        f"Make a new token there, then sign in: `/{prefix}floor connect`."
    )
    return message(f"{name} does not let me in any more.", section(text))


def _failed(provider: Offered, text: str) -> Message:
    again = button("Try again", f"{OPEN}.{provider.kind}", provider.kind)
    return message(text, section(escape(text)), buttons(again))


def _line(shown: ConnectionShown, formats: Formats) -> str:
    if shown.error:
        nothing = shown.error == "gone" and shown.mirrors is Mirrors.ARTICLES
        how = f"⚠ {_NO_PAGES if nothing else _ERRORS.get(shown.error, shown.error)}"
    elif shown.read_at:
        how = f"read up to {formats.moment(shown.read_at)}"
    else:
        how = "being read for the first time"
    if shown.state is ConnectionState.SIGN_IN_FAILED:
        how += ". Sign in again"
    said = [f"*{escape(shown.name)}* · {escape(shown.address)} · {how}"]
    if shown.mirrored:
        said.append(f"{shown.mirrored} {'article' if shown.mirrored == 1 else 'articles'}")
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
