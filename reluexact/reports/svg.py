"""Pictures of claims as SVG within a page: the one place that knows how pictures are drawn.

matplotlib writes a file; here it becomes a part of a page: identifiers of its own, no style sheet that reaches beyond it, colours
by name, so that the page can be dark, and a title and a description for those who do not see it.
"""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

from markupsafe import Markup

from reluexact.kinds.plot import plot

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
COLOURS = {
    "#000000": "var(--ink)",
    "#1a1a1a": "var(--ink)",
    "#ffffff": "var(--paper)",
    "#555555": "var(--soft)",
    "#6b6b6b": "var(--soft)",
    "#7f7f7f": "var(--soft)",
    "#999999": "var(--soft)",
    "#b0b0b0": "var(--line)",
    "#c4c4c4": "var(--line)",
    "#0072b2": "var(--blue)",
    "#d55e00": "var(--vermilion)",
    "#009e73": "var(--green)",
    "#e69f00": "var(--orange)",
    "#a8568a": "var(--purple)",
}
"""What stands for the colours of pictures in a page."""
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_REFERENCE = re.compile(r"(?<=#)[\w.-]+")


def picture(claim: object, *, key: str, title: str, description: str) -> Markup:
    """Draw a claim; ``key`` begins the identifiers, different for each picture of a page.

    >>> import reluexact as rx
    >>> drawn = picture(rx.solve(rx.Dataset([[0], [1]], [0, 1]), 1), key="fit", title="The fit", description="A line.")
    >>> 'role="img" aria-labelledby="fit-title' in drawn
    True
    """
    return inlined(_drawn(claim), key=key, title=title, description=description)


def _drawn(claim: object) -> bytes:
    """Return the file of a picture; texts stay texts."""
    import matplotlib

    with matplotlib.rc_context({"svg.hashsalt": "reluexact", "svg.fonttype": "none"}):
        figure = plot(claim).get_figure(root=True)  # of a figure this is itself
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": "", "Creator": ""}, transparent=True)
    return buffer.getvalue()


def inlined(content: bytes, *, key: str, title: str, description: str) -> Markup:
    """Return the file of a picture as an element of a page."""
    root = ElementTree.fromstring(content)  # written by matplotlib just now
    used = {name for element in root.iter() for value in element.attrib.values() for name in _REFERENCE.findall(value)}
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{SVG}style" or not child.tag.startswith(SVG) or child.tag == f"{SVG}metadata":
                parent.remove(child)
    for element in root.iter():
        element.tag = element.tag.removeprefix(SVG)
        element.attrib = {name.rpartition("}")[2]: _value(name, value, key, used) for name, value in element.attrib.items()}
        if element.attrib.get("id", "").removeprefix(f"{key}-") not in used:
            element.attrib.pop("id", None)
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.attrib |= {"role": "img", "aria-labelledby": f"{key}-title {key}-description"}
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        child = ElementTree.Element(tag, {"id": f"{key}-{'title' if tag == 'title' else 'description'}"})
        child.text = text
        root.insert(place, child)
    return Markup(ElementTree.tostring(root, encoding="unicode"))  # written out by the library that escapes


def _value(name: str, value: str, key: str, used: set[str]) -> str:
    """Return the value of an attribute: references begin with the key, colours are those of the page."""
    if name == "id":
        return f"{key}-{value}"
    value = _COLOUR.sub(lambda found: COLOURS.get(found[0], found[0]), value)
    if name == LINK or "url(#" in value:
        value = _REFERENCE.sub(lambda found: f"{key}-{found[0]}" if found[0] in used else found[0], value)
    return value
