"""The reference: a page for each kind and each room that has public names, and one for what their docstrings refer to."""

from __future__ import annotations

import inspect

from generate.docstrings import background
from reluexact.kinds.table import KINDS
from reluexact.public import HOMES, MODULES, public

TITLES = {
    "optimum": "The optimum",
    "any claim": "What every claim has",
    "model": "Data, networks, losses, problems",
    "trained": "Networks of other programs",
    "more": "Numbers, evidence, errors",
}
"""Pages with titles of their own, the first ones of the list and, last, ``more``; others are called like their kind."""


THEIRS = "set_fit_request, set_score_request"
"""Methods that scikit-learn adds, with docstrings that refer to its own site."""


def page_of(home):
    """Return the page that a public name belongs to, by its home.

    >>> page_of("reluexact.kinds.judgement.find:judge"), page_of("reluexact.kinds.html:html")
    ('judgement', 'any claim')
    """
    room, _, rest = home.removeprefix("reluexact.").partition(":")[0].partition(".")
    folder = rest.partition(".")[0]
    if room == "kinds":
        return folder if folder in {kind.folder for kind in KINDS} else "any claim"
    return room if room in TITLES else "more"


def pages_of_names():
    """Return page -> public names, in the order of the site.

    >>> pages_of_names()["judgement"]
    ['Explanation', 'Judgement', 'explain', 'judge']
    """
    found = {page: [] for page in TITLES if page != "more"}
    for name, home in sorted(HOMES.items(), key=lambda item: (page_of(item[1]) == "more", page_of(item[1]))):
        found.setdefault(page_of(home), []).append(name)
    return found


def entry(name):
    """Return the directive that documents a public name."""
    value = public(name)
    if inspect.isclass(value):
        return f".. autoclass:: reluexact.{name}\n   :members:\n"
    if callable(value):
        return f".. autofunction:: reluexact.{name}\n"
    return f".. py:data:: reluexact.{name}\n\n   {value}\n"


def titled(title, *blocks):
    """Return a page of reStructuredText."""
    return "\n\n".join((f"{title}\n{'=' * len(title)}", *blocks)) + "\n"


def texts():
    """Return file -> text of all pages of the reference."""
    found = {}
    for page, names in pages_of_names().items():
        title = TITLES.get(page, page.replace("_", " ").capitalize())
        found[page.replace(" ", "-").replace("_", "-")] = titled(title, *map(entry, names))
    for module in (*MODULES.values(), "reluexact.sklearn"):
        members = f".. automodule:: {module}\n   :members:\n   :imported-members:\n   :exclude-members: {THEIRS}\n"
        found[module.rpartition(".")[2]] = titled(f"``{module}``", members)
    modules = [f"``{name}``\n{'-' * (len(name) + 4)}\n\n.. automodule:: {name}\n" for name in background()]
    found["background"] = titled("Conventions that docstrings refer to", *modules)
    toctree = "\n".join(f"   {page}" for page in found)
    intro = "Every public name of ``import reluexact as rx``, from its docstring."
    return {**found, "index": titled("Python", intro, f".. toctree::\n   :maxdepth: 1\n\n{toctree}")}
