"""Where the database is: known by itself, since all settings together take longer to load than a small answer."""

import os

DEFAULT_URL = "sqlite:///data/bilanz.db"
_VARIABLE = "BILANZ_DATABASE_URL"


def database_url() -> str:
    """The SQLAlchemy URL that `models.settings.Settings.database_url` has, too."""
    # Names of settings are read whatever their case.
    return next((value for name, value in os.environ.items() if name.upper() == _VARIABLE), DEFAULT_URL)
