"""What is lost when the app was installed without a scope, and what is not."""

from storage.db import Sessions
from tests.outbox.office import opened

DM = "@floorwalker"
POST = "chat.postMessage"


def test_without_the_history_scope_a_post_whose_answer_was_lost_is_posted_again(sessions: Sessions) -> None:
    with opened(sessions, {"im:history", "channels:history", "groups:history"}) as office:
        office.sandbox.faults.timeout(POST, done=True, seconds=0.01)
        office.says("hello", office.ana)
        office.says("next", office.ana)
        office.sends_all()
        assert office.reads(DM) == ["hello", "hello", "next"]


def test_without_the_scope_to_open_them_direct_messages_arrive_and_are_kept_up_to_date(sessions: Sessions) -> None:
    with opened(sessions, {"im:write"}) as office:
        swap = office.subject("open")
        office.posts(swap, office.ana)
        office.sends_all()
        office.changes(swap, "taken")
        office.sends_all()
        assert office.reads(DM) == ["taken"]


def test_without_the_scope_to_write_everything_waits(sessions: Sessions) -> None:
    with opened(sessions, {"chat:write"}) as office:
        office.says("hello", office.desk_channel)
        office.sends()
        assert [(row.state, row.error) for row in office.rows()] == [("open", "missing_scope")]
