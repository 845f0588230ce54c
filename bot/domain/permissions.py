"""Who may do what: one table, asked by every action, whatever the surface."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from uuid import UUID


class Role(StrEnum):
    """What somebody is on the floor. The last three have no row on the roster."""

    AGENT = "agent"
    LEAD = "lead"
    COORDINATOR = "coordinator"
    MANAGER = "manager"
    CONTACT = "contact"  # of a department outside support
    OPERATOR = "operator"  # whoever runs the command line on the machine
    SLACK = "slack"  # Slack itself, telling that a person has changed
    CLOCK = "clock"  # the time of something is over


class Deed(StrEnum):
    """What can be done."""

    SEE_SHIFTS = "see shifts"
    SEE_FLOOR = "see who is on"
    IMPORT_SCHEDULE = "import people and shifts"
    UNDO_IMPORT = "undo an import"
    EDIT_SCHEDULE = "edit shifts by hand"
    READ_SETTINGS = "read settings"
    CHANGE_SETTINGS = "change settings"
    CHANGE_OWN = "choose one's own time zone and quiet hours"
    SEE_LIMITS = "see which work somebody is not given"
    CHANGE_LIMITS = "say which work somebody is not given"
    CHANGE_ROLES = "give and take roles"
    GRANT_MANAGER = "give and take the role of a manager"
    READ_HEALTH = "read how the bot is doing"
    FOLLOW_SLACK = "follow a person's Slack profile"
    READ_AUDIT = "read what was changed"
    SEE_COVERAGE = "see whether enough people are there"
    ACCEPT_GAP = "decide to live with too few people"
    WATCH_GAPS = "warn of times in which people are missing"
    POST_STANDUP = "post how the day stands"
    CHANGE_DAY = "change what people do on the day, so that nobody is missing"
    GO_EARLY = "take time off that is offered, or stay"
    PROPOSE_SWAP = "propose a swap"
    ANSWER_SWAP = "answer or withdraw a swap"
    UNDO_SWAP = "undo a swap"
    SEE_SWAP = "see where a swap stands"
    DECIDE_SWAP = "approve or decline a swap"
    EXPIRE_SWAP = "end a swap whose time is over"
    OFFER_COVER = "offer a shift to others"
    OPEN_SHIFT = "open a shift and offer it to others"
    TAKE_COVER = "take what is offered"
    UNDO_COVER = "undo that somebody took a shift"
    SEE_COVER = "see where a cover stands"
    DECIDE_COVER = "approve or decline that somebody takes a shift"
    SEE_BALANCE = "see what somebody has of leave"
    ADJUST_BALANCE = "put right what somebody has of leave"
    ASK_TIMEOFF = "ask for time off, or take that back"
    SEE_TIMEOFF = "see where a request for time off stands"
    DECIDE_TIMEOFF = "approve or decline a request for time off"
    TURN_TIMEOFF = "remind approvers of a request for time off, or end what nobody decided in time"
    CHANGE_TIMEOFF_LIMITS = "say how many may be away at once, and when nobody"
    TURN_WAITLIST = "offer days that came free to whoever waits for them"
    KEEP_LEDGERS = "reckon what everybody earns of leave, and what lapses"
    REPORT_ABSENCE = "say that somebody is away, or back"
    SEE_ABSENCES = "see who is away"
    TURN_ABSENCE = "leave the work of who is away to nobody"
    SAY_HERE = "say that one is there"
    ANSWER_FOR = "say what becomes of the work of who gives no sign"
    TURN_ATTENDANCE = "ask who has given no sign"
    CERTIFY_ILLNESS = "say whether illness during leave is certified"
    TURN_DUTIES = "show the duties of who is not to be contacted, and give them back"
    SEE_CASES = "see cases and their clocks"
    WORK_CASES = "open cases, and say what becomes of them"
    ASSIGN_CASES = "give a case to somebody, or to another queue"
    CHANGE_ROUTING = "say which cases belong in which queue"
    WATCH_CASES = "say which cases are about to be late, and which are stuck"
    PROMISE = "promise a customer something, and see to it"
    ASK_EXCEPTION = "ask for a refund, an order or a delivery out of the ordinary"
    DECIDE_EXCEPTION = "approve or decline an exception"
    TURN_EXCEPTION = "remind approvers of an exception, or end what nobody decided in time"
    RAISE_HAND = "ask for live help"
    TAKE_HAND = "come to somebody who asks for live help"
    ESCALATE = "put a question to another department"
    ANSWER_ESCALATION = "answer for a department"
    SEE_ESCALATIONS = "see what other departments were asked"
    CHASE = "ask a department again, send a question elsewhere, or close it"
    TURN_ESCALATION = "chase what was promised and is not there"
    CHANGE_MATRIX = "say where questions go, and how long each step may take"
    CONNECT = "connect a helpdesk or a knowledge base"
    SYNC = "read a tool that is connected, and write to a helpdesk what was decided here"
    READ_KB = "look up what the team knows"
    WRITE_KB = "write an article, and see to it that it stays true"
    KEEP_KB = "see to it that what the team knows is complete and true"
    APPROVE_KB = "approve canned responses and changed procedures"
    TURN_KB = "remind owners of articles, and say what stays overdue"
    READ_ANNOUNCEMENTS = "read announcements, and acknowledge them"
    ANNOUNCE = "announce something"
    CHANGE_ANNOUNCEMENT = "change or withdraw an announcement"
    SEE_READERS = "see who has read an announcement"
    TURN_ANNOUNCEMENT = "send what was announced for later, and remind whoever has not read it"
    SEE_KPI = "read the key figures of the floor"
    SEE_KPI_PEOPLE = "read the key figures of single people"
    EXPORT_KPI = "take key figures out as a file"
    IMPORT_KPI = "import key figures"
    SUBSCRIBE_KPI = "say who gets which report, where and when"
    COLLECT_KPI = "reckon key figures, and send reports"
    TURN_COVER = "ask the next people to take a shift, or end what nobody took in time"


@dataclass(frozen=True, slots=True)
class Rule:
    """The roles that may do something for themselves, for a team that they hold the role in, and for anybody."""

    own: frozenset[Role] = frozenset()
    team: frozenset[Role] = frozenset()
    anybody: frozenset[Role] = frozenset()


FLOOR = frozenset({Role.AGENT, Role.LEAD, Role.COORDINATOR, Role.MANAGER})
_DESK = frozenset({Role.COORDINATOR, Role.MANAGER, Role.OPERATOR})

TABLE: dict[Deed, Rule] = {
    Deed.SEE_SHIFTS: Rule(own=FLOOR | {Role.CONTACT}, anybody=FLOOR),
    Deed.SEE_FLOOR: Rule(anybody=FLOOR | {Role.CONTACT}),
    Deed.IMPORT_SCHEDULE: Rule(anybody=_DESK),
    Deed.UNDO_IMPORT: Rule(anybody=_DESK),
    Deed.EDIT_SCHEDULE: Rule(anybody=_DESK),
    Deed.READ_SETTINGS: Rule(team=frozenset({Role.LEAD}), anybody=_DESK),
    Deed.CHANGE_SETTINGS: Rule(anybody=_DESK),
    Deed.CHANGE_OWN: Rule(own=FLOOR | {Role.CONTACT}),
    # For everybody else, leads too, something is possible with a person or it is not.
    Deed.SEE_LIMITS: Rule(own=FLOOR, anybody=_DESK),
    Deed.CHANGE_LIMITS: Rule(anybody=_DESK),
    Deed.CHANGE_ROLES: Rule(anybody=_DESK),
    Deed.GRANT_MANAGER: Rule(anybody=frozenset({Role.MANAGER, Role.OPERATOR})),
    Deed.READ_HEALTH: Rule(anybody=_DESK),
    Deed.FOLLOW_SLACK: Rule(anybody=frozenset({Role.SLACK, Role.OPERATOR})),
    # For somebody else, as their proxy; whoever may enter a swap may withdraw what they entered.
    Deed.PROPOSE_SWAP: Rule(
        own=FLOOR, team=frozenset({Role.LEAD}), anybody=frozenset({Role.COORDINATOR, Role.MANAGER})
    ),
    Deed.ANSWER_SWAP: Rule(own=FLOOR, team=frozenset({Role.LEAD})),
    # Both have to want it, so nobody may want it for them.
    Deed.UNDO_SWAP: Rule(own=FLOOR),
    Deed.SEE_SWAP: Rule(
        own=FLOOR, team=frozenset({Role.LEAD}), anybody=frozenset({Role.COORDINATOR, Role.MANAGER})
    ),
    # Which of them may decide a certain swap is for the swap to say: nobody decides their own.
    Deed.DECIDE_SWAP: Rule(team=frozenset({Role.LEAD}), anybody=frozenset({Role.COORDINATOR, Role.MANAGER})),
    Deed.EXPIRE_SWAP: Rule(anybody=frozenset({Role.CLOCK})),
    # For somebody else, as their proxy.
    Deed.OFFER_COVER: Rule(
        own=FLOOR, team=frozenset({Role.LEAD}), anybody=frozenset({Role.COORDINATOR, Role.MANAGER})
    ),
    Deed.OPEN_SHIFT: Rule(anybody=frozenset({Role.LEAD, Role.COORDINATOR, Role.MANAGER})),
    Deed.TAKE_COVER: Rule(
        own=FLOOR, team=frozenset({Role.LEAD}), anybody=frozenset({Role.COORDINATOR, Role.MANAGER})
    ),
    Deed.UNDO_COVER: Rule(own=FLOOR),
    # Whoever was asked sees it, too.
    Deed.SEE_COVER: Rule(
        own=FLOOR, team=frozenset({Role.LEAD}), anybody=frozenset({Role.COORDINATOR, Role.MANAGER})
    ),
    Deed.DECIDE_COVER: Rule(team=frozenset({Role.LEAD}), anybody=frozenset({Role.COORDINATOR, Role.MANAGER})),
    Deed.TURN_COVER: Rule(anybody=frozenset({Role.CLOCK})),
    # For somebody else, as their proxy.
    Deed.REPORT_ABSENCE: Rule(
        own=FLOOR, team=frozenset({Role.LEAD}), anybody=frozenset({Role.COORDINATOR, Role.MANAGER})
    ),
    Deed.SEE_ABSENCES: Rule(
        own=FLOOR, team=frozenset({Role.LEAD}), anybody=frozenset({Role.COORDINATOR, Role.MANAGER})
    ),
    Deed.TURN_ABSENCE: Rule(anybody=frozenset({Role.CLOCK})),
    Deed.CERTIFY_ILLNESS: Rule(anybody=frozenset({Role.COORDINATOR, Role.MANAGER})),
    Deed.TURN_DUTIES: Rule(anybody=frozenset({Role.CLOCK})),
    Deed.SAY_HERE: Rule(own=FLOOR),
    # So may whoever is named for the hour.
    Deed.ANSWER_FOR: Rule(team=frozenset({Role.LEAD}), anybody=frozenset({Role.COORDINATOR, Role.MANAGER})),
    Deed.TURN_ATTENDANCE: Rule(anybody=frozenset({Role.CLOCK})),
    Deed.SEE_BALANCE: Rule(own=FLOOR, team=frozenset({Role.LEAD}), anybody=_DESK),
    # Nobody puts their own right.
    Deed.ADJUST_BALANCE: Rule(anybody=_DESK),
    # For somebody else, as their proxy.
    Deed.ASK_TIMEOFF: Rule(
        own=FLOOR, team=frozenset({Role.LEAD}), anybody=frozenset({Role.COORDINATOR, Role.MANAGER})
    ),
    Deed.SEE_TIMEOFF: Rule(
        own=FLOOR, team=frozenset({Role.LEAD}), anybody=frozenset({Role.COORDINATOR, Role.MANAGER})
    ),
    Deed.DECIDE_TIMEOFF: Rule(team=frozenset({Role.LEAD}), anybody=frozenset({Role.COORDINATOR, Role.MANAGER})),
    Deed.TURN_TIMEOFF: Rule(anybody=frozenset({Role.CLOCK})),
    Deed.CHANGE_TIMEOFF_LIMITS: Rule(anybody=_DESK),
    Deed.TURN_WAITLIST: Rule(anybody=frozenset({Role.CLOCK})),
    Deed.KEEP_LEDGERS: Rule(anybody=frozenset({Role.CLOCK})),
    # It speaks of queues and heads, not of persons.
    Deed.SEE_COVERAGE: Rule(anybody=_DESK | {Role.LEAD}),
    # Nobody sends anybody home.
    Deed.GO_EARLY: Rule(own=FLOOR),
    # Who serves which queue is no matter of teams.
    Deed.CHANGE_DAY: Rule(anybody=frozenset({Role.LEAD, Role.COORDINATOR, Role.MANAGER})),
    Deed.ACCEPT_GAP: Rule(anybody=frozenset({Role.LEAD, Role.COORDINATOR, Role.MANAGER})),
    Deed.WATCH_GAPS: Rule(anybody=frozenset({Role.CLOCK})),
    Deed.POST_STANDUP: Rule(anybody=frozenset({Role.CLOCK})),
    # Whose case it is, is no secret on a floor; who works for another department sees what they are asked.
    Deed.SEE_CASES: Rule(anybody=FLOOR | {Role.OPERATOR}),
    # Whoever is there takes a case on; of whom it is taken is told.
    Deed.WORK_CASES: Rule(anybody=FLOOR | {Role.OPERATOR}),
    Deed.ASSIGN_CASES: Rule(anybody=FLOOR),
    Deed.CHANGE_ROUTING: Rule(anybody=_DESK),
    Deed.WATCH_CASES: Rule(anybody=frozenset({Role.CLOCK})),
    Deed.PROMISE: Rule(anybody=FLOOR),
    Deed.ASK_EXCEPTION: Rule(anybody=FLOOR),
    # Up to which amount is for the settings to say; nobody decides their own.
    Deed.DECIDE_EXCEPTION: Rule(anybody=frozenset({Role.LEAD, Role.COORDINATOR, Role.MANAGER})),
    Deed.TURN_EXCEPTION: Rule(anybody=frozenset({Role.CLOCK})),
    Deed.RAISE_HAND: Rule(own=FLOOR),
    # So may whoever is named for the hour.
    Deed.TAKE_HAND: Rule(anybody=frozenset({Role.LEAD, Role.COORDINATOR, Role.MANAGER})),
    Deed.ESCALATE: Rule(anybody=FLOOR),
    # For their own department only, which is for the escalation to say; the desk answers where nobody else does.
    Deed.ANSWER_ESCALATION: Rule(anybody=frozenset({Role.CONTACT, Role.COORDINATOR, Role.MANAGER})),
    Deed.SEE_ESCALATIONS: Rule(anybody=FLOOR | {Role.CONTACT}),
    Deed.CHASE: Rule(anybody=frozenset({Role.LEAD, Role.COORDINATOR, Role.MANAGER})),
    Deed.TURN_ESCALATION: Rule(anybody=frozenset({Role.CLOCK})),
    Deed.CHANGE_MATRIX: Rule(anybody=_DESK),
    Deed.CONNECT: Rule(anybody=_DESK),
    Deed.SYNC: Rule(anybody=frozenset({Role.CLOCK, Role.OPERATOR})),
    Deed.READ_KB: Rule(anybody=FLOOR | {Role.CONTACT}),
    # One's own, and drafts; what others own is for whoever leads or coordinates.
    Deed.WRITE_KB: Rule(own=FLOOR, anybody=_DESK | {Role.LEAD}),
    Deed.KEEP_KB: Rule(anybody=_DESK | {Role.LEAD}),
    # Never their own: the article says so.
    Deed.APPROVE_KB: Rule(anybody=frozenset({Role.LEAD, Role.COORDINATOR, Role.MANAGER})),
    Deed.TURN_KB: Rule(anybody=frozenset({Role.CLOCK})),
    Deed.READ_ANNOUNCEMENTS: Rule(own=FLOOR | {Role.CONTACT}),
    # Of one's own team; beyond it whoever leads one or coordinates.
    Deed.ANNOUNCE: Rule(own=FLOOR, anybody=frozenset({Role.LEAD, Role.COORDINATOR, Role.MANAGER})),
    # Beyond one's own where its author is not there any more.
    Deed.CHANGE_ANNOUNCEMENT: Rule(own=FLOOR, anybody=frozenset({Role.COORDINATOR, Role.MANAGER})),
    # Of one's own announcements; a lead of the people of their team.
    Deed.SEE_READERS: Rule(
        own=FLOOR, team=frozenset({Role.LEAD}), anybody=frozenset({Role.COORDINATOR, Role.MANAGER})
    ),
    Deed.TURN_ANNOUNCEMENT: Rule(anybody=frozenset({Role.CLOCK})),
    Deed.SEE_KPI: Rule(own=FLOOR, team=frozenset({Role.LEAD}), anybody=_DESK),
    Deed.SEE_KPI_PEOPLE: Rule(own=FLOOR, team=frozenset({Role.LEAD}), anybody=_DESK),
    Deed.EXPORT_KPI: Rule(team=frozenset({Role.LEAD}), anybody=_DESK),
    Deed.IMPORT_KPI: Rule(anybody=_DESK),
    Deed.SUBSCRIBE_KPI: Rule(team=frozenset({Role.LEAD}), anybody=frozenset({Role.COORDINATOR, Role.MANAGER})),
    Deed.COLLECT_KPI: Rule(anybody=frozenset({Role.CLOCK, Role.OPERATOR})),
    Deed.READ_AUDIT: Rule(own=FLOOR | {Role.CONTACT}, team=frozenset({Role.LEAD}), anybody=_DESK),
}


class Reach(IntEnum):
    """To whom somebody may do a deed."""

    NOBODY = 0
    OWN = 1  # to themselves
    TEAM = 2  # to the people of a team as well
    ANYBODY = 3


class NotPermitted(Exception):
    """The actor holds no role that may do the deed."""

    def __init__(self, deed: Deed) -> None:
        super().__init__(f"not permitted to {deed}")
        self.deed = deed


@dataclass(frozen=True, slots=True)
class Grant:
    """A role for one team, or (``team_id`` None) for all."""

    role: Role
    team_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is acting: a member with grants, or the operator, Slack or the clock, who have no ``member_id``."""

    member_id: UUID | None
    grants: tuple[Grant, ...]

    @property
    def kind(self) -> str:
        """How the audit names the actor: member, operator, slack or clock."""
        return "member" if self.member_id else self.grants[0].role

    def may(self, deed: Deed, *, of: UUID | None = None, team: UUID | None = None) -> bool:
        """Whether the actor may do the deed to the member ``of`` or to something of the team ``team``."""
        rule = TABLE[deed]
        if _any(self.grants, rule.anybody):
            return True
        if of is not None and of == self.member_id and _any(self.grants, rule.own):
            return True
        return team is not None and any(
            grant.role in rule.team and grant.team_id in (None, team) for grant in self.grants
        )

    def reach(self, deed: Deed) -> Reach:
        """How far the actor may go with the deed, for what is offered; ``may`` decides the single case."""
        rule = TABLE[deed]
        for roles, reach in ((rule.anybody, Reach.ANYBODY), (rule.team, Reach.TEAM), (rule.own, Reach.OWN)):
            if _any(self.grants, roles):
                return reach
        return Reach.NOBODY

    def require(self, deed: Deed, *, of: UUID | None = None, team: UUID | None = None) -> None:
        """Raises ``NotPermitted`` unless the actor ``may``."""
        if not self.may(deed, of=of, team=team):
            raise NotPermitted(deed)


OPERATOR = Actor(None, (Grant(Role.OPERATOR),))
SLACK = Actor(None, (Grant(Role.SLACK),))
CLOCK = Actor(None, (Grant(Role.CLOCK),))


def _any(grants: Iterable[Grant], roles: frozenset[Role]) -> bool:
    return any(grant.role in roles for grant in grants)
