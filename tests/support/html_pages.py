"""Pages read by Python's own parser: a tree of elements that tests can ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "input", "hr"}


@dataclass(eq=False)
class Element:
    tag: str
    attributes: dict
    parent: Element | None = None
    children: list = field(default_factory=list)

    def all(self, *tags):
        """Return the elements below with one of these tags; all without tags."""
        below = [child for child in self.children if isinstance(child, Element)]
        return [one for child in below for one in ((child,) if not tags or child.tag in tags else ()) + tuple(child.all(*tags))]

    def named(self, name):
        """Return the element with this id."""
        return next(one for one in self.all() if one.attributes.get("id") == name)

    @property
    def text(self):
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def words(self):
        """Return the text with single blanks."""
        return " ".join(self.text.split())


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = self.here = Element("", {})
        self.faults = []

    def handle_starttag(self, tag, attrs):
        child = Element(tag, dict(attrs), self.here)
        self.here.children.append(child)
        if tag not in VOID:
            self.here = child

    def handle_startendtag(self, tag, attrs):
        self.here.children.append(Element(tag, dict(attrs), self.here))

    def handle_endtag(self, tag):
        if self.here.tag != tag:
            self.faults.append(f"</{tag}> in <{self.here.tag}>")
        else:
            self.here = self.here.parent

    def handle_data(self, data):
        self.here.children.append(data)


def page_of(text):
    """Read a page whose elements are all closed."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert reader.faults == []
    assert reader.here is reader.root
    return reader.root
