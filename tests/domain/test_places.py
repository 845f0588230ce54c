"""A place of the ranking is read as it was written."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.fairness import Hardship
from bot.domain.intervals import Interval
from bot.domain.places import from_document, to_document
from bot.domain.ranking import Place
from bot.domain.rules_work import Piece
from bot.domain.wishes import Asking

START = datetime(2026, 11, 6, 22, tzinfo=UTC)
PLACES = st.builds(
    Place,
    st.uuids(),
    st.builds(
        Piece,
        st.integers(1, 600).map(lambda minutes: Interval(START, START + timedelta(minutes=minutes))),
        st.none() | st.text(max_size=9),
        st.frozensets(st.text(max_size=9), max_size=3),
    ),
    st.booleans(),
    st.sampled_from(Asking),
    st.integers(0, 200),
    st.frozensets(st.sampled_from(Hardship)),
    st.integers(0, 90),
    st.none() | st.just(START),
    st.integers(0, 9),
    st.booleans(),
    st.integers(0, 600),
    st.integers(0, 600),
)


@given(PLACES)
def test_a_place_survives_being_stored(place: Place) -> None:
    assert from_document(place.person_id, json.loads(json.dumps(to_document(place)))) == place


def test_what_is_stored_does_not_say_whose_it_is() -> None:
    ana = UUID(int=1)
    place = Place(
        ana, Piece(Interval(START, START + timedelta(hours=1))), True, Asking.UNSAID, 2, frozenset(), 0, None, 0
    )
    assert str(ana) not in json.dumps(to_document(place))
