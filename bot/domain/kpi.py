"""Key figures: what is measured, and in which words."""

from enum import StrEnum


class Measure(StrEnum):
    """What is stored of a day. Most are counts; a rate is the ratio of two sums, never a mean of rates.

    Of ``csat``, ``nps``, ``fcr``, ``aht`` and those that end in a share, a fact has numerator and denominator:
    satisfied of answered; promoters less detractors of answered; solved at once of those whose window is over;
    seconds of contacts whose time is known; clocks met of clocks that fell due; and so on.
    """

    OFFERED = "offered"
    ANSWERED = "answered"
    ANSWERED_IN_TARGET = "answered_in_target"
    ABANDONED = "abandoned"
    ABANDONED_IN_TARGET = "abandoned_in_target"
    AHT = "aht"  # seconds of handled contacts
    OPENED = "opened"  # cases
    SOLVED = "solved"  # cases
    CSAT = "csat"
    NPS = "nps"
    FCR = "fcr"
    SLA_FIRST_REPLY = "sla_first_reply"
    SLA_NEXT_REPLY = "sla_next_reply"
    SLA_RESOLUTION = "sla_resolution"
    BACKLOG = "backlog"  # cases open when the day ended: a level
    ESCALATED = "escalated"  # questions put to departments
    ETA_KEPT = "eta_kept"  # promised times kept, of those that fell due
    COVERED = "covered"  # head hours that were there of those needed, none counted beyond the need
    ADHERENCE = "adherence"  # minutes in the right state, of minutes rostered; where it is tracked
    ABSENT = "absent"  # hours of absence, of hours rostered; for groups of five or more
