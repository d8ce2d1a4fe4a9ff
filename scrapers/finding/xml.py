"""XML from strangers: no entities, no network, bounded depth."""

import re

from lxml import etree

from models.errors import UnexpectedContent

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def refuse_entities(content: bytes, url: str) -> None:
    """Refuses XML that declares entities, before any parser sees it.

    Feeds and sitemaps need none; declared ones can grow to gigabytes or read files.

    Raises:
        UnexpectedContent: an entity is declared.
    """
    # UTF-16 has a zero byte beside every ASCII character.
    if _ENTITY.search(content.replace(b"\0", b"")):
        raise UnexpectedContent(f"{url} declares XML entities, which no honest feed needs; it was not read.", url)


def parse_xml(content: bytes, url: str) -> etree._Element:
    """The root element.

    Raises:
        UnexpectedContent: the content declares entities or is no well-formed XML.
    """
    refuse_entities(content, url)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnexpectedContent(f"{url} is no well-formed XML ({error.msg}).", url) from error
