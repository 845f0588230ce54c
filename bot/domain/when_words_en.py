"""The English words for days and times of day."""

from bot.domain.when_meaning import DayPart
from bot.domain.when_words import Unit, Words

_ONES = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_TEENS = ["tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth"]
_LATE_TEENS = ["sixteenth", "seventeenth", "eighteenth", "nineteenth"]
_ORDINALS = {
    **dict(enumerate([*_ONES, *_TEENS, *_LATE_TEENS], start=1)),
    **{20 + n: f"twenty {one} / twenty-{one}" for n, one in enumerate(_ONES, start=1)},
    20: "twentieth",
    30: "thirtieth",
    31: "thirty first / thirty-first",
}

ENGLISH = Words(
    weekdays={
        0: "mon / monday",
        1: "tue / tues / tuesday",
        2: "wed / weds / wednesday",
        3: "thu / thur / thurs / thursday",
        4: "fri / friday",
        5: "sat / saturday",
        6: "sun / sunday",
    },
    months={
        1: "jan / january",
        2: "feb / february",
        3: "mar / march",
        4: "apr / april",
        5: "may",
        6: "jun / june",
        7: "jul / july",
        8: "aug / august",
        9: "sep / sept / september",
        10: "oct / october",
        11: "nov / november",
        12: "dec / december",
    },
    days={
        -2: "day before yesterday",
        -1: "yesterday",
        0: "today",
        1: "tomorrow / tmrw / tmr",
        2: "day after tomorrow",
    },
    feasts={
        (12, 24): "christmas eve / xmas eve",
        (12, 25): "christmas / christmas day / xmas",
        (12, 26): "boxing day",
        (12, 31): "new year's eve / new years eve / nye",
        (1, 1): "new year's day / new years day / new year / new year's",
    },
    ordinals=_ORDINALS,
    parts={
        DayPart.MORNING: "morning / in the morning",
        DayPart.AFTERNOON: "afternoon / in the afternoon",
        DayPart.EVENING: "evening / in the evening",
        DayPart.NIGHT: "night / at night",
        DayPart.HALF: "half day / half-day / half a day",
    },
    parts_today={DayPart.NIGHT: "tonight"},
    clocks={12: "noon / midday", 0: "midnight"},
    units={
        Unit.DAY: "day / days",
        Unit.WEEK: "week / weeks",
        Unit.MONTH: "month / months",
        Unit.WEEKEND: "weekend",
    },
    modifiers={-1: "last", 0: "this / coming", 1: "next"},
    ahead={None: "in"},
    to={None: "to / until / till / til / through / thru / - / – / — / .. / ... / …"},
    until={None: "until / till / til"},
    at={None: "at / @"},
    articles={None: "the"},
    leading={None: "on / the / from / for / of / at / @ / all day"},
    suffixes={None: "st / nd / rd / th"},
    of={None: "of"},
    oclock={"12": "o'clock", "24": "h"},
    meridiems={"am": "am / a.m. / a.m", "pm": "pm / p.m. / p.m"},
    now={None: "now / right now"},
)
