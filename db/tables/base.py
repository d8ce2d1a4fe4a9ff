"""The declarative base and the column types that behave alike on SQLite and PostgreSQL."""

from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeEngine

from db.number_text import exact
from models.claim import Restriction


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC; SQLite, which knows no time zones, keeps it naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """As the database keeps it. Raises ValueError for a moment without time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without time zone cannot be stored: {value}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """A Decimal as plain digits: neither database's numeric type keeps every digit of any number."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _dialect: Dialect) -> str | None:
        """As plain digits."""
        return None if value is None else exact(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Decimal | None:
        """With every digit that was stored."""
        return None if value is None else Decimal(value)


class OrderedText(TypeDecorator[str]):
    """Text in bytewise order; PostgreSQL would otherwise sort by the locale of its server."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The collation "C" on PostgreSQL; SQLite sorts bytes anyway."""
        return dialect.type_descriptor(Text(collation="C") if dialect.name == "postgresql" else Text())


class Restrictions(TypeDecorator[tuple[Restriction, ...]]):
    """What a number is restricted to, as a list of records; what was read before there was any has none."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[Restriction, ...] | None, _dialect: Dialect) -> list[dict[str, Any]]:
        """As records."""
        return [asdict(each) for each in value or ()]

    def process_result_value(self, value: list[dict[str, Any]] | None, _dialect: Dialect) -> tuple[Restriction, ...]:
        """As the claim has them."""
        return tuple(Restriction(**each) for each in value or ())


class Base(DeclarativeBase):
    """All tables; constraints are named so that migrations can name them too."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        str: OrderedText,
        datetime: UtcDateTime,
        Decimal: ExactDecimal,
        list[dict[str, Any]]: JSON,
        list[list[str]]: JSON,
        list[str]: JSON,
        dict[str, Any]: JSON,
    }
