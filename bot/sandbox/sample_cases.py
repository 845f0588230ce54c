"""The open cases of the sample team, as its helpdesk would write them into a file."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

COLUMNS = "reference,title,customer,state,priority,queue,owner,category,tags,tier,language,channel,opened,replied"
# Which department is asked about what.
ASKED = {
    "payments": "billing",
    "billing": "billing",
    "delivery": "logistics",
    "returns": "logistics",
    "fault": "engineering",
    "porting": "engineering",
}
_FIRST = 20417  # the number of the oldest
_SATURDAY = 5
_MORNING = time(9)  # by then all of them are open


@dataclass(frozen=True, slots=True)
class _Sample:
    """A case that was opened so many working days ago, at this time on the wall; the owner by handle.

    ``replied`` is how many minutes later somebody answered, None: nobody has.
    """

    days: int
    at: str
    queue: str
    owner: str
    title: str
    customer: str
    category: str
    replied: int | None = 25
    state: str = "open"
    priority: str = "normal"
    tags: str = ""
    tier: str = ""
    language: str = "en"


# fmt: off
_SAMPLES = (
    _Sample(6, "10:12", "email", "kavya", "Parcel marked as delivered, but nothing is there", "Marta Keller",
            "delivery", tags="lost parcel", language="de"),
    _Sample(5, "09:40", "email", "oskar", "Invoice shows the old company name", "Bergmann & Sons", "billing",
            state="pending", tags="invoice", tier="business", language="de"),
    _Sample(4, "14:05", "email", "vera", "Return label for three of five boxes", "Lakeside Books", "returns",
            tags="return label", tier="business"),
    _Sample(4, "16:31", "email", "wim", "Newsletter goes to a colleague who has left", "Aino Salo", "account",
            priority="low", state="pending", tags="newsletter"),
    _Sample(3, "08:55", "email", "ines", "Gift card code is not accepted", "Paulo Neves", "payments",
            tags="gift card"),
    _Sample(3, "11:20", "email", "kavya", "VAT missing on a March order", "Nordlys Studio", "billing",
            tags="invoice,vat", tier="business"),
    _Sample(3, "15:48", "chat", "hiro", "Order was charged twice", "Emma Lindgren", "payments", priority="high",
            tags="double charge"),
    _Sample(2, "09:15", "chat", "noah", "Refund of 18 November has not arrived", "Jonas Weber", "payments",
            tags="refund", language="de"),
    _Sample(2, "10:02", "chat", "noah", "Cannot change the delivery address any more", "Sabine Roth", "delivery",
            tags="address", language="de"),
    _Sample(2, "12:44", "chat", "pia", "Discount was not taken off", "Café Morgenrot", "payments", tags="discount",
            tier="business", language="de"),
    _Sample(2, "13:30", "voice", "ana", "Technician did not come on Thursday", "Rosa Vidal", "service visit",
            tags="no show"),
    _Sample(2, "15:10", "email", "oskar", "Two accounts under one address", "Hendrik Maas", "account",
            tags="duplicate account", language="de"),
    _Sample(2, "16:20", "email", "vera", "Contract ends when exactly?", "Studio Okonjo", "contract",
            state="pending", tags="contract"),
    _Sample(1, "08:20", "voice", "eva", "Router restarts every hour", "Familie Huber", "fault", priority="high",
            tags="router", language="de"),
    _Sample(1, "09:05", "voice", "ana", "Phone number to be ported by Friday", "Delgado Tiles", "porting",
            tags="porting", tier="business"),
    _Sample(1, "10:50", "chat", "ida", "Voucher expired one day before the purchase", "Lena Brandt", "payments",
            tags="voucher", language="de"),
    _Sample(1, "11:35", "chat", "hiro", "Login code never arrives", "Tom Ashworth", "account", priority="high",
            tags="login"),
    _Sample(1, "13:05", "chat", "rui", "Wants to pay by instalments", "Clara Pinto", "payments",
            tags="instalments"),
    _Sample(1, "14:40", "email", "kavya", "Wrong size sent twice", "Ingrid Dahl", "returns", tags="wrong item"),
    _Sample(1, "15:55", "email", "", "Question about the warranty of a used device", "Piotr Zieliński", "warranty",
            replied=None, state="new"),
    _Sample(1, "16:45", "voice", "felix", "Charged for a line that was cancelled", "Otto Kranz", "billing",
            tags="cancellation", language="de"),
    _Sample(0, "07:35", "chat", "noah", "Credit note is missing for the returned chairs", "Hotel Seeblick",
            "payments", priority="high", tags="credit note", tier="business", language="de"),
    _Sample(0, "07:50", "email", "vera", "Delivery to the Azores: how long?", "Rita Moniz", "delivery",
            replied=None, state="new"),
    _Sample(0, "08:10", "email", "", "Complaint about the tone of a call", "Georg Stein", "complaint",
            replied=None, state="new", priority="high", language="de"),
    _Sample(0, "08:30", "voice", "gita", "Line is dead since yesterday evening", "Dr. Amara Nwosu", "fault",
            priority="urgent", tags="outage", tier="business", replied=12),
    _Sample(0, "08:40", "chat", "", "Cannot download the invoice", "Milan Horák", "billing", replied=None,
            state="new"),
)
# fmt: on


def write_cases(folder: Path, now: datetime) -> Path:
    """Write ``cases.csv``: what is open by the clock on the wall on the last working morning, the oldest first."""
    path = folder / "cases.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS.split(","))
        writer.writerows(_lines(_last_morning(now)))
    return path


def _lines(morning: date) -> Iterator[list[str]]:
    for number, each in enumerate(_SAMPLES, _FIRST):
        day = _working_days_before(morning, each.days)
        owner = f"{each.owner}@example.com" if each.owner else ""
        yield [
            str(number),
            each.title,
            each.customer,
            each.state,
            each.priority,
            each.queue,
            owner,
            each.category,
            each.tags,
            each.tier,
            each.language,
            each.queue,
            f"{day.isoformat()} {each.at}",
            _replied(day, each),
        ]


def _replied(day: date, sample: _Sample) -> str:
    if sample.replied is None:
        return ""
    hours, minutes = divmod(int(sample.at[:2]) * 60 + int(sample.at[3:]) + sample.replied, 60)
    return f"{day.isoformat()} {hours:02}:{minutes:02}"


def _last_morning(now: datetime) -> date:
    today = now.date()
    works = today.weekday() < _SATURDAY and now.time() >= _MORNING
    return today if works else _working_days_before(today, 1)


def _working_days_before(day: date, number: int) -> date:
    while number:
        day -= timedelta(days=1)
        number -= day.weekday() < _SATURDAY
    return day
