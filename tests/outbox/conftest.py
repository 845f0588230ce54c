from collections.abc import Iterator

import pytest

from storage.db import Sessions
from tests.outbox.office import Office, opened


@pytest.fixture
def office(sessions: Sessions) -> Iterator[Office]:
    """An office on either database."""
    with opened(sessions) as office:
        yield office
