"""The examples of spreadsheets that the set-up sends."""

from datetime import date

SENDING = "I am sending it; look into our direct messages."


def sample_sent(name: str) -> str:
    """Where the example is."""
    return f"✓ I have sent you `{name}` in a direct message."


def sample_not_sent() -> str:
    """Slack took no file."""
    return "Slack does not take the file right now. Please try again in a moment."


def sample(kind: str, email: str, name: str, zone: str, monday: date) -> tuple[str, bytes, str]:
    """A spreadsheet to begin with: its name, what is in it, and what to do with it."""
    if kind == "people":
        lines = [
            "email,name,role,team,skills,timezone",
            f"{email},{name.replace(',', ' ')},coordinator,,,{zone}",
            f"alex@example.com,Alex Example,agent,Mail,refunds;german,{zone}",
            f"sam@example.com,Sam Example,lead,Mail,,{zone}",
        ]
        what = "one line for each person"
    else:
        lines = [
            "email,date,start,end,timezone,queue,note",
            f"alex@example.com,{monday.isoformat()},09:00,17:00,{zone},mail,",
            f"sam@example.com,{monday.isoformat()},22:00,06:00,{zone},phones,ends on the next day",
            f",{monday.isoformat()},12:00,16:00,{zone},mail,an open shift: nobody has it yet",
        ]
        what = "one line for each shift"
    comment = f"An example: {what}. Put your own in, and send it back to me here."
    return f"{kind}.csv", ("\n".join(lines) + "\n").encode(), comment
