"""`bilanz objections`: what readers say is wrong with claims, until a reviewer has answered."""

from __future__ import annotations

from cli.language import _
from cli.opening import open_database
from cli.printing import ListOption, write_rows
from models.calendar import berlin_moment


def objections(form: ListOption = "table") -> None:
    """List what readers say is wrong with claims, as long as nobody has answered.

    Reviewers answer on the pages: they correct or reject the claim, or say why it stays as it is.

    Example: `bilanz objections --format json`
    """
    from db.curation.objections import open_objections

    with open_database().connect() as connection:
        found = open_objections(connection)
    rows = [
        {
            "id": each.id,
            "claim": each.claim_key,
            "fault": each.fault,
            "sentence": each.sentence,
            "sender": each.sender,
            "made": berlin_moment(each.made_at),
        }
        for each in found
    ]
    write_rows(rows, form, empty=_("No objection waits for an answer."))
