"""Ten more reports that a browser prints, each a page of its own: other fonts, cells over rows and columns, several
lines a row, rows that a page cuts, notes in cells.
They were made after the reader was written, and it is not to be fitted to them.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from playwright.sync_api import Browser

from tests.extractors.document.reports import Report

_WHAT = (
    "Deichabschnitt", "Kläranlage", "Fischtreppe", "Pegelnetz", "Retentionsraum", "Trinkwasserleitung", "Schöpfwerk",
    "Regenrückhaltebecken", "Moorfläche", "Hochwasserwarndienst", "Gewässerlehrpfad", "Talsperre", "Uferrandstreifen",
)  # fmt: skip
_WHERE = (
    "Altenau", "Groß Sieversbüttel", "an der unteren Oste", "im Landkreis Wolfstein und seinen Nachbargemeinden",
    "Nord", "Süd, 3. Bauabschnitt", "mit Anschluss an das Fernwärmenetz", "in Neu-Hohenfelde", "(Modellvorhaben)",
    "bei Kilometer 112", "zum Schutz der Altstadt", "Lüttringen", "am Großen Bruch",
)  # fmt: skip
STATES = {
    "fertiggestellt": "completed",
    "in Bearbeitung": "in_progress",
    "geplant": "planned",
    "in Prüfung": "under_review",
    "gestrichen": "discontinued",
    "ruht": "paused",
    "genehmigt": "approved",
    "im Bau": "in_progress",
    "teilweise umgesetzt": "in_progress",
    "noch nicht begonnen": "planned",
}
_WHO = ("Wasserverband", "Landesbetrieb", "Kreis", "Kommunen", "Ministerium für Umwelt", "Bezirksregierung")
_NOTES = (
    "Die Vergabe läuft.", "Der Planfeststellungsbeschluss wird bis Herbst 2026 erwartet, danach wird ausgeschrieben.",
    "Der Bund trägt 60 Prozent.", "Einwände von 14 Anliegern werden geprüft.", "Restarbeiten bis Mai.",
    "Siehe auch Kapitel 4; die Kosten stiegen um 12 Prozent, weil Spundwände teurer wurden und Baugrund fehlte.", "–",
)  # fmt: skip
_TOLD = (
    "Das Land hat seit {y} an {n} Stellen gebaut, und an den meisten davon länger als gedacht.",
    "Nach dem Hochwasser prüfte eine Kommission {n} Anlagen.",
    "Die Verbände melden ihre Zahlen zum Jahresende; was später kam, fehlt in dieser Übersicht.",
    "Wo Flächen fehlen, hilft auch Geld nicht weiter.",
    "Für {n} Kilometer Deich liegen Pläne vor, die noch niemand bezahlt hat.",
)


@dataclass(frozen=True, slots=True)
class Project:
    """What a row tells."""

    number: int
    name: str
    who: str
    state: str
    note: str
    cost: str
    until: str


Rows = tuple[str, list[tuple[str, ...]]]
"""The HTML of a table, and the cells of its project rows."""


@dataclass(frozen=True, slots=True)
class Varied:
    """A report: what makes its table, and its CSS."""

    name: str
    table: Callable[[random.Random, Sequence[Project]], Rows]
    css: str
    ruled: bool
    paper: str = "A4"
    landscape: bool = False


def _cells(values: Sequence[str], classes: Sequence[str] = ()) -> str:
    named = [*classes, *[""] * len(values)]
    return "".join(f'<td class="{named[number]}">{escape(value)}</td>' for number, value in enumerate(values))


def _head(*names: str) -> str:
    return f"<thead><tr>{''.join(f'<th>{escape(name)}</th>' for name in names)}</tr></thead>"


def _plain(names: Sequence[str], fields: Sequence[str], classes: Sequence[str] = ()) -> Callable[..., Rows]:
    def table(_: random.Random, projects: Sequence[Project]) -> Rows:
        rows = [tuple(str(getattr(project, field)) for field in fields) for project in projects]
        body = "".join(f"<tr>{_cells(row, classes)}</tr>" for row in rows)
        return f"<table>{_head(*names)}<tbody>{body}</tbody></table>", rows

    return table


def _states_over_rows(chance: random.Random, projects: Sequence[Project]) -> Rows:
    """One cell for the state of several projects."""
    ordered = sorted(projects, key=lambda project: project.state)
    rows = [(project.state, str(project.number), project.name, project.who) for project in ordered]
    html, left = "", 0
    for number, row in enumerate(rows):
        if not left:
            alike = next((n for n, other in enumerate(rows[number:]) if other[0] != row[0]), len(rows) - number)
            left = min(alike, chance.randint(2, 7))
            html += f"<tr><td rowspan={left}>{row[0]}</td>{_cells(row[1:])}</tr>"
        else:
            html += f"<tr>{_cells(row[1:])}</tr>"
        left -= 1
    return f"<table>{_head('Status', 'Nr.', 'Maßnahme', 'Träger')}{html}</table>", rows


def _two_headers(_: random.Random, projects: Sequence[Project]) -> Rows:
    """A header of two rows, and notes in small letters below the names."""
    head = (
        "<thead><tr><th rowspan=2>Lfd. Nr.</th><th rowspan=2>Vorhaben</th><th colspan=2>Umsetzung</th>"
        "<th rowspan=2>Kosten in Mio. Euro</th></tr><tr><th>Stand</th><th>Ende</th></tr></thead>"
    )
    rows, html = [], ""
    for project in projects:
        name = f"{project.name} Hinweis: {project.note}" if project.number % 3 == 0 else project.name
        rows.append((str(project.number), name, project.state, project.until, project.cost))
        small = f"<br><small>Hinweis: {escape(project.note)}</small>" if project.number % 3 == 0 else ""
        html += (
            f"<tr><td>{project.number}</td><td>{escape(project.name)}{small}</td>"
            f"{_cells((project.state, project.until, project.cost))}</tr>"
        )
    return f"<table>{head}<tbody>{html}</tbody></table>", rows


def _lists_in_cells(_: random.Random, projects: Sequence[Project]) -> Rows:
    """Remarks as lists, rows that pages cut, a header that stands once; marks of footnotes behind names."""
    rows, html = [], ""
    for project in projects:
        notes = (project.note, "Träger: " + project.who)
        rows.append((project.name, " ".join(f"• {note}" for note in notes), project.state))
        mark = "<sup>2</sup>" if project.number % 5 == 0 else ""
        listed = "".join(f"<div>• {escape(note)}</div>" for note in notes)
        html += f"<tr><td>{escape(project.name)}{mark}</td><td>{listed}</td><td>{project.state}</td></tr>"
    head = "<tr><th>Bezeichnung</th><th>Anmerkungen</th><th>Sachstand</th></tr>"
    return f"<table><tbody>{head}{html}</tbody></table>", rows


def _groups(_: random.Random, projects: Sequence[Project]) -> Rows:
    """Lines across the table between the rows, and a line that sums up."""
    rows, html = [], ""
    for number, project in enumerate(projects):
        if number % 9 == 0:
            html += f"<tr><td colspan=4 class=group>Einzugsgebiet {number // 9 + 1}: Küste und Binnenland</td></tr>"
        row = (f"{number // 9 + 1}.{number % 9 + 1}", project.name, project.state, project.who)
        rows.append(row)
        html += f"<tr>{_cells(row)}</tr>"
    return f"<table>{_head('Nr.', 'Projekt', 'Umsetzungsstand', 'Zuständig')}<tbody>{html}</tbody></table>", rows


def _boxes(_: random.Random, projects: Sequence[Project]) -> Rows:
    """No table at all, but boxes in a grid, the state between name and remark."""
    rows = [(project.name, project.state, project.note) for project in projects]
    head = "".join(f"<b>{name}</b>" for name in ("Maßnahme", "Status", "Bemerkung"))
    body = "".join(f"<p>{escape(cell)}</p>" for row in rows for cell in row)
    return f'<div class="grid">{head}{body}</div>', rows


VARIED = (
    Varied(
        "states over rows",
        _states_over_rows,
        "body{font-family:'DejaVu Serif'} td,th{border:0.6pt solid #000;padding:4pt;vertical-align:middle} "
        "table{border-collapse:collapse;width:100%} tr{break-inside:avoid}",
        ruled=True,
        paper="A3",
        landscape=True,
    ),
    Varied(
        "header of two rows, notes below names",
        _two_headers,
        "body{font:9pt 'DejaVu Sans Condensed'} th{background:#d8e4c8} td,th{border:1px solid #6a7;padding:2pt 4pt} "
        "table{border-collapse:collapse} small{font-style:italic;font-size:7pt}",
        ruled=True,
    ),
    Varied(
        "lists in cells, cut by pages",
        _lists_in_cells,
        "body{font:11pt 'DejaVu Serif'} td,th{border:2px solid #999;padding:6pt} td{width:30%} "
        "table{border-collapse:collapse}",
        ruled=True,
    ),
    Varied(
        "groups, words broken",
        _groups,
        "td,th{border:1px solid #000;padding:3pt} td{hyphens:auto;text-align:justify} .group{background:#ccc} "
        "table{border-collapse:collapse;table-layout:fixed;width:82%} "
        "th:first-child{width:9%} th:nth-child(2){width:45%}",
        ruled=True,
    ),
    Varied(
        "each cell a box",
        _plain(("Kennung", "Name", "Ressort", "Projektstand"), ("number", "name", "who", "state")),
        "body{font:8.5pt 'DejaVu Sans Mono'} td,th{border:1px solid #345;padding:4pt} "
        "table{border-collapse:separate;border-spacing:0}",
        ruled=True,
    ),
    Varied(
        "grid, money on the right, several lines",
        _plain(
            ("Nr.", "Vorhaben", "Budget in Euro", "Zieljahr", "Stand", "Bemerkungen"),
            ("number", "name", "cost", "until", "state", "note"),
            ("", "", "money"),
        ),
        "td,th{border:1px solid #888;padding:5pt;vertical-align:bottom} .money{text-align:right} "
        "table{border-collapse:collapse;font-size:8pt}",
        ruled=True,
        landscape=True,
    ),
    Varied(
        "thin lines below rows, in the middle",
        _plain(("Maßnahme", "Verantwortlich", "Erläuterungen", "Status"), ("name", "who", "note", "state")),
        "body{font:9.5pt 'DejaVu Serif Condensed'} td{border-bottom:0.5pt solid #777;vertical-align:middle} "
        "td,th{padding:4pt 7pt} table{border-collapse:collapse}",
        ruled=False,
    ),
    Varied(
        "no lines, money on the right",
        _plain(("Projekt", "Sachstand", "Mittel", "Abschluss"), ("name", "state", "cost", "until"), ("", "", "money")),
        "td,th{padding:5pt 9pt} .money{text-align:right} table{border-spacing:0;width:100%}",
        ruled=False,
    ),
    Varied(
        "boxes in a grid",
        _boxes,
        ".grid{display:grid;grid-template-columns:2fr 1.1fr 2fr;column-gap:14pt;row-gap:7pt} .grid p{margin:0}",
        ruled=False,
    ),
    Varied(
        "shaded, close, number and name",
        _plain(("Nummer", "Titel", "Behörde", "Bearbeitungsstand"), ("number", "name", "who", "state")),
        "body{font:9pt 'DejaVu Sans Condensed'} tr:nth-child(even) td{background:#e8eef4} td,th{padding:1pt 5pt} "
        "table{border-spacing:0;width:88%}",
        ruled=False,
    ),
)


def varied(layout: Varied, browser: Browser, seed: int = 11) -> Report:
    """The report of that layout as the browser prints it."""
    chance = random.Random(f"{layout.name} {seed}")
    names = chance.sample([f"{what} {where}" for what in _WHAT for where in _WHERE], 64)
    projects = [
        Project(
            number,
            name,
            chance.choice(_WHO),
            chance.choice(list(STATES)),
            chance.choice(_NOTES),
            f"{chance.randint(1, 40)},{chance.randint(1, 9)}",
            str(chance.randint(2024, 2031)),
        )
        for number, name in enumerate(names, start=1)
    ]
    table, rows = layout.table(chance, projects)
    told = [chance.choice(_TOLD).format(n=chance.randint(3, 900), y=chance.randint(2014, 2024)) for _ in range(24)]
    prose = "".join(f"<p>{' '.join(told[at : at + 4])}</p>" for at in range(0, len(told), 4))
    html = (
        f'<html lang="de"><head><style>body{{font:10pt sans-serif}} th{{text-align:left}} {layout.css}</style></head>'
        f"<body><h1>Zustandsbericht Wasserwirtschaft</h1>{prose}<h2>Alle Vorhaben</h2>{table}{prose}</body></html>"
    )
    page = browser.new_page()
    try:
        page.set_content(html)
        body = page.pdf(
            format=layout.paper,
            landscape=layout.landscape,
            display_header_footer=True,
            header_template='<div style="font-size:7px;margin-left:30px">Zustandsbericht Wasserwirtschaft 2025</div>',
            footer_template='<div style="font-size:7px;margin:0 auto"><span class="pageNumber"></span></div>',
            margin={"top": "50px", "bottom": "50px", "left": "45px", "right": "45px"},
            print_background=True,
        )
    finally:
        page.close()
    states = {project.name: STATES[project.state] for project in projects}
    return Report(body, (), tuple(rows), states)
