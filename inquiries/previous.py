"""What was reported before: the latest earlier statement of the same series."""

from sqlalchemy import Connection

from comparison.relation import relate, stated
from comparison.series import series_key
from db.claims.queries import load, stored_claims
from db.curation.names import ProjectNames
from db.curation.nouns import nouns_of
from db.tables import Reading
from models.stored import StoredClaim

_LOOKED_AT = 50


class PreviousStatements:
    """Looks up what was stated before; projects' names are loaded once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._names = ProjectNames(connection)

    def __call__(self, stored: StoredClaim) -> StoredClaim | None:
        """The latest statement of an earlier date about the same; None where none was found.

        For a number it is one of the same series that it may be compared with, for the state of a project any
        state of it. Claims without a subject or a date are in no series; rejected ones do not count.
        """
        claim, date = stored.claim, stored.date
        if not claim.subject or not date:
            return None
        group = self._names.resolve(claim.subject)
        statement = stored_claims().where(
            Reading.current,
            Reading.subject_key.in_(sorted(group.keys)),
            Reading.kind == claim.kind,
            Reading.modality == claim.modality,
            Reading.reporting_date < date,
            Reading.reporting_date != "",
        )
        if claim.kind != "status":
            statement = statement.where(Reading.unit.is_not_distinct_from(claim.unit))
            statement = statement.where(Reading.status.is_not_distinct_from(claim.status))
        order = (Reading.reporting_date.desc(), Reading.published.desc(), Reading.claim_key)
        found = load(self._connection, statement.order_by(*order).limit(_LOOKED_AT))
        standing = (each for each in found if each.decision != "rejected")
        if claim.kind == "status":
            return next(standing, None)
        nouns, names = nouns_of(self._connection, group.name), dict.fromkeys(group.keys, group.name)
        series, told = series_key(stored, nouns, names), stated(stored, nouns.series(claim.counted))
        alike = (each for each in standing if series_key(each, nouns, names) == series)
        sides = ((each, stated(each, nouns.series(each.claim.counted))) for each in alike)
        return next((each for each, side in sides if relate(side, told).comparable), None)
