"""Follows every link of a built site: files and anchors have to exist, and nothing may be loaded from another place."""

from __future__ import annotations

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADED = {"script": "src", "img": "src", "source": "src", "iframe": "src", "object": "data", "link": "href"}


class Page(HTMLParser):
    """The anchors and the links of one page; ``loads`` are the links that a browser follows by itself."""

    def __init__(self, text):
        super().__init__()
        self.anchors, self.links, self.loads = set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Note anchors and links of one element."""
        found = dict(attrs)
        self.anchors |= {found[name] for name in ("id", "name") if found.get(name)}
        wanted = LOADED.get(tag)
        if wanted and found.get(wanted) and found.get("rel") not in ("canonical", "search", "index", "next", "prev"):
            self.loads.append(found[wanted])
        if tag == "a" and (found.get("href") or found.get("xlink:href")):
            self.links.append(found.get("href") or found["xlink:href"])


def faults(site):
    """Return what is wrong with the links of a site, one text each."""
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    found = []
    for path, page in pages.items():
        here = path.relative_to(site)
        found += [f"{here} loads {link}" for link in page.loads if urlsplit(link).netloc]
        for link in (*page.links, *page.loads):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
            target = target / "index.html" if target.is_dir() else target
            if not target.exists():
                found.append(f"{here}: {link}: no such file")
            elif parts.fragment and target.suffix == ".html" and not _anchored(pages, target, parts.fragment):
                found.append(f"{here}: {link}: no such anchor")
    return sorted(set(found))


def _anchored(pages, target, fragment):
    """Has a page this anchor? An empty page object is one that was not read."""
    page = next((page for path, page in pages.items() if path.resolve() == target), None)
    return page is not None and unquote(fragment) in page.anchors


if __name__ == "__main__":
    wrong = faults(Path(sys.argv[1]))
    sys.exit("\n".join(wrong) or 0)
