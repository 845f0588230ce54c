"""All tools that can be connected, whatever is read of them."""

from bot.connectors.helpdesk import Helpdesk, Provider
from bot.connectors.helpdesks import PROVIDERS
from bot.connectors.knowledge import KnowledgeBase
from bot.connectors.knowledge_bases import KNOWLEDGE_BASES

TOOLS: dict[str, Provider[Helpdesk] | Provider[KnowledgeBase]] = {**PROVIDERS, **KNOWLEDGE_BASES}
