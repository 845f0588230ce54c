"""What signs in elsewhere is of no use to whoever has the database alone."""

import os

import pytest

from bot.connectors.sealed import WrongKey, seal, unseal

KEY, OTHER = bytes(32), bytes(range(32))
SECRETS = {"email": "cora@example.com", "token": "s3cret"}


def test_what_was_sealed_is_opened_with_its_key_and_shows_nothing() -> None:
    sealed = seal([KEY], "T1:zendesk", SECRETS)
    assert unseal([KEY], "T1:zendesk", sealed) == (SECRETS, True)
    assert b"s3cret" not in sealed
    assert seal([KEY], "T1:zendesk", SECRETS) != sealed


@pytest.mark.parametrize(
    ("keys", "belongs_to"),
    [([OTHER], "T1:zendesk"), ([], "T1:zendesk"), ([KEY], "T2:zendesk"), ([KEY], "T1:jira")],
)
def test_another_key_or_another_workspace_opens_nothing(keys: list[bytes], belongs_to: str) -> None:
    with pytest.raises(WrongKey):
        unseal(keys, belongs_to, seal([KEY], "T1:zendesk", SECRETS))


def test_what_was_tampered_with_is_not_opened() -> None:
    sealed = bytearray(seal([KEY], "T1:zendesk", SECRETS))
    for place in (0, len(sealed) // 2, len(sealed) - 1):
        spoilt = bytearray(sealed)
        spoilt[place] ^= 1
        with pytest.raises(WrongKey):
            unseal([KEY], "T1:zendesk", bytes(spoilt))
    with pytest.raises(WrongKey):
        unseal([KEY], "T1:zendesk", os.urandom(5))


def test_an_older_key_still_opens_and_that_is_told() -> None:
    sealed = seal([KEY], "T1:zendesk", SECRETS)
    assert unseal([OTHER, KEY], "T1:zendesk", sealed) == (SECRETS, False)
