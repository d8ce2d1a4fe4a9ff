"""A press office on loopback: real HTTP, several kinds of site, every fault a script can ask for."""

from tests.support.simulator.clock import FakeClock
from tests.support.simulator.cms import CMS, FAMILIES, Published, samples
from tests.support.simulator.server import Answer, PressOffice, Request

__all__ = ["CMS", "FAMILIES", "Answer", "FakeClock", "PressOffice", "Published", "Request", "samples"]
