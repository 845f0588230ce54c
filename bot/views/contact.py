"""What somebody reads who is back, and the card of the duties that others do meanwhile."""

import json
from collections.abc import Iterator, Sequence
from uuid import UUID

from bot.domain.contact import DutiesShown, Duty
from bot.domain.intervals import Interval
from bot.domain.permissions import Grant, Role
from bot.domain.wallclock import local_date
from bot.views.blocks import Block, Message, button, buttons, context, message, paragraphs, section
from bot.views.formats import Formats, escape, person, plain, shorten
from bot.views.forms import View, entered, field, modal, person_select

GIVE, FORM = "contact.give", "contact.form"
TITLE = "Give a duty"
MAY_NOT = "Coordinators and managers give duties to others. Nothing was changed."
ONLY_MANAGERS = "Only a manager makes somebody a manager. Nothing was changed."
OVER = "They are back already, or the leave is off. Nothing was changed."
UNKNOWN = "They are not on the roster. A people file puts them there."
AWAY_TOO = "They are away then, too. Pick somebody else."
HAS_IT = "They have this duty already."
_WHOM = f"{FORM}.whom"
_MOST, _LINE, _NOTIFICATION, _NAME = 25, 400, 4000, 60
_MOST_DUTIES, _MOST_NAMED = 20, 6


def back(texts: Sequence[str], next_shift: Interval | None, formats: Formats) -> Message:
    """What was kept from somebody and still waits for them; the rest is over and not worth their time."""
    lines = ["*Welcome back.* This came while you were away, and still waits for you:"]
    lines += [f"• {shorten(' '.join(text.split()), _LINE)}" for text in texts[:_MOST]]
    lines += [f"… and {len(texts) - _MOST} more."] if len(texts) > _MOST else []
    if next_shift:
        day = formats.day(local_date(next_shift.start, formats.zone))
        lines.append(f"You work next on {day}, {formats.hours(next_shift)}.")
    hint = "You answer all of it on my Home. What has settled itself meanwhile is not told."
    text = shorten("\n".join(lines), _NOTIFICATION).replace("*", "")
    return message(text, *paragraphs(lines), context(hint))


def can_be_answered(content: Message) -> bool:
    """Whether a message has anything to press, so that it still waits for somebody."""
    elements = [each for block in content.get("blocks", ()) for each in block.get("elements", ())]
    elements += [block["accessory"] for block in content.get("blocks", ()) if "accessory" in block]
    return any("action_id" in each and "url" not in each for each in elements)


def duties_card(shown: DutiesShown, formats: Formats) -> Message:
    """Which duties somebody has who is not to be contacted, and who does them meanwhile."""
    whose, when = person(shown.whose), formats.days(shown.first, shown.last, shown.first)
    if shown.is_over:
        return message(f"{whose} is there again: what others did for them is theirs again.")
    text = f"Duties of {whose}, who is away {when} and gets no messages"
    blocks = [section(f"*{text}*")]
    for duty in shown.duties[:_MOST_DUTIES]:
        blocks.append(section(f"{_duty(duty.grant.role, duty.team)}: {_done_by(duty)}"))
        blocks.append(buttons(*_give(shown, duty)))
    if more := len(shown.duties[_MOST_DUTIES:]):
        blocks.append(section(f"… and {more} more, to be found among the roles on the front desk."))
    hint = "Whoever gets a duty has it until the leave is over; then it goes back by itself."
    return message(text, *blocks, context(hint))


def give_form(request_id: UUID, grant: Grant, team: str | None, nonce: UUID) -> View:
    """Asks who is to have a duty meanwhile."""
    what = _duty(grant.role, team)
    return modal(
        TITLE,
        section(f"Who does this meanwhile: *{what}*?"),
        field("Who", _WHOM, person_select(), hint="They read that they have it, and again when it is over."),
        callback_id=FORM,
        submit="Give",
        metadata=write_value(request_id, grant) + f" {nonce}",
    )


def read_form(view: View) -> tuple[UUID, Grant, UUID, str | None]:
    """The leave, the duty, the nonce, and whose account was chosen."""
    value, _, nonce = view["private_metadata"].rpartition(" ")
    return *read_value(value), UUID(nonce), entered(view)[_WHOM]


def error(words: str) -> dict[str, str]:
    """What is wrong with who was chosen."""
    return {_WHOM: words}


def write_value(request_id: UUID, grant: Grant) -> str:
    """What the button carries."""
    team = str(grant.team_id) if grant.team_id else None
    return json.dumps({"leave": str(request_id), "role": grant.role, "team": team})


def read_value(value: str) -> tuple[UUID, Grant]:
    """The leave, and the duty."""
    said = json.loads(value)
    return UUID(said["leave"]), Grant(Role(said["role"]), UUID(said["team"]) if said["team"] else None)


def _give(shown: DutiesShown, duty: Duty) -> Iterator[Block]:
    spoken = f"Give to… {_duty(duty.grant.role, plain(shorten(duty.team or '', _NAME)))}"
    yield button("Give to…", GIVE, write_value(shown.id, duty.grant), spoken)


def _done_by(duty: Duty) -> str:
    people = [*(f"{person(each)} meanwhile" for each in duty.deputies), *map(person, duty.others)]
    more = [f"{len(people) - _MOST_NAMED} more"] if len(people) > _MOST_NAMED else []
    return ", ".join([*people[:_MOST_NAMED], *more]) or "*nobody else*"


def _duty(role: Role, team: str | None) -> str:
    match role:
        case Role.LEAD:
            return f"Lead of {escape(shorten(team, _NAME))}" if team else "Lead of every team"
        case Role.COORDINATOR:
            return "Coordinator"
    return "Manager"
