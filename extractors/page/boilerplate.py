"""What on a page is not the release: told by element, ARIA role and the common words in class names."""

import re
from functools import lru_cache

from extractors.page.markup import Element

_TAGS = frozenset((
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "nav", "button",
    "select", "input", "textarea", "dialog", "canvas", "audio", "video", "map", "head", "datalist", "menu",
    "s", "strike", "del",  # struck out: what the office no longer says
))  # fmt: skip
_ROLES = frozenset((
    "navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog",
    "alertdialog", "toolbar", "tablist", "tooltip", "status",
))  # fmt: skip
# Words that stand between separators, or begin or end a camel-cased part, of class names and ids.
_CLASS = re.compile(
    r"""(?:^|[\s_-])(?:
      bread-?crumbs?|breadcrump|share|sharing|social(?:[-_]?(?:media|share|links?))?|cookies?(?:[-_]?\w+)?|consent
      |nav(?:igation|skip)?|menu|pag(?:ination|er)|skip(?:[-_]?links?)?|related|site-?map|feedback|ratings?|comments?
      |tags?|tag-?(?:list|cloud)|keywords?|schlagworte?|toolbar|service-?menu|newsletter|lightbox|modal|overlay
      |print-?(?:link|button|only)|aural|hide-accessible|sr-only|visually-?hidden|screen-?reader(?:-text)?|invisible|hidden-?print-?not
      |show-for-sr|element-invisible|off-?screen|a11y-?(?:hidden|only)|author-?(?:box|info|bio)|byline|assistive-?text|hidden-?content|for-screenreaders?
    )(?:$|[\s_-])|(?:^|\s)[\w-]*--hidden(?:$|\s)|(?:^|[\s_-])(?:bpa-)?accessibility(?:$|\s)""",
    re.VERBOSE | re.IGNORECASE,
)
_SIDE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:side-?bar|aside|marginal(?:spalte)?|supplement|footer|col(?:umn)?-right)(?:$|[\s_-])",
    re.IGNORECASE,
)
_PANEL = re.compile(r"accordion|akkordeon|collaps|expand|klapp|toggle|tab-?(?:pane|content)|panel", re.IGNORECASE)
"""Parts of the text that a reader opens by a click."""
_COLUMN = re.compile(r"(?:^|\s)(?:col|grid|span|cell|small|medium|large)-?(?:(?:xs|sm|md|lg|xl|xxl)-)?(\d\d?)(?=$|\s)")
"""Width in twelfths of the page, as Bootstrap and Foundation name it."""
_UNSEEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
_NOT_DISPLAYED = re.compile(r"(?:^|\s)d-none(?=$|\s)(?!.*\bd-(?:sm|md|lg|xl|xxl)-)", re.IGNORECASE)
"""Bootstrap's class for what is shown at no width of the window."""
_NARROW = 4
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_PAGE = frozenset({"html", "body", "main", "article"})


class Pruner:
    """Decides which elements of a page are left out.

    Args:
        headline: the headline's element; nothing that holds it is left out.
        hidden: whether elements that are hidden are read all the same, as on pages that a script uncovers.
    """

    def __init__(self, headline: Element | None, *, hidden: bool = False) -> None:
        self._hidden = hidden
        self.doubtful: list[Element] = []
        """What was left out for its name or place alone, and may be text all the same."""
        self._words: int | None = None
        """How many the page has; counted when it is asked for, since few pages have forms."""
        self._kept: set[Element] = set()
        if headline is not None:
            self._kept = {headline, *headline.iterancestors()}

    def __call__(self, element: Element) -> bool:
        """Whether an element is left out with all that it holds."""
        tag = element.tag
        if tag in _TAGS:
            # Headings of accordions are buttons.
            return tag != "button" or element.getparent().tag not in _HEADINGS
        if tag in _PAGE or element in self._kept:
            return False
        if tag in ("aside", "form", "footer", "header"):
            return self._is_frame(element) and (element.tag != "aside" or self._doubted(element))
        attributes = element.attrib
        if not attributes:
            return False
        if attributes.get("role") in _ROLES:
            return True
        if not self._hidden and (
            "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or self._is_unseen(attributes.get("style"))
            or _NOT_DISPLAYED.search(attributes.get("class", ""))
        ):
            return not (is_substantial(element) or _is_panel(element)) and self._doubted(element)
        words = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        if words != " " and _names_frame(words):
            return not is_substantial(element) and self._doubted(element)
        return self._is_side_column(element) and self._doubted(element)

    def _doubted(self, element: Element) -> bool:
        self.doubtful.append(element)
        return True

    def _is_side_column(self, element: Element) -> bool:
        """Whether it is a narrow column of a grid beside the wide one that holds the headline."""
        # Asked first, since few elements stand beside one that holds the headline.
        if element.getparent() not in self._kept or not 0 < (width := _width(element)) <= _NARROW:
            return False
        beside = next((other for other in element.itersiblings(preceding=True) if other in self._kept), None)
        return beside is not None and _width(beside) >= 2 * width - 1

    def _is_frame(self, element: Element) -> bool:
        if element.tag == "aside" or element.get("role") in _ROLES:
            return True
        if element.tag == "form":  # ASP.NET wraps whole pages into a form
            return not (is_substantial(element) or self._holds_most(element))
        return not any(ancestor.tag in ("main", "article") for ancestor in element.iterancestors())

    def _holds_most(self, element: Element) -> bool:
        """Whether more than half of the words on the page stand in an element."""
        if self._words is None:
            self._words = _words_in(element.getroottree().getroot())
        return 2 * _words_in(element) > self._words

    @staticmethod
    def _is_unseen(style: str | None) -> bool:
        return style is not None and _UNSEEN.search(style) is not None


@lru_cache(maxsize=4096)  # the elements of a page, and the pages of a site, share their names
def _names_frame(words: str) -> bool:
    return (_CLASS.search(words) or _SIDE_CLASS.search(words)) is not None


def _is_panel(element: Element) -> bool:
    parent = element.getparent()
    words = (part.get(name, "") for part in (element, parent) if part is not None for name in ("class", "id"))
    return _PANEL.search(" ".join(words)) is not None


def _width(element: Element) -> int:
    """Twelfths of the page on a wide screen; 0 where no grid says so."""
    return min(map(int, _COLUMN.findall(element.get("class", ""))), default=0)


def is_hidden_heading(element: Element) -> bool:
    """Whether a heading is there for screen readers only, or stands in the page's frame."""
    for node in (element, *element.iterancestors()):
        if node.tag in ("nav", "aside", "footer", "dialog", "template") or node.get("role") in _ROLES:
            return True
        if node.tag in _PAGE:
            return False
        words = node.get("class", "")
        if words and node is element and _CLASS.search(words):
            return True
    return False


def _words_in(element: Element) -> int:
    return sum(len(text.split()) for text in element.xpath(".//text()[not(parent::script or parent::style)]"))


def is_substantial(element: Element) -> bool:
    """Whether an element holds several real paragraphs: then a class name alone does not condemn it."""
    found = 0
    for paragraph in element.iter("p"):
        if len("".join(paragraph.itertext())) >= 120:
            found += 1
            if found == 3:
                return True
    return False
