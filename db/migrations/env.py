"""For Alembic's own command line, in development; the program migrates through db.upkeep.schema."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from db.engine import connect
from db.tables import Base
from models.settings import settings


def _include(_item: object, name: str | None, *_: object) -> bool:
    return name != "alembic_version"


def _render(kind: str, item: Any, autogen_context: AutogenContext) -> str | Literal[False]:
    if kind == "type" and type(item).__module__ == "db.tables.base":
        autogen_context.imports.add("from db.tables import base as types")
        return f"types.{type(item).__name__}()"
    return False


engine = connect(settings().database_url)
with engine.execution_options(takes_write_lock=True).connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transactional_ddl=True,
        render_item=_render,
        include_object=_include,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
