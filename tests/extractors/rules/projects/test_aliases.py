"""Which names of a document are forms of one."""

import pytest

from extractors.rules.projects.aliases import merge
from extractors.rules.projects.candidate import Candidate


@pytest.mark.parametrize(
    ("names", "joined"),
    [
        (["Research Alliance Ruhr", "Research Alliance"], ["Research Alliance Ruhr = Research Alliance"]),
        (["Fonds Wald-Klima", "Wald-Klima"], ["Fonds Wald-Klima = Wald-Klima"]),
        (["Lippe-Aue Haltern", "Lippe"], ["Lippe-Aue Haltern", "Lippe"]),
        (["Ruhr-Konferenz 2024", "Ruhr-Konferenz"], ["Ruhr-Konferenz = Ruhr-Konferenz 2024"]),
    ],
)
def test_forms_of_one_name_are_joined(names: list[str], joined: list[str]) -> None:
    text = ". ".join(names) + "."
    found = merge([Candidate(name, (), text.index(name)) for name in names], text)
    assert [" = ".join((project.name, *project.aliases)) for project in found] == joined
