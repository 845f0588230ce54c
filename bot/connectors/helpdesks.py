"""The helpdesks that can be connected."""

from bot.connectors import freshdesk, jira, zendesk
from bot.connectors.helpdesk import Helpdesk, Provider

PROVIDERS: dict[str, Provider[Helpdesk]] = {
    each.kind: each for each in (zendesk.PROVIDER, freshdesk.PROVIDER, jira.PROVIDER)
}
