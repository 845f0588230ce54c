"""A Slack-compatible workspace on this machine, for demonstrations and tests."""

from bot.sandbox.person import Person
from bot.sandbox.screen import Modal, Shown
from bot.sandbox.server import Sandbox
from bot.sandbox.world import Times

__all__ = ["Modal", "Person", "Sandbox", "Shown", "Times"]
