"""What is unread, and what of it is meant for somebody."""

from bot.sandbox import Person, Sandbox
from tests.sandbox.bots import web


def news(person: Person, name: str) -> tuple[int, int]:
    """How many messages of a conversation are unread, and how many of them are meant for this person."""
    found = [each for each in person.seat.see("conversations")["conversations"] if each["name"] == name]
    return found[0]["unread"], found[0]["mentions"]


def test_what_others_say_is_unread_until_it_is_read(ana: Person, ben: Person) -> None:
    ben.types("One")
    ben.types("Two")
    assert (news(ana, "#general"), news(ben, "#general")) == ((2, 0), (0, 0))
    ana.seat.do("reads", {"where": "#general"})
    assert news(ana, "#general") == (0, 0)
    ben.types("Three")
    assert news(ana, "#general") == (1, 0)


def test_mentions_of_a_person_a_group_or_everybody_are_meant_for_them(
    sandbox: Sandbox, ana: Person, ben: Person
) -> None:
    group = sandbox.group("leads", ["ana"])
    client = web(sandbox)
    ben.types("@ana?")
    client.chat_postMessage(channel="#general", text=f"<!subteam^{group}> please look")
    ben.types("@here please")
    client.chat_postMessage(channel="#general", text=f"<@{sandbox.user_id('ben')}> please")
    assert (news(ana, "#general"), news(ben, "#general")) == ((4, 3), (2, 1))


def test_everything_in_a_direct_message_is_meant_for_the_other(ana: Person, ben: Person) -> None:
    ben.types("Hello", "@ana")
    assert (news(ana, "@ben"), news(ben, "@ana")) == ((1, 1), (0, 0))


def test_a_reply_is_unread_only_for_whom_it_is_meant(ana: Person, ben: Person) -> None:
    ana.types("Root")
    ben.types("Reply", thread=ana.last())
    assert news(ana, "#general") == (0, 0)
    ben.types("@ana, a word", thread=ana.last())
    assert news(ana, "#general") == (0, 1)


def test_what_is_said_where_one_is_no_member_is_not_unread(sandbox: Sandbox, ana: Person, ben: Person) -> None:
    sandbox.channel("#floor", members=["ben"])
    ben.types("@ana", "#floor")
    assert news(ana, "#floor") == (0, 0)
