"""How good the three answers are on a real documentation: that of Django 5.2.8 (BSD-3-Clause), about 250 pages.

pip fetches it as a source distribution, and it is never kept here; the queries, and which pages answer them, are
ours. The yardstick is FTS5 as it comes, over the same pages.
"""

import re
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from sqlalchemy import insert

from bot.domain.kb_search import Query
from storage.db import Sessions, open_engine
from storage.kb_search import search
from storage.migrate import upgrade
from storage.tables import Workspace
from tests.bench.report import say
from tests.kb_shelf import Text, shelve

_PACKAGE = "Django==5.2.8"
_PARTS = ("topics", "howto", "ref", "intro", "faq", "misc")
_SHOWN = 3

# Each as somebody might type it, with the pages of which any answers it.
JUDGED: Mapping[str, tuple[str, ...]] = {
    "csrf token missing": ("howto/csrf", "ref/csrf"),
    "how do I turn off csrf protection for one view": ("howto/csrf", "ref/csrf"),
    "reset password by email": ("topics/auth/default", "topics/auth/passwords"),
    "how are passwords stored": ("topics/auth/passwords",),
    "pasword hashing": ("topics/auth/passwords",),
    "custom user model": ("topics/auth/customizing",),
    "log users out": ("topics/auth/default",),
    "permissions for groups": ("topics/auth/default", "ref/contrib/auth"),
    "deployment checklist": ("howto/deployment/checklist",),
    "deploy with gunicorn": ("howto/deployment/wsgi/gunicorn",),
    "gunicron": ("howto/deployment/wsgi/gunicorn",),
    "apache mod_wsgi": ("howto/deployment/wsgi/modwsgi",),
    "serving static files in production": ("howto/static-files/deployment", "howto/static-files/index"),
    "collectstatic": ("ref/contrib/staticfiles", "howto/static-files/index", "howto/static-files/deployment"),
    "upload several files at once": ("topics/http/file-uploads",),
    "file upload handlers": ("ref/files/uploads", "topics/http/file-uploads"),
    "export csv": ("howto/outputting-csv",),
    "generate a pdf": ("howto/outputting-pdf",),
    "write my own template tag": ("howto/custom-template-tags",),
    "custom management command": ("howto/custom-management-commands",),
    "managment comands": ("howto/custom-management-commands", "ref/django-admin"),
    "legacy database": ("howto/legacy-databases",),
    "several databases": ("topics/db/multi-db",),
    "rollback transaction": ("topics/db/transactions",),
    "atomic transactons": ("topics/db/transactions",),
    "raw sql queries": ("topics/db/sql",),
    "group by and annotate": ("topics/db/aggregation",),
    "full text search postgres": ("ref/contrib/postgres/search", "topics/db/search"),
    "many to many relationship example": ("topics/db/examples/many_to_many",),
    "squash migrations": ("topics/migrations",),
    "write a data migration": ("topics/migrations", "howto/writing-migrations"),
    "send html email": ("topics/email",),
    "e-mail attachments": ("topics/email",),
    "session expiry": ("topics/http/sessions",),
    "seesion cookies": ("topics/http/sessions",),
    "cache a whole page": ("topics/cache",),
    "redis cache backend": ("topics/cache",),
    "paginate a list of objects": ("topics/pagination", "ref/paginator"),
    "translate strings in templates": ("topics/i18n/translation",),
    "time zone of the user": ("topics/i18n/timezones",),
    "number formatting locale": ("topics/i18n/formatting",),
    "testing with a client": ("topics/testing/tools",),
    "test runner in parallel": ("topics/testing/advanced", "topics/testing/overview", "ref/django-admin"),
    "log to a file": ("howto/logging", "topics/logging", "ref/logging"),
    "email admins about errors": ("howto/error-reporting", "topics/logging", "ref/logging"),
    "clickjacking x-frame-options": ("ref/clickjacking",),
    "sitemap": ("ref/contrib/sitemaps",),
    "rss feed": ("ref/contrib/syndication",),
    "formset validation": ("topics/forms/formsets", "ref/forms/formsets"),
    "form wigdets": ("ref/forms/widgets",),
    "admin bulk action": ("ref/contrib/admin/actions",),
    "async views": ("topics/async",),
    "signed cookies and cryptographic signing": ("topics/signing",),
    "install geodjango postgis": ("ref/contrib/gis/install/postgis", "ref/contrib/gis/install/index"),
    "humanize dates": ("ref/contrib/humanize",),
}
# What this documentation does not answer.
UNANSWERED = (
    "parental leave entitlement",
    "refund for a broken router",
    "kubernetes ingress annotations",
    "holiday allowance of freelancers",
    "battery replacement warranty",
)

_UNDERLINED = re.compile(r"^(?:([=#*\-~^\"'])\1+\n)?(\S[^\n]*)\n([=#*\-~^\"'])\3{2,}$", re.MULTILINE)
_ROLE = re.compile(r":[\w:+.-]+:`~?!?([^`<]*?)(?:\s*<[^`]*>)?`")
_DIRECTIVE = re.compile(r"^\s*\.\.\s+(?:[\w:-]+::|_[^:]+:).*$", re.MULTILINE)

Find = Callable[[str], Sequence[str]]


def run() -> None:
    """Prints the rows, or why there are none."""
    pip = shutil.which("pip")
    with tempfile.TemporaryDirectory() as folder:
        if pip is None or not _fetched(pip, Path(folder)):
            print("Judged queries: the documentation could not be fetched.\n")  # noqa: T201
            return
        pages = dict(_pages(Path(folder)))
        sessions, ours = _ours(pages, Path(folder))
        theirs = _theirs(pages)
        (mine, mine_share), (fts, fts_share) = _judged(ours), _judged(theirs)
        say(f"{len(JUDGED)} judged queries, {len(pages)} pages", mine, fts, mine_share / fts_share, "none")
        silent, theirs_silent = (sum(not find(each) for each in UNANSWERED) for find in (ours, theirs))
        what = f"{len(UNANSWERED)} that nothing answers: nothing shown"
        say(what, str(silent), str(theirs_silent), silent / len(UNANSWERED), "1")
        sessions.close()


def _fetched(pip: str, folder: Path) -> bool:
    command = [pip, "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--dest", str(folder), _PACKAGE]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def _pages(folder: Path) -> Iterator[tuple[str, Text]]:
    """The pages by their path, as Markdown."""
    archive = next(folder.glob("*.tar.gz"))
    with tarfile.open(archive) as files:
        for member in files:
            path = Path(member.name)
            parts = path.parts[2:]
            if path.parts[1:2] != ("docs",) or path.suffix != ".txt" or len(parts) < 2 or parts[0] not in _PARTS:
                continue
            content = files.extractfile(member)
            if content:
                yield str(Path(*parts).with_suffix("")), _read(content.read().decode())


def _read(text: str) -> Text:
    plain = _DIRECTIVE.sub("", _ROLE.sub(r"\1", text)).replace("``", "")
    found = _UNDERLINED.search(plain)
    title = found[2] if found else plain.strip().partition("\n")[0]
    return Text(title, _UNDERLINED.sub(r"## \2", plain))


def _ours(pages: Mapping[str, Text], folder: Path) -> tuple[Sessions, Find]:
    sessions = Sessions(open_engine(f"sqlite:///{folder}/judged.sqlite3"))
    upgrade(sessions.engine)
    with sessions.across() as connection:
        connection.execute(insert(Workspace), {"workspace_id": "T1", "name": "Bench", "revision": 0})
    with sessions.write("T1") as session:
        articles = shelve(session, pages.values())
    paths = {article.id: path for article, path in zip(articles, pages, strict=True)}

    def find(query: str) -> list[str]:
        with sessions.read("T1") as session:
            return [paths[each.article_id] for each in search(session, Query(query), 10).hits]

    return sessions, find


def _theirs(pages: Mapping[str, Text]) -> Find:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE plain USING fts5(path UNINDEXED, title, body, tokenize='porter')")
    rows = [(path, text.title, text.body) for path, text in pages.items()]
    connection.executemany("INSERT INTO plain VALUES (?, ?, ?)", rows)

    def find(query: str) -> list[str]:
        wanted = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query))
        statement = "SELECT path FROM plain WHERE plain MATCH ? ORDER BY bm25(plain, 0, 10, 1) LIMIT 10"
        return [path for (path,) in connection.execute(statement, (wanted,))]

    return find


def _judged(find: Find) -> tuple[str, float]:
    """Over all queries: how often an answer is among the three that are shown, and how high."""
    shown, ranks = 0, 0.0
    for query, answers in JUDGED.items():
        found = find(query)
        best = next((at for at, path in enumerate(found) if path in answers), None)
        shown += best is not None and best < _SHOWN
        ranks += 1 / (best + 1) if best is not None else 0
    share = shown / len(JUDGED)
    return f"{share:.0%} among the first three, MRR {ranks / len(JUDGED):.3f}", share


if __name__ == "__main__":
    run()
