"""What follows for other capabilities when an article is published, waits for a second person, or is put away.

A module that is named here must not import ``kb_turn``, which calls it.
"""

from collections.abc import Callable

from bot.actions import kb_approval_cards, kb_dropped_card, kb_missing, kb_reports_follow, kb_sop_follow, kb_upkept
from bot.deps import Deps
from bot.domain.permissions import Actor
from storage.db import WorkspaceSession
from storage.tables import Article, ArticleVersion

Follow = Callable[[WorkspaceSession, Deps, Actor, Article, ArticleVersion], None]
FollowArchive = Callable[[WorkspaceSession, Deps, Actor, Article], None]
NeedsSecond = Callable[[WorkspaceSession, Article], bool]

# Whether a version waits for a second person before it is published, and what follows when one does.
NEEDS_SECOND: tuple[NeedsSecond, ...] = (kb_approval_cards.needs_second,)
AFTER_ASKING: tuple[Follow, ...] = (kb_approval_cards.ask_second,)
AFTER_PUBLISHING: tuple[Follow, ...] = (
    kb_missing.follow_publish,
    kb_dropped_card.follow_publish,
    kb_upkept.follow_publishing,
    kb_reports_follow.settle_published,
    kb_sop_follow.ask_publisher,
)
AFTER_ARCHIVING: tuple[FollowArchive, ...] = (kb_reports_follow.settle_archived, kb_upkept.follow_archiving)
