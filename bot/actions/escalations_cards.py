"""The cards of questions to departments: what each shows, who has one, and what is said beside it."""

from uuid import UUID

from bot.actions.approvers import approver_lanes
from bot.actions.cards import Cards, Facts
from bot.actions.cases_cards import say_in_thread
from bot.actions.escalations_load import load_escalation
from bot.actions.outbox import tell, touch
from bot.actions.people import somebody
from bot.deps import Deps
from bot.domain.escalations_shown import AnswerShown, EscalationShown, News, NoteShown, Said, Side
from bot.views import escalations as views
from bot.views import escalations_said as said_views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.escalations import copies, escalation, note, waits_for
from storage.matrix import contacts, department
from storage.outbox import last_facts
from storage.people import member
from storage.swaps import note_text
from storage.tables import Case, Escalation

CARD, NEWS, NOTE, ANSWERED = "escalation", "escalation.news", "escalation.note", "escalation.answered"


def register_cards(cards: Cards) -> None:
    """The card of an escalation, and what is said beside it when something happens."""

    def load(session: WorkspaceSession, subject: UUID | None) -> EscalationShown | None:
        row = escalation(session, subject) if subject else None
        return load_escalation(session, row) if row else None

    cards.register(CARD, load, _draw_card)
    cards.register(NEWS, load, _draw_news)
    cards.register(NOTE, _load_note, _draw_note)
    cards.register(ANSWERED, _load_answer, _draw_answer)


def show(session: WorkspaceSession, deps: Deps, row: Escalation) -> None:
    """Gives the card to the department that is asked now, and has every copy show it as it is."""
    touch(session, deps, CARD, row.id)
    touch(session, deps, NEWS, row.id)
    if row.need_id:
        touch(session, deps, NOTE, row.need_id)
    if row.answer_id:
        touch(session, deps, ANSWERED, row.answer_id)
    for lane in lanes(session, row):
        audience = audience_of(row)
        key = f"{CARD}:{row.id}:{audience}:{lane}"
        tell(session, deps, to=lane, card=CARD, subject=row.id, audience=audience, key=key)


def say_in_department(
    session: WorkspaceSession,
    deps: Deps,
    row: Escalation,
    card: str,
    facts: Facts,
    key: str,
    subject: UUID | None = None,
) -> None:
    """Says something beside each copy of the card where the department is reached now.

    ``subject`` None: the escalation.
    """
    show(session, deps, row)
    there = lanes(session, row)
    for each in copies(session, CARD, row.id, audience_of(row)):
        if each.lane not in there:
            continue
        tell(
            session,
            deps,
            to=each.lane,
            card=card,
            subject=subject or row.id,
            audience=Side.DEPARTMENT,
            facts=facts,
            key=f"{key}:{each.lane}",
            parent=each.id,
        )


def say_to_case(
    session: WorkspaceSession,
    deps: Deps,
    row: Escalation,
    card: str,
    facts: Facts,
    key: str,
    subject: UUID | None = None,
    *,
    to_asker: bool = False,
) -> None:
    """Says something in the case's thread and, ``to_asker``, to whoever asked where somebody else has the case."""
    case = session.get_one(Case, (session.workspace_id, row.case_id))
    say_in_thread(session, deps, case, card, subject or row.id, facts, key)
    asker = member(session, row.asked_by_id)
    if to_asker and asker and asker.slack_id and asker.id != case.owner_id and not asker.deactivated_at:
        audience, about = Side.CASE, subject or row.id
        theirs = f"{key}:{asker.slack_id}"
        tell(
            session, deps, to=asker.slack_id, card=card, subject=about, audience=audience, facts=facts, key=theirs
        )


def lanes(session: WorkspaceSession, row: Escalation) -> list[str]:
    """The department's channel; where it has none, its contacts; where nobody is there, the coordinators."""
    asked = department(session, row.department_id)
    if asked and asked.channel:
        return [asked.channel]
    people = [each.slack_id for each in contacts(session, row.department_id) if each.slack_id]
    return people or approver_lanes(session, None, ())


def audience_of(row: Escalation) -> str:
    """The department that is asked now, among those that were."""
    return f"{Side.DEPARTMENT}:{row.hop}"


def written(session: WorkspaceSession, row: Escalation, said: Said) -> Facts:
    """What a note says besides its text: about which escalation it is, why it was written, and to whom."""
    asked = department(session, row.department_id)
    owner = somebody(session, row.owner_id) if row.owner_id else None
    return {
        "escalation": str(row.id),
        "number": row.number,
        "department": asked.name if asked else "",
        "said": said,
        "to": owner.slack_id if owner else None,
    }


def _load_note(session: WorkspaceSession, note_id: UUID | None) -> NoteShown | None:
    row = note(session, note_id) if note_id else None
    if row is None:
        return None
    author = somebody(session, row.author_id) if row.author_id else None
    return NoteShown(author, row.text if row.erased_at is None else None, waits_for(session, row.id))


def _load_answer(session: WorkspaceSession, note_id: UUID | None) -> AnswerShown | None:
    facts = last_facts(session, ANSWERED, note_id) if note_id else None
    row = escalation(session, UUID(facts["escalation"])) if facts else None
    if row is None:
        return None
    stands = row.answer_id == note_id and row.answered_at is not None
    return AnswerShown(load_escalation(session, row), note_text(session, note_id), stands)


def _draw_card(shown: EscalationShown, audience: str, formats: Formats, _facts: Facts) -> Message:
    side, _, hop = audience.partition(":")
    if side == Side.DEPARTMENT:
        return views.department_card(shown, int(hop), formats)
    return views.case_card(shown, formats)


def _draw_news(shown: EscalationShown, _audience: str, formats: Formats, facts: Facts) -> Message:
    return said_views.news(shown, News(facts["news"]), facts, formats)


def _draw_answer(shown: AnswerShown, _audience: str, _formats: Formats, facts: Facts) -> Message:
    return said_views.answered(shown, facts["department"])


def _draw_note(shown: NoteShown, _audience: str, _formats: Formats, facts: Facts) -> Message:
    return said_views.written(shown, Said(facts["said"]), facts)
