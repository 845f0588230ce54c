"""Every table. ``workspace_id`` (Slack's team id) comes first in each primary key and each foreign key.

Instants are aware and stored in UTC; a naive one is refused. Wall-clock columns end in ``_local`` and mean
something only together with the row's ``time_zone``.
"""

from storage.tables.absences import Absence
from storage.tables.announcements import Announcement, AnnouncementReader
from storage.tables.attendance import Arrival
from storage.tables.base import Base, Instant
from storage.tables.calendar import FeedToken
from storage.tables.cases import (
    Case,
    CaseCheck,
    CaseClock,
    CaseEvent,
    CaseException,
    CaseHandover,
    CustomerPromise,
    HandUp,
    Nudge,
    RoutingRule,
)
from storage.tables.connections import CaseWrite, Connection, ExternalCase, ExternalPerson
from storage.tables.contact import Deputy
from storage.tables.coverage import Activity, Forecast, ForecastQuality, Requirement, Volume
from storage.tables.covers import Cover, CoverOffer, CoverPart
from storage.tables.departures import Departure
from storage.tables.escalations import (
    DepartmentDesk,
    Escalation,
    EscalationEta,
    EscalationMatrix,
    EscalationSaid,
)
from storage.tables.fairness import Burden
from storage.tables.gaps import CoverageGap
from storage.tables.imports import Import, ImportChange, Upload
from storage.tables.jobs import JobRun, JobSchedule
from storage.tables.kb import (
    Article,
    ArticleOpinion,
    ArticleReport,
    ArticleTag,
    ArticleUse,
    ArticleVersion,
    KbDocument,
    KbLexicon,
    KbMissing,
    KbRelease,
    KbReleaseArticle,
    KbSearch,
    KbSynonym,
    KbTerm,
)
from storage.tables.kpi import KpiDigest, KpiFact, KpiMapping, KpiSource, KpiSubscription
from storage.tables.ladder import LadderStep
from storage.tables.outbox import Lane, Message, UploadedFile
from storage.tables.patterns import CoveragePattern
from storage.tables.people import Department, Grant, Member, MemberSkill, Skill, Team
from storage.tables.shifts import Assignment, Queue, Shift
from storage.tables.surplus import SurplusAsk, SurplusOffer
from storage.tables.swaps import Swap
from storage.tables.timeoff import LeaveLine, LeaveLot
from storage.tables.timeoff_ill import LeaveIllness
from storage.tables.timeoff_limits import LeaveLimit, LeaveWait
from storage.tables.timeoff_requests import LeaveRequest
from storage.tables.workspace import Audit, Counter, Form, Note, SeenEvent, Setting, Workspace

__all__ = [
    "Absence",
    "Activity",
    "Announcement",
    "AnnouncementReader",
    "Arrival",
    "Article",
    "ArticleOpinion",
    "ArticleReport",
    "ArticleTag",
    "ArticleUse",
    "ArticleVersion",
    "Assignment",
    "Audit",
    "Base",
    "Burden",
    "Case",
    "CaseCheck",
    "CaseClock",
    "CaseEvent",
    "CaseException",
    "CaseHandover",
    "CaseWrite",
    "Connection",
    "Counter",
    "Cover",
    "CoverOffer",
    "CoverPart",
    "CoverageGap",
    "CoveragePattern",
    "CustomerPromise",
    "Department",
    "DepartmentDesk",
    "Departure",
    "Deputy",
    "Escalation",
    "EscalationEta",
    "EscalationMatrix",
    "EscalationSaid",
    "ExternalCase",
    "ExternalPerson",
    "FeedToken",
    "Forecast",
    "ForecastQuality",
    "Form",
    "Grant",
    "HandUp",
    "Import",
    "ImportChange",
    "Instant",
    "JobRun",
    "JobSchedule",
    "KbDocument",
    "KbLexicon",
    "KbMissing",
    "KbRelease",
    "KbReleaseArticle",
    "KbSearch",
    "KbSynonym",
    "KbTerm",
    "KpiDigest",
    "KpiFact",
    "KpiMapping",
    "KpiSource",
    "KpiSubscription",
    "LadderStep",
    "Lane",
    "LeaveIllness",
    "LeaveLimit",
    "LeaveLine",
    "LeaveLot",
    "LeaveRequest",
    "LeaveWait",
    "Member",
    "MemberSkill",
    "Message",
    "Note",
    "Nudge",
    "Queue",
    "Requirement",
    "RoutingRule",
    "SeenEvent",
    "Setting",
    "Shift",
    "Skill",
    "SurplusAsk",
    "SurplusOffer",
    "Swap",
    "Team",
    "Upload",
    "UploadedFile",
    "Volume",
    "Workspace",
]
