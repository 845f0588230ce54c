"""What the team knows, in the words that all its parts share."""

from enum import StrEnum


class Kind(StrEnum):
    """What an article is."""

    ARTICLE = "article"
    CANNED = "canned"  # a response with variables; published by a second person
    SOP = "sop"  # a procedure; who has to acknowledge a change is chosen with it
    GUIDE = "guide"  # how to escalate what


class State(StrEnum):
    """Where an article stands. Only published ones are found."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class VersionState(StrEnum):
    """Where a version of an article stands."""

    DRAFT = "draft"
    WAITING = "waiting"  # for approval
    PUBLISHED = "published"  # now or once
    DECLINED = "declined"
    DROPPED = "dropped"  # another draft stands in its place


class Report(StrEnum):
    """Where it stands that somebody says an article is not true any more."""

    OPEN = "open"
    FIXED = "fixed"
    REFUSED = "refused"  # it is true as it is


class Missing(StrEnum):
    """Where it stands that people look for something in vain."""

    OPEN = "open"
    WRITING = "writing"  # there is a draft
    WRITTEN = "written"
    DISMISSED = "dismissed"


class UnknownArticle(Exception):
    """There is no such article, or it is not for whoever asks."""
