"""Four years of one programme: its reports, with the claims that are read from them."""

from sqlalchemy import Engine

from models.claim import Extraction, Project
from models.release import Release
from tests.support.releases import extraction, page, says, store

PROGRAMME = "Ruhr-Konferenz"
HOST = "https://office.example/"
NAMED = (Project(PROGRAMME),)
Report = tuple[str, Release, Extraction]


def about(quote: str, value: str | None = None, counted: str | None = "Projekt", **fields: object):  # type: ignore[no-untyped-def]
    return says(quote, value=value, counted=counted, subject=fields.pop("subject", PROGRAMME), **fields)


START = page("Der Auftakt", "Jetzt legen die 74 Projekte los. Sie haben 20 Foren entworfen.", "2020-01-21")
FIRST = page(
    "Zweiter Bericht: ein Projekt am Ziel",
    "Aus den 73 Projekten von 2019 laufen 55, eines ist beendet. Bei 17 wird gerechnet. "
    "136 Millionen Euro sind geflossen.",
    "2021-12-09",
)
SECOND = page(
    "Dritter Bericht: 22 Projekte erledigt",
    "Stand Jahresende: Aus 73 Projekten sind 22 erledigt oder in Dauer überführt. 13 ruhen für immer.",
    "2023-08-16",
)
THIRD = page(
    "Vierter Bericht",
    "Aus den 2018 erdachten 73 Projektvorschlägen sind 42 erledigt, 16 laufen. 15 sind vom Tisch. "
    "In der Allianz lehren 27 Professuren, mehr als 50 sollen es werden.",
    "2025-11-26",
)


def four_reports() -> list[Report]:
    """What was published, and read from it, the oldest first."""
    part = {"of": "73", "whole": 0}
    read = [
        (START, [about("74", "74", status="started"), about("20", "20", "Forum")], {}),
        (
            FIRST,
            [
                about("73", "73", as_of="2019", status="proposed", reporting_date="2019", reporting_basis="stated"),
                about("55", "55", status="in_progress", **part),
                about("eines ist beendet", "1", status="completed", **part),
                about("17", "17", status="under_review", **part),
                about("ein Projekt am Ziel", "1", status="completed"),
                about("136 Millionen Euro", "136000000", None, kind="money", unit="EUR", status="approved"),
            ],
            {},
        ),
        (
            SECOND,
            [
                about("73", "73"),
                about("22 erledigt", "22", status="completed", **part),
                about("13", "13", status="discontinued", **part),
                about("22 Projekte", "22", status="completed"),
            ],
            {"reporting_date": "2022-12-31", "reporting_basis": "release"},
        ),
        (
            THIRD,
            [
                about("73", "73", "Projektvorschlag", status="proposed", as_of="2018"),
                about("42", "42", "Projektvorschlag", status="completed", **part),
                about("16", "16", "Projektvorschlag", status="in_progress", **part),
                about("15", "15", "Projektvorschlag", status="discontinued", **part),
                about("27", "27", "Professur", subject="Research Alliance Ruhr", status="operating", since="2022"),
                about(
                    "50", "50", "Professur", subject="Research Alliance Ruhr", status="in_progress", modality="planned",
                    comparator=">",
                ),
            ],
            {"reporting_date": "2024-12-31", "reporting_basis": "release"},
        ),
    ]  # fmt: skip
    return [
        (f"{HOST}{number}", release, extraction(release, statements, projects=NAMED, **dates))
        for number, (release, statements, dates) in enumerate(read)
    ]


def store_reports(engine: Engine) -> None:
    """Stores the programme's four reports."""
    for report in four_reports():
        store(engine, *report)
