"""Charts as answers: how one is asked for, and the picture that is sent."""

from collections.abc import Callable, Sequence
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response

from output.chart_style import ColourScheme, ImageFormat, Picture, Size
from web.http.language import language_of
from web.site import site_of

_MEDIA: dict[ImageFormat, str] = {"svg": "image/svg+xml", "png": "image/png"}


class ChartAsked:
    """The form of a chart in the address, and the screen that it is for."""

    def __init__(self, request: Request, form: ImageFormat, theme: ColourScheme = "light", size: Size = "wide") -> None:
        self._request, self._form, self._theme, self._size = request, form, theme, size

    def answer(self, draw: Callable[[Picture], bytes], sources: Sequence[str]) -> Response:
        """The picture that `draw` makes of numbers of some sources (ids), the newest first."""
        site = site_of(self._request)
        publishers = [site.publisher(source) for source in sources]
        picture = Picture(publishers, site.today(), language_of(self._request), self._theme, self._size, self._form)
        return Response(draw(picture), media_type=_MEDIA[self._form], headers={"cache-control": "max-age=300"})


Chart = Annotated[ChartAsked, Depends()]
