"""The Spanish words for days and times of day."""

from bot.domain.when_meaning import DayPart
from bot.domain.when_words import Unit, Words

SPANISH = Words(
    weekdays={
        0: "lun / lunes",
        1: "mar / martes",
        2: "mié / miércoles",
        3: "jue / jueves",
        4: "vie / viernes",
        5: "sáb / sábado",
        6: "dom / domingo",
    },
    months={
        1: "ene / enero",
        2: "feb / febrero",
        3: "marzo",
        4: "abr / abril",
        5: "mayo",
        6: "jun / junio",
        7: "jul / julio",
        8: "ago / agosto",
        9: "sep / sept / septiembre / setiembre",
        10: "oct / octubre",
        11: "nov / noviembre",
        12: "dic / diciembre",
    },
    days={
        -2: "anteayer",
        -1: "ayer",
        0: "hoy",
        1: "mañana",
        2: "pasado mañana",
    },
    feasts={
        (12, 24): "nochebuena",
        (12, 25): "navidad",
        (12, 31): "nochevieja",
        (1, 1): "año nuevo",
    },
    ordinals={1: "primero"},
    parts={
        DayPart.MORNING: "por la mañana / de la mañana / mañana",
        DayPart.AFTERNOON: "tarde / por la tarde / de la tarde",
        DayPart.NIGHT: "noche / por la noche / de la noche",
        DayPart.HALF: "medio día libre / media jornada",
    },
    parts_today={},
    clocks={12: "mediodía", 0: "medianoche"},
    units={
        Unit.DAY: "día / días",
        Unit.WEEK: "semana / semanas",
        Unit.MONTH: "mes / meses",
        Unit.WEEKEND: "fin de semana",
    },
    modifiers={
        -1: "pasado / pasada / último / última",
        0: "este / esta",
        1: "próximo / próxima / que viene",
    },
    ahead={None: "en / dentro de"},
    to={None: "a / al / hasta / hasta el"},
    until={None: "hasta / hasta el"},
    at={None: "a las / a la"},
    articles={None: "el / del / al"},
    leading={None: "el / la / las / del / de / desde / desde el / para / todo el día / a las / a la"},
    suffixes={None: "º / ª / o"},
    of={None: "de / del"},
    now={None: "ahora"},
)
