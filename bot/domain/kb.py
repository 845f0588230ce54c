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


class Use(StrEnum):
    """What somebody did with an article that they read, as it is counted."""

    OPENED = "opened"
    SHARED = "shared"
    COPIED = "copied"


class What(StrEnum):
    """What became of an article that was read elsewhere once more."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    KEPT = "kept"  # edited or archived here since it was read, so that it stays as it is here


# Where an article comes from that was not written here.
FOLDER = "folder"
# What has a folder for its source may be edited here; of the others the original stays the master.
EDITED_THERE = ("confluence", "notion")


class UnknownArticle(Exception):
    """There is no such article, or it is not for whoever asks."""


class EditedMeanwhile(Exception):
    """Somebody has written another version since this one was begun; ``version`` is theirs."""

    def __init__(self, version: int) -> None:
        super().__init__(f"version {version} was written meanwhile")
        self.version = version


class KeptElsewhere(Exception):
    """The original is in another tool, and is changed there."""

    def __init__(self, source: str, url: str | None) -> None:
        super().__init__(f"kept in {source}")
        self.source, self.url = source, url


class PutAway(Exception):
    """It is archived, and has to be brought back before anything else."""


class NotPublished(Exception):
    """There is nothing yet that people could read."""


def fold_tag(tag: str) -> str:
    """A tag as tags are compared: without a hash in front, spaces around, and regardless of case."""
    return " ".join(tag.strip().lstrip("#").split()).casefold()
