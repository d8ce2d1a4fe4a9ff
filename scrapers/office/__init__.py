"""A bundled press office: a small real web server on loopback with releases of an invented state government."""

from scrapers.office.server import PORT, Office

__all__ = ["PORT", "Office"]
