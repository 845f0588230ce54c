"""Headings of columns as spreadsheets have them, in English, German, French and Spanish."""

import unicodedata
from collections.abc import Iterable, Mapping

# A column by its own name, and what else its heading may be, as it is compared.
_ALSO: Mapping[str, str] = {
    "email": "mail emailaddress mailadresse emailadresse courriel adressemail adresseemail adresseelectronique "
    "correo correoelectronico direcciondecorreo",
    "name": "fullname vollername vorundnachname nom nomcomplet nomprenom nombre nombrecompleto nombreyapellidos",
    "slack_id": "memberid slackmemberid",
    "role": "rolle rol",
    "team": "gruppe equipe groupe equipo grupo",
    "skills": "skill fahigkeiten fahigkeit kenntnisse fertigkeiten competences competence habilidades habilidad "
    "competencias",
    "timezone": "tz zeitzone fuseauhoraire fuseau zonahoraria husohorario",
    "weekly_hours": "hoursperweek wochenstunden stundenprowoche heuresparsemaine heureshebdomadaires "
    "horasporsemana horassemanales",
    "capacity": "kapazitat capacite capacidad",
    "hired_on": "hiredate eintritt eintrittsdatum eingestelltam dateembauche datedembauche "
    "fechadecontratacion fechadealta",
    "limits": "einschrankungen restrictions limites restricciones",
    "pattern": "workpattern arbeitsmuster arbeitszeitmodell rythmedetravail horaires patron patrondetrabajo",
    "date": "day datum tag jour fecha dia",
    "start": "starttime begin from beginn anfang startzeit von debut heuredebut heurededebut inicio desde "
    "horadeinicio",
    "end": "endtime finish to ende endzeit bis fin heurefin heuredefin hasta horadefin",
    "queue": "warteschlange schlange filedattente cola",
    "interval_start": "interval intervalstart intervall intervallbeginn intervalle debutintervalle intervalo",
    "offered": "calls contacts angeboten anrufe kontakte offerts appels ofrecidas llamadas contactos",
    "aht_seconds": "aht bearbeitungszeit dmt tmo",
    "answered": "angenommen beantwortet repondus traites atendidas",
    "answered_in_target": "answeredwithintarget",
    "abandoned": "verloren aufgelegt abandonnes abandonadas",
    "abandoned_in_target": "abandonedwithintarget",
    "heads": "required requiredheads bedarf kopfe besoin effectif necesarios",
    "activity": "aktivitat activite actividad",
    "kind": "leavetype typeofleave urlaubsart abwesenheitsart typedeconge motif tipodeausencia tipodepermiso",
    "minutes": "minuten minutos",
    "hours": "stunden heures horas",
    "days": "tage jours dias",
    "on": "asof stichtag stand dateeffet fechadelsaldo",
    "expires": "expireson verfallt verfalltam gultigbis expirele valableau caduca caducael",
    "reason": "grund begrundung raison motivo",
    "reference": "ticket ticketid caseid casenumber id key issuekey number nummer vorgang ticketnummer referenz "
    "fallnummer numero referencia",
    "title": "subject summary betreff titel thema sujet objet titre asunto titulo",
    "customer": "requester client kunde kundin auftraggeber cliente organization organisation company firma",
    "state": "status zustand etat statut estado",
    "priority": "prioritat priorite prioridad",
    "owner": "assignee agent bearbeiter zustandig responsable asignado propietario",
    "category": "kategorie categorie categoria",
    "tags": "labels stichworter etiquettes etiquetas",
    "tier": "servicelevel kundenstufe niveau nivel",
    "language": "sprache langue idioma",
    "channel": "kanal canal",
    "opened": "created createdat openedat erstellt eroffnet creele creado abierto",
    "replied": "lastreply lastrepliedat repliedat antwortam letzteantwort geantwortet dernierereponse respondido "
    "ultimarespuesta",
    "source": "quelle fuente",
    "link": "url adresse lien enlace",
    "note": "notes notiz notizen bemerkung bemerkungen kommentar remarque commentaire nota notas comentario "
    "observaciones",
}


COLUMNS = frozenset(_ALSO)


def compared(heading: str) -> str:
    """What of a heading matters: "E-Mail-Adresse" and "emailadresse", "Début" and "debut" are the same."""
    return "".join(each for each in unicodedata.normalize("NFKD", heading.casefold()) if each.isalnum())


_OWN = {
    **{also: column for column, others in _ALSO.items() for also in others.split()},
    **{compared(column): column for column in _ALSO},
}


def columns_of(headings: Iterable[str]) -> list[str]:
    """The columns by our own names; a heading that we do not know in lower case, with _ for blanks.

    Where several headings mean one column it is the one that has its own name, else the first.
    """
    written = ["_".join(heading.lower().split()) for heading in headings]
    taken = set(written)
    meant: dict[str, str] = {}
    for name in dict.fromkeys(written):
        column = _OWN.get(compared(name), name)
        meant[name] = name if column in taken else column
        taken.add(column)
    return [meant[name] for name in written]
