"""What the nudges of each kind say."""

from collections.abc import Mapping

from bot.actions import (
    announcements_nudges,
    chase_cards,
    exceptions_nudges,
    kb_approval_nudges,
    kb_upkeep_nudges,
    nudges_sla,
    promises_parts,
    stuck,
)
from bot.actions.nudges import Part
from bot.domain.nudges import Kind

# A capability adds the part of its kind here; the kinds stand in a message in this order.
KINDS: Mapping[Kind, Part] = {
    Kind.SLA: nudges_sla.PART,
    Kind.STUCK: stuck.PART,
    Kind.PROMISE: promises_parts.NUDGES,
    Kind.ESCALATION: chase_cards.PART,
    Kind.EXCEPTION: exceptions_nudges.PART,
    Kind.KB_APPROVAL: kb_approval_nudges.PART,
    Kind.KB: kb_upkeep_nudges.PART,
    Kind.ANNOUNCEMENT: announcements_nudges.PART,
}
