"""Reports as a browser prints them: another producer of PDFs, with fonts and rules of its own."""

import random
from dataclasses import dataclass
from html import escape

from playwright.sync_api import Browser

from tests.extractors.document.reports import STATES, Report, projects, sentences

_TITLE = "Tabelle 1 Projekte und ihr Stand"
_BADGE = "display:inline-block;padding:1px 6px;border-radius:8px;background:#dfe9f5"


@dataclass(frozen=True, slots=True)
class Printed:
    """How a report is styled: CSS of the page and its table, and what the table's cells hold."""

    name: str
    css: str
    fields: tuple[str, ...] = ("Nr.", "Projekt", "Ressort", "Umsetzungsstand")
    landscape: bool = False
    badges: bool = False
    spanned: bool = False
    """Rows of one field share its cell."""
    titled: bool = False
    """A line across all columns above the header."""
    remarks: bool = False
    """A column of sentences beside the states."""


_BORDERS = "td,th{border:1px solid #333;padding:3px 5px} table{border-collapse:collapse}"

PRINTED = (
    Printed("borders", _BORDERS),
    Printed("hairlines, badges", "td{border-bottom:1px solid #bbb;padding:5px} table{border-spacing:0}", badges=True),
    Printed("no lines, two columns", "td,th{padding:4px 8px} .text{column-count:2;hyphens:auto;text-align:justify}"),
    Printed("spanned", _BORDERS, fields=("Handlungsfeld", "Maßnahme", "Status"), spanned=True),
    Printed(
        "landscape, remarks",
        "td,th{border-top:1px solid #999;padding:3px 6px} table{border-collapse:collapse}",
        fields=("Nr.", "Vorhaben", "Sachstand", "Erläuterung"),
        landscape=True,
        remarks=True,
    ),
    Printed(
        "middle, zebra",
        "td,th{padding:6px;vertical-align:middle} tr:nth-child(odd) td{background:#eee} table{border-spacing:0}",
    ),
    Printed("title in the table", _BORDERS, titled=True),
)

LATER = (
    Printed(
        "dark header, centred",
        "th{background:#234;color:#fff;padding:6px;text-align:center} td{padding:6px;text-align:center;"
        "border-bottom:1px dotted #777} table{border-collapse:collapse;width:100%}",
    ),
    Printed(
        "state first, wide lines",
        "td,th{padding:2px 10px;line-height:1.7} .text{column-count:3;column-gap:18px}",
        fields=("Status", "Projekt", "Ressort"),
    ),
    Printed(
        "long remarks cut by pages",
        "td,th{border:1px solid #aaa;padding:8px} td{width:22%} table{border-collapse:collapse}",
        fields=("Maßnahme", "Erläuterung", "Umsetzungsstand"),
        remarks=True,
    ),
    Printed(
        "small and dense",
        "table{font-size:7pt;border-spacing:0} td,th{padding:0 6px}",
        fields=("Nr.", "Vorhaben", "Ressort", "Sachstand"),
        landscape=True,
    ),
    Printed(
        "serif, double rules",
        "body{font-family:serif!important} th{border-top:3px double #000;border-bottom:1px solid #000}"
        "td,th{padding:4px 6px} td{vertical-align:bottom} table{border-spacing:0;width:100%}",
    ),
)
"""Made when the reader read those above, and not looked at before its figures were taken."""


def printed(layout: Printed, browser: Browser, seed: int = 3) -> Report:
    """The report of that layout as the browser prints it."""
    chance = random.Random(f"{layout.name} {seed}")
    words: list[str] = []
    rows: list[tuple[str, ...]] = []
    states: dict[str, str] = {}

    def say(tag: str, text: str) -> str:
        words.extend(text.split())
        return f"<{tag}>{escape(text)}</{tag}>"

    body = say("h1", "Sachstandsbericht der Landesinitiative")
    text = "".join(say("p", sentences(chance, chance.randint(3, 6))) for _ in range(8))
    body += f'<div class="text">{text}</div>' + say("h2", "Alle Projekte im Überblick")
    head = "".join(f"<th>{escape(name)}</th>" for name in layout.fields)
    if layout.titled:
        words.extend(_TITLE.split())
        head = f"<th colspan={len(layout.fields)}>{_TITLE}</th></tr><tr>{head}"
    words.extend(" ".join(layout.fields).split())
    lines = []
    left = 0
    field = ""
    for number, name in enumerate(projects(chance, 60), start=1):
        state = chance.choice(list(STATES))
        states[name] = STATES[state]
        begins = layout.spanned and left == 0
        if begins:
            left = min(chance.randint(1, 4), 61 - number)
            field = f"Feld {chance.choice(('Wasser', 'Verkehr', 'Bildung'))} {number}"
        values = {"Nr.": str(number), "Handlungsfeld": field, "Ressort": chance.choice(("Umwelt", "Inneres", "Bau"))}
        row = tuple(
            values.get(column, sentences(chance, 1) if column == "Erläuterung" else state if column in
                       ("Status", "Sachstand", "Umsetzungsstand") else name)
            for column in layout.fields
        )  # fmt: skip
        rows.append(row)
        cells = []
        for column, value in zip(layout.fields, row, strict=True):
            if column == "Handlungsfeld" and not begins:
                continue
            words.extend(value.split())
            span = f" rowspan={left}" if column == "Handlungsfeld" else ""
            shown = f'<span style="{_BADGE}">{value}</span>' if layout.badges and value == state else escape(value)
            cells.append(f"<td{span}>{shown}</td>")
        left -= 1 if layout.spanned else 0
        lines.append(f"<tr>{''.join(cells)}</tr>")
    body += f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    body += say("p", sentences(chance, 4))
    style = f"body{{font:10pt sans-serif}} th{{text-align:left}} {layout.css}"
    page = browser.new_page()
    try:
        page.set_content(f'<html lang="de"><head><style>{style}</style></head><body>{body}</body></html>')
        made = page.pdf(
            format="A4",
            landscape=layout.landscape,
            display_header_footer=True,
            header_template='<div style="font-size:8px;margin-left:40px">Sachstandsbericht</div>',
            footer_template='<div style="font-size:8px;margin-left:40px">Seite <span class="pageNumber"></span></div>',
            margin={"top": "60px", "bottom": "60px", "left": "50px", "right": "50px"},
        )
    finally:
        page.close()
    return Report(made, tuple(words), tuple(rows), states)
