"""Docstrings as this package writes them, plain text with formulas such as ``|Xu|`` in it, as reStructuredText."""

from __future__ import annotations

import importlib
import inspect
import re
from functools import cache

from sphinx.ext.napoleon import Config
from sphinx.ext.napoleon.docstring import NumpyDocstring

from reluexact.public import HOMES, public

PUBLIC_AT = {home.replace(":", "."): name for name, home in HOMES.items()}
ROLE = re.compile(r":(mod|func|class|meth|attr|data|exc|const):`~?([^`]+)`")
LITERAL = re.compile(r"``.+?``", re.DOTALL)


@cache
def background():
    """Return the modules whose own docstrings the public ones refer to, and which say more than a line.

    >>> "reluexact.model.problem" in background()
    True
    """
    texts = (inspect.getdoc(public(name)) or "" for name in HOMES)
    named = {target for text in texts for role, target in ROLE.findall(text) if role == "mod" and target.startswith("reluexact")}
    return sorted(name for name in named if "\n" in (importlib.import_module(name).__doc__ or "").strip())


def link(match):
    """Return a reference to what the site describes, or the bare name of what it does not."""
    role, target = match.groups()
    if role == "mod" and target in background():
        return f":py:mod:`{target}`"
    home, _, last = target.rpartition(".")
    if target in PUBLIC_AT or target in HOMES or target.removeprefix("reluexact.") in HOMES:
        name = PUBLIC_AT.get(target, target.removeprefix("reluexact."))
        return f":py:obj:`rx.{name} <reluexact.{name}>`"
    if home in PUBLIC_AT:
        return f":py:obj:`{PUBLIC_AT[home]}.{last} <reluexact.{PUBLIC_AT[home]}.{last}>`"
    return f"``{target.removeprefix('.')}``"


def escaped(text):
    r"""Take the meaning of markup from characters of formulas.

    >>> escaped("|w| a_ and ``|x|`` of :class:`reluexact.model.problem.Problem`")
    '\\|w\\| a\\_ and ``|x|`` of :py:obj:`rx.Problem <reluexact.Problem>`'
    """
    kept = []

    def keep(value):
        kept.append(value)
        return f"\0{len(kept) - 1}\0"

    text = LITERAL.sub(lambda match: keep(match.group()), text)
    text = ROLE.sub(lambda match: keep(link(match)), text)
    text = re.sub(r"(?<!^)([|*\\`])|^([|\\`])", r"\\\1\2", text)
    text = re.sub(r"_(?=\W|$)", r"\\_", text)
    return re.sub("\0(\\d+)\0", lambda match: kept[int(match.group(1))], text)


def paragraph(lines):
    """Return a paragraph as reStructuredText: a session and an indented formula stay as they are."""
    if lines[0].lstrip().startswith(">>>"):
        return lines
    if all(line.startswith("    ") for line in lines):
        return [".. code-block:: text", "", *lines]
    bullets = [line[:2] if line.startswith("* ") else "" for line in lines]
    texts = [line.removeprefix(bullet) for line, bullet in zip(lines, bullets, strict=True)]
    joined = escaped("\n".join(texts)).split("\n")
    return [bullet + line for bullet, line in zip(bullets, joined, strict=True)]


def tidy(_app, what, name, _object, _options, lines):
    """Replace the lines of a docstring, in place (the event ``autodoc-process-docstring``).

    Those of ``reluexact.sklearn`` have the sections of numpydoc, as estimators have.
    """
    if name.startswith("reluexact.sklearn"):
        lines[:] = NumpyDocstring(lines, Config(), what=what).lines()
        return
    paragraphs = [block.split("\n") for block in re.split(r"\n[ \t]*\n", "\n".join(lines).strip("\n")) if block]
    lines[:] = [line for block in paragraphs for line in (*paragraph(block), "")]
