"""Roles as people read and change them."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any
from uuid import UUID

from bot.domain.permissions import Grant, Role
from bot.domain.roles import Grants, PersonRoles, RolesShown
from bot.views.blocks import Block, Message, button, buttons, context, message, paragraphs, section
from bot.views.formats import escape, person, plain, shorten
from bot.views.forms import (
    MOST_OPTIONS,
    View,
    began_with,
    entered,
    field,
    modal,
    option,
    searching_select,
    several,
)

LIST = "roles.list"
CHANGE = "roles.change"
FORM = "roles.form"
PERSON = f"{FORM}.person"
ROLES = f"{FORM}.roles"
TEAMS = f"{FORM}.teams"
TITLE = "Roles"
# Lines of one page: readable in one go.
PAGE = 25
_ALL = "all"
# Characters of a name, and roles of one person in a line.
_NAME, _MOST = 80, 6

ROLE_WORDS = {
    Role.AGENT: "agent",
    Role.LEAD: "lead",
    Role.COORDINATOR: "coordinator",
    Role.MANAGER: "manager",
    Role.CONTACT: "contact of a department",
}
# Who is a department's contact says the people file, which knows the department.
_OFFERED = {
    Role.AGENT: "Agent: works shifts",
    Role.COORDINATOR: "Coordinator: runs the desk, decides, imports, changes settings",
    Role.MANAGER: "Manager: the same, and gives this role",
}
_FILE = "What the people file says of a role comes back with its next import; what is given here stays."


def role_list(shown: RolesShown, page: int) -> Message:
    """Everybody with their roles, a page at a time."""
    last = max(0, (len(shown.people) - 1) // PAGE)
    page = max(0, min(page, last))
    portion = shown.people[page * PAGE : (page + 1) * PAGE]
    lines: list[str] = []
    for team, people in groupby(portion, key=lambda each: each.team):
        lines.append(f"*{escape(shorten(team, _NAME)) if team else 'No team'}*")
        lines += [
            f"• {person(each.person)} · {grants_words(each.grants, shown.teams)}{_left(each)}" for each in people
        ]
    turns = [("Earlier", page - 1)] if page > 0 else []
    turns += [("More", page + 1)] if page < last else []
    offered = [button("Change…", f"{CHANGE}.start", "new", "Change… roles")]
    offered += [button(label, f"{LIST}.{label.lower()}", str(to)) for label, to in turns]
    place = f"{page * PAGE + 1}–{page * PAGE + len(portion)} of {len(shown.people)} · " if turns else ""
    return message(
        f"Roles of {len(shown.people)} people",
        *paragraphs(["*Who holds which role*", *lines]),
        buttons(*offered),
        context(f"{place}Only you see this."),
    )


def role_form(shown: RolesShown, chosen: PersonRoles | None, *, manager: bool) -> View:
    """The roles of one person; ``manager``: whether that role can be given, too."""
    who = searching_select(_person_option(chosen) if chosen else None, least=0)
    blocks = [field("Person", PERSON, who, tells=True, hint="Type a name.")]
    if chosen:
        blocks += _role_fields(shown, chosen, manager=manager)
    else:
        blocks.append(context("Pick a person, then you see which roles they hold."))
    whom = str(chosen.person.member_id) if chosen else ""
    return modal(TITLE, *blocks, callback_id=FORM, submit="Save", metadata=whom)


def person_options(shown: RolesShown, searched: str) -> list[Block]:
    """The people whose name or team has what was searched for."""
    wanted = searched.casefold().strip()
    every = [_person_option(each) for each in shown.people]
    return [each for each in every if wanted in each["text"]["text"].casefold()][:MOST_OPTIONS]


def read_person(view: View) -> UUID | None:
    """Who was chosen."""
    chosen = entered(view).get(PERSON)
    return UUID(chosen) if chosen else None


def read_roles(view: View) -> tuple[UUID | None, Grants, Grants]:
    """For whom the form was drawn, and the roles that were ticked there and unticked since."""
    held, wanted = _grants(began_with(view)), _grants(entered(view))
    drawn_for = view["private_metadata"]
    return UUID(drawn_for) if drawn_for else None, wanted - held, held - wanted


def error_at(view: View, words: str, name: str = ROLES) -> dict[str, str]:
    """What is wrong, at the field of this name."""
    blocks = {
        block["element"]["action_id"]: block["block_id"] for block in view["blocks"] if block["type"] == "input"
    }
    return {blocks.get(name, blocks[PERSON]): words}


def not_there() -> str:
    """The person is gone."""
    return "This person is no longer on the roster. Pick somebody else."


def may_not_give_manager() -> str:
    """Only managers make managers."""
    return "Only a manager gives or takes the role of a manager. Ask one of them."


def last_holder(role: Role) -> str:
    """Somebody has to hold it."""
    return f"There is no other {ROLE_WORDS[role]}. Make somebody else one first."


def own_role(role: Role) -> str:
    """Who took it from themselves could not give it back."""
    return f"You cannot take your own role of {ROLE_WORDS[role]} from yourself. Another {ROLE_WORDS[role]} can."


def changed(whom: PersonRoles, teams: Mapping[UUID, str], *, told: bool) -> View:
    """What holds from now on; ``told``: whether the person hears of it."""
    text = f"Saved. {person(whom.person)}: {grants_words(whom.grants, teams)}."
    unreached = whom.person.slack_id is None or whom.person.left
    hint = "They are told." if told else "They have no Slack account to be told." if unreached else ""
    return modal(TITLE, section(text), *([context(hint)] if hint else []), close="Close")


def roles_changed(grants: Iterable[Grant], teams: Mapping[UUID, str], by: str | None, prefix: str = "") -> Message:
    """What the person is told; ``prefix`` precedes the commands."""
    changed = f"<@{by}> changed your roles here." if by else "Your roles here have changed."
    text = f"{changed} You are now: {grants_words(frozenset(grants), teams)}."
    return message(text, section(text), context(f"What you can do now: type `/{prefix}floor help`"))


def grants_words(grants: Grants, teams: Mapping[UUID, str]) -> str:
    """Roles as people say them: "agent, lead of Mail"."""
    ordered = sorted(
        grants,
        key=lambda each: (list(ROLE_WORDS).index(each.role), teams.get(each.team_id, "") if each.team_id else ""),
    )
    more = [f"and {len(ordered) - _MOST} more"] if len(ordered) > _MOST else []
    return ", ".join([*(_grant_words(each, teams) for each in ordered[:_MOST]), *more]) or "no role"


def _grants(said: Mapping[str, Any]) -> Grants:
    """The roles that stand in the fields."""
    leads = [None if team == _ALL else UUID(team) for team in said.get(TEAMS) or ()]
    return frozenset(
        {Grant(Role(role)) for role in said.get(ROLES) or ()} | {Grant(Role.LEAD, team) for team in leads}
    )


def _grant_words(grant: Grant, teams: Mapping[UUID, str]) -> str:
    if grant.role is not Role.LEAD:
        return ROLE_WORDS[grant.role]
    if grant.team_id is None:
        return "lead of all teams"
    return f"lead of {escape(shorten(teams.get(grant.team_id, 'a team that is gone'), _NAME))}"


def _role_fields(shown: RolesShown, chosen: PersonRoles, *, manager: bool) -> list[Block]:
    """The fields are those of this person: with another one nothing that was ticked is kept."""
    whom = chosen.person.member_id
    held = [grant.role for grant in chosen.grants]
    offered = [
        option(words, role)
        for role, words in _OFFERED.items()
        if manager or role is not Role.MANAGER or role in held
    ]
    leads = [
        _ALL if grant.team_id is None else str(grant.team_id) for grant in chosen.grants if grant.role is Role.LEAD
    ]
    teams = [option("All teams", _ALL), *(option(plain(name), str(key)) for key, name in shown.teams.items())]
    teams.sort(key=lambda each: each["value"] not in leads)  # what is held is offered in any case
    boxes = field("Roles", ROLES, several(offered, held, kind="checkboxes"), optional=True, hint=_FILE)
    menu = field("Lead of", TEAMS, several(teams[:MOST_OPTIONS], leads), optional=True)
    return [{**boxes, "block_id": f"{ROLES}:{whom}"}, {**menu, "block_id": f"{TEAMS}:{whom}"}]


def _person_option(each: PersonRoles) -> Block:
    team = f" · {each.team}" if each.team else ""
    return option(plain(f"{each.person.name}{team}"), str(each.person.member_id))


def _left(each: PersonRoles) -> str:
    return " · has left Slack" if each.person.left else ""
