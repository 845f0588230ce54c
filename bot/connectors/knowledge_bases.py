"""The knowledge bases that can be connected."""

from bot.connectors import confluence, notion
from bot.connectors.helpdesk import Provider
from bot.connectors.knowledge import KnowledgeBase

KNOWLEDGE_BASES: dict[str, Provider[KnowledgeBase]] = {
    each.kind: each for each in (confluence.PROVIDER, notion.PROVIDER)
}
