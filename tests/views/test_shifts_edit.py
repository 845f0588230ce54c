"""Every list and form by which shifts are edited stays within Slack's limits and is fit to read."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.imports_list import PAGE, ImportPage, ImportShown, Shelf
from bot.domain.rules import RuleId
from bot.domain.shifts import ShiftChange, Somebody
from bot.domain.shifts_edit import (
    BadEdit,
    EditForm,
    FarAway,
    Listing,
    NothingChanged,
    NotWithin,
    Outlook,
    Owner,
    OwnerHasLeft,
    ShiftsToEdit,
    ShiftToEdit,
    SkippedByClocks,
    Way,
    Work,
    WorksThen,
)
from bot.domain.shifts_import import PlannedShift
from bot.domain.uploads import Preview
from bot.sandbox.blocks import check_view
from bot.sandbox.blocks.views import check_errors, check_options
from bot.views import imports, shifts_edit
from bot.views import shifts_edit_form as forms
from bot.views.formats import Formats
from tests.views.test_shifts import (
    BERLIN,
    NOW,
    RTL,
    WORST,
    formats,
    intervals,
    notes,
    people,
    readable,
    shifts,
)
from tests.views.test_swaps import ANA, BEN, finding, review
from tests.views.test_uploads import exchange_entries, planned, shift_entries

TODAY = NOW.date()
LONGEST = Owner(UUID(int=7), WORST, f"{WORST}@example.com")
QUEUES = (*(f"{WORST[:76]}{number:03}" for number in range(150)), RTL)

listings = st.builds(
    Listing,
    st.none() | st.just("U012AB3CD"),
    st.dates(date(2026, 9, 1), date(2026, 12, 1)),
    st.dates(date(2026, 12, 1), date(2027, 2, 1)),
    st.integers(0, 30),
)
to_edit = st.builds(
    ShiftToEdit,
    st.uuids(),
    st.builds(lambda shift, note: replace(shift, note=note), planned, notes),
    st.none() | people,
    st.just("0" * 16),
    st.lists(st.builds(Work, intervals, st.none() | people), max_size=5).map(tuple),
)
outlooks = st.builds(
    Outlook,
    st.builds(
        lambda entries: Preview({}, tuple(entries)), st.lists(shift_entries | exchange_entries, max_size=30)
    ),
    st.lists(st.sampled_from(["swap 14", "cover 3", "open shift 7"]), max_size=30).map(tuple),
    st.lists(st.sampled_from(RuleId), max_size=30).map(lambda rules: review(*map(finding, rules))),
    st.just({each.member_id: each for each in (ANA, BEN)}),
    st.booleans(),
    st.just("0" * 32),
)


def fits(view: dict[str, Any]) -> dict[str, Any]:
    """The view, which Slack takes and people can read."""
    assert check_view(view) is None, check_view(view)
    readable({"text": view["title"]["text"], "blocks": [b for b in view["blocks"] if b["type"] != "input"]})
    return view


@settings(max_examples=60, deadline=None)
@given(st.lists(to_edit, max_size=60), listings, st.none() | people, formats)
def test_any_list_can_be_shown_and_knows_what_it_lists(
    found: list[ShiftToEdit], listing: Listing, whose: Somebody | None, reader: Formats
) -> None:
    shown = ShiftsToEdit(listing, whose, tuple(found))
    said = shifts_edit.saved(10**6, 10**3, TODAY, "a-prefix-of-16ch-")
    view = fits(shifts_edit.edit_list(shown, reader, TODAY, said))
    assert shifts_edit.read_listing(view["private_metadata"]) == listing
    offered = [block["accessory"]["options"] for block in view["blocks"] if "accessory" in block]
    chosen = {shifts_edit.read_chosen(option["value"]) for options in offered for option in options}
    page = min(listing.page, max(0, len(found) - 1) // shifts_edit.PAGE) * shifts_edit.PAGE
    on_page = found[page : page + shifts_edit.PAGE]
    assert chosen == {(way, each.id) for each in on_page for way in Way if way is not Way.ADD}


@settings(max_examples=60, deadline=None)
@given(to_edit, st.sampled_from(Way), listings, st.none() | outlooks, formats, st.booleans())
def test_any_form_can_be_shown(
    shift: ShiftToEdit, way: Way, listing: Listing, outlook: Outlook | None, reader: Formats, again: bool
) -> None:
    form = EditForm(way, UUID(int=3), listing, None if way is Way.ADD else shift, LONGEST, QUEUES)
    view = fits(forms.edit_form(form, reader, TODAY, outlook, again=again))
    if outlook:
        assert view["submit"]["text"].endswith("anyway") is bool(outlook.review.denials)
    chosen = [block["element"].get("initial_option") for block in view["blocks"] if block["type"] == "input"]
    if way is Way.CHANGE:
        assert chosen[4]["value"] == (f"queue {shift.shift.queue}" if shift.shift.queue else "none")


@given(planned, st.sampled_from(["Europe/Berlin", "America/Argentina/Buenos_Aires"]), formats)
def test_whatever_is_wrong_is_said_at_a_field_of_the_form(shift: PlannedShift, zone: str, reader: Formats) -> None:
    form = EditForm(Way.CHANGE, UUID(int=3), Listing(None, TODAY, TODAY), None, None, ())
    changes, split = (forms.edit_form(replace(form, way=way), reader, TODAY) for way in (Way.ADD, Way.SPLIT))
    wrong: list[BadEdit] = [WorksThen(shift), SkippedByClocks(zone), OwnerHasLeft(), FarAway(), NothingChanged()]
    for bad, view in (*((each, changes) for each in wrong), (NotWithin(shift), split)):
        assert check_errors(forms.errors(bad, reader, TODAY), view) is None
    fits(forms.changed_meanwhile(shift, reader, TODAY))


def test_owners_are_found_among_more_than_slack_takes() -> None:
    owners = [Owner(UUID(int=number), f"{WORST} {number}", f"p{number}@example.com") for number in range(150)]
    for typed in ("", "example.com", "p149@", "nobody", "zzz"):
        options = forms.owner_options(owners, typed)
        assert check_options({"options": options}) is None
        assert len(options) == {"": 100, "example.com": 100, "zzz": 0}.get(typed, 1)


def test_short_answers_are_fit_to_read() -> None:
    for each in (shifts_edit.gone(), shifts_edit.not_on_roster("U012AB3CD"), shifts_edit.too_many_days(31)):
        readable(each)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.none() | shifts, shifts), max_size=20), st.booleans(), people)
def test_any_edit_can_be_listed_among_the_imports(
    done: list[tuple[Any, Any]], backwards: bool, by: Somebody
) -> None:
    edited = tuple(
        ShiftChange(after, before) if backwards else ShiftChange(before, after) for before, after in done
    )
    shown = ImportShown(3, "edit", "", NOW, by, None, {"added": 1}, edited=edited)
    page = ImportPage(Shelf.EDITS, (shown,) * PAGE, 1, 20)
    text = readable(imports.import_list([page], Formats(BERLIN), NOW))
    assert "*Edited by hand* · 6–10 of 20, newest first" in text
    assert "*Edit 3* · " in text
    assert ("more" in text) == (len(done) > 3)


@pytest.mark.parametrize("name", ["Ana Ruiz", WORST, RTL])
def test_a_shift_with_any_queue_is_read_back_as_it_stands(name: str) -> None:
    shift = ShiftToEdit(
        UUID(int=9),
        PlannedShift("ana@example.com", NOW.replace(tzinfo=None), NOW.replace(tzinfo=None, hour=20), "UTC", name),
        None,
        "v",
    )
    form = EditForm(Way.CHANGE, UUID(int=3), Listing(None, TODAY, TODAY), shift, LONGEST, QUEUES)
    view = forms.edit_form(form, Formats(BERLIN), TODAY)
    held = {}
    for block in (each for each in view["blocks"] if each["type"] == "input"):
        element = block["element"]
        value = next((element[key] for key in element if key.startswith("initial_")), None)
        held[block["block_id"]] = {element["action_id"]: {"type": element["type"], "value": value}}
    filled = forms.read_form({**view, "state": {"values": held}})
    assert (filled.shift, filled.version, filled.seen) == (UUID(int=9), "v", None)
    assert (filled.edit.owner, filled.edit.queue) == (LONGEST.id, name)  # type: ignore[union-attr]
