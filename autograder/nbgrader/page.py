"""How a student's text appears in feedback and formgrader, where nbconvert makes HTML of it.

Both pages break as a whole if one cell cannot be rendered, and an instructor reads the second one
while logged in. So markdown is rendered here first, by the same code: what fails, what would take
too long and what holds a link that could run something is shown as it was typed.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

from nbconvert.exporters import HTMLExporter
from nbconvert.filters import strip_files_prefix

__all__ = ["Page", "pictures"]

#: Characters of one text that are rendered: the time nbconvert takes grows with their square.
LONGEST = 20_000
#: The same for all cells of a student's own together; our notebooks' texts are a fifth of it.
MOST_TEXT = 100_000
#: Characters of one text that is shown as it is. Cleaning it takes a second for twice as many.
LONGEST_RAW = 100_000
#: Base64 of all pictures on a page, each as often as it is shown.
MOST_PICTURES = 8_000_000
#: Length of the HTML of one text, without its pictures. Repeated references can make it grow.
MOST_HTML = 400_000
#: Its length with the pictures, times its "[": nbconvert's last filter goes on from each of them.
MOST_STEPS = 500_000_000
#: Elements within elements: BeautifulSoup calls itself for each.
DEEPEST = 60

CUT = "[Only the first {} of {} characters are shown.]"
AS_TYPED = "This answer is shown as it was typed: its markdown cannot be displayed here."

#: No SVG: that is a document with scripts.
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
_DATA = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,([A-Za-z0-9+/]*={0,2})", re.IGNORECASE)
_SCHEMES = ("http", "https", "mailto")
#: What mistune leaves alone when it quotes an address.
_UNQUOTED = ":/?#@!$&()*+,;=%"

Pictures = Mapping[str, tuple[str, str]]


class Page:
    """The page of one submission. It keeps count of what is on it."""

    def __init__(self) -> None:
        self._text = MOST_TEXT
        self._pictures = MOST_PICTURES

    def own(self, kind: str, text: str, pictures: Pictures) -> dict[str, Any]:
        """Type, source and attachments of a markdown cell, or a raw one, of the student's own."""
        text = _without_tags(text)
        if kind == "markdown" and len(text) <= min(LONGEST, self._text):
            self._text -= len(text)
            shown = self._shown(text, pictures)
            if shown is not None:
                return {"cell_type": kind, "source": text, **shown}
        return {"cell_type": "raw", "source": _cut(text, LONGEST_RAW)}

    def answer(self, text: str, pictures: Pictures) -> dict[str, Any]:
        """Source and attachments of an answer that a person grades. Its cell stays markdown."""
        text = _cut(_without_tags(text), LONGEST)
        shown = self._shown(text, pictures)
        if shown is not None:
            return {"source": text, **shown}
        fence = "~" * max(3, *(len(found) + 1 for found in re.findall("~+|$", text)))
        return {"source": f"{AS_TYPED}\n\n{fence}\n{text}\n{fence}\n"}

    def _shown(self, text: str, pictures: Pictures) -> dict[str, Any] | None:
        """What the text needs to be rendered; None if it must not be."""
        # Jupyter may write "my%20picture.png" for "my picture.png", and mistune always does.
        quoted = {quote(name, safe=_UNQUOTED): picture for name, picture in pictures.items()}
        for named in (pictures, quoted):
            used = _used(text, named)
            if used is None:
                continue
            size = sum(len(named[name][1]) for name in used)
            if size > self._pictures:
                return None
            self._pictures -= size
            carried = {name: {named[name][0]: named[name][1]} for name in used}
            return {"attachments": carried} if carried else {}
        return None


def pictures(cell: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """{name: (type, base64)} of the pictures attached to a submitted markdown cell."""
    attached = cell.get("attachments")
    if cell.get("cell_type") != "markdown" or not isinstance(attached, dict):
        return {}
    found = {}
    for name, bundle in attached.items():
        for kind in _PICTURES:
            data = bundle.get(kind) if isinstance(bundle, dict) else None
            if isinstance(data, list) and all(isinstance(part, str) for part in data):
                data = "".join(data)
            if isinstance(data, str) and (data := "".join(data.split())) and _is_base64(data):
                found[_encodable(name)] = (kind, data)
                break
    return found


def _is_base64(data: str) -> bool:
    try:
        return bool(base64.b64decode(data, validate=True))
    except ValueError:
        return False


def _encodable(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")


def _used(text: str, pictures: Pictures) -> list[str] | None:
    """The pictures that the rendered text shows, as often as it does; None if it is not harmless.

    Numbers stand for the pictures meanwhile: a text could show a large one a thousand times.
    """
    names = list(pictures)
    stand_ins = {name: {pictures[name][0]: f"{number:08d}"} for number, name in enumerate(names)}
    try:
        html = _exporter().markdown2html({"cell": {"attachments": stand_ins}}, text)
    except Exception:  # of a library that was given anything at all
        return None
    steps = html.count("[") * len(html)
    if len(html) > MOST_HTML or steps > MOST_STEPS:
        return None
    reader = _Reader()
    reader.feed(strip_files_prefix(html))
    reader.close()
    if reader.deepest > DEEPEST or not all(_is_harmless(*link) for link in reader.links):
        return None
    numbers = [found.group(1) for _, url in reader.links if (found := _DATA.fullmatch(url))]
    shown = [int(number) for number in numbers if re.fullmatch("[0-9]{8}", number)]
    used = [names[number] for number in shown if number < len(names)]
    steps += html.count("[") * sum(len(pictures[name][1]) for name in used)
    return used if steps <= MOST_STEPS else None


@cache
def _exporter() -> HTMLExporter:
    return HTMLExporter()


class _Reader(HTMLParser):
    """Collects the addresses in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.deepest = self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [(tag, value or "") for name, value in attrs if name in ("href", "src")]
        self._depth += 1
        self.deepest = max(self.deepest, self._depth)

    def handle_endtag(self, tag: str) -> None:
        self._depth -= 1


def _is_harmless(tag: str, url: str) -> bool:
    # Browsers leave out space and control characters before they look for the scheme.
    url = "".join(char for char in url if char > " ")
    scheme, colon, _ = url.partition(":")
    if not colon or re.search("[/?#]", scheme) or scheme.lower() in _SCHEMES:
        return True
    return tag == "img" and _DATA.fullmatch(url) is not None


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    # At the top, where nothing in the text can hide it.
    return f"{CUT.format(most, len(text))}\n\n{text[:most]}"


def _without_tags(text: str) -> str:
    """Markdown whose HTML is shown as text."""
    return re.sub(r"<(?=[A-Za-z/!?])", "< ", text)
