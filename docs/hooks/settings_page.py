"""The reference of the settings, from the class that reads them."""

from cells import table

from models.settings import Settings

INTRODUCTION = """# Settings

Read from the environment, once a process. Nothing else is configured; passwords and secrets are never printed.
"""

PREFECT = """
Prefect has settings of its own. Two matter here: `PREFECT_API_URL` names a server that records the runs (without it
each command starts a temporary one), `PREFECT_HOME` the folder of its data (`data/prefect`, beside the database).
"""


def markdown() -> str:
    """The page."""
    prefix = Settings.model_config["env_prefix"].upper()
    rows = [
        [
            f"`{prefix}{name.upper()}`",
            field.description or "",
            "" if field.default is None else f"`{field.default}`",
        ]
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join([INTRODUCTION, table(["variable", "meaning", "default"], rows), PREFECT])
