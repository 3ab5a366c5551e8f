r"""Formulas of LaTeX as MathML, by latex2mathml; alignments, which it does not set, are made here.

Formulas are made of numbers and of this package's own words: names of columns never stand in them. What latex2mathml returns is
parsed and may hold elements and attributes of formulas only, so that nothing else reaches a page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from latex2mathml.converter import convert
from markupsafe import Markup

NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
ELEMENTS = frozenset(
    {
        "math",
        "menclose",
        "mfrac",
        "mi",
        "mn",
        "mo",
        "mover",
        "mpadded",
        "mphantom",
        "mroot",
        "mrow",
        "ms",
        "mspace",
        "msqrt",
        "mstyle",
        "msub",
        "msubsup",
        "msup",
        "mtable",
        "mtd",
        "mtext",
        "mtr",
        "munder",
        "munderover",
    }
)
ATTRIBUTES = frozenset(
    {"accent", "columnalign", "display", "displaystyle", "fence", "form", "linebreak", "lspace", "mathvariant", "maxsize"}
    | {"minsize", "movablelimits", "rspace", "scriptlevel", "separator", "stretchy", "width"}
)
ALIGNED = re.compile(r"\\begin\{aligned\}(.*)\\end\{aligned\}", re.DOTALL)
GATHERED = re.compile(r"\\begin\{gathered\}(.*?)\\end\{gathered\}", re.DOTALL)
LIMITS = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
MINUS, SUM, NORM = "\u2212", "\u2211", "\u2016"
SIZES = {r"\Bigl": r"\left", r"\bigl": r"\left", r"\Bigr": r"\right", r"\bigr": r"\right"}


def displayed(latex: str) -> Markup:
    r"""Return a formula as MathML in display style; the lines of ``aligned`` become the rows of a table.

    >>> displayed(r"\begin{aligned}x&=2\\ y&=3\\ &\text{PROVED}\end{aligned}").count("<mtr")
    2
    """
    found = ALIGNED.fullmatch(latex)
    if found is None:
        return _math(_converted(latex), block=True)
    rows = [_cells(line) for line in _lines(found[1]) if not line.startswith(r"&\text{")]  # the status stands elsewhere
    if len(rows) == 1:
        return _math(_converted("".join(rows[0])), block=True)
    table = ElementTree.Element("mtable", {"class": "aligned", "displaystyle": "true"})
    for cells in rows:
        row = ElementTree.SubElement(table, "mtr")
        if "matrix}" in cells[0]:  # too wide for the column of the left sides
            ElementTree.SubElement(row, "mtd", {"columnspan": "2"}).extend(_converted("".join(cells[:2])))
            cells = cells[2:]
        for cell in cells:
            ElementTree.SubElement(row, "mtd").extend(_converted(cell) if cell.strip() else [])
    return _math([table], block=True)


def inline(latex: str) -> Markup:
    r"""Return a formula as MathML within a line.

    >>> inline("x_1")
    Markup('<math><msub><mi>x</mi><mn>1</mn></msub></math>')
    """
    return _math(_converted(latex), block=False)


def _math(children: Sequence[ElementTree.Element], *, block: bool) -> Markup:
    math = ElementTree.Element("math", {"display": "block"} if block else {})
    math.extend(children)
    return Markup(ElementTree.tostring(math, encoding="unicode"))  # parsed, and only elements of MathML


def _converted(latex: str) -> list[ElementTree.Element]:
    """Convert a formula without alignment; return what stands in its outer row."""
    for size, pair in SIZES.items():
        latex = latex.replace(size, pair)
    latex = re.sub(r"\\\\\[\w+\] ?", r"\\\\ ", latex)
    latex = GATHERED.sub(lambda found: rf"\begin{{matrix}}{found[1]}\end{{matrix}}", latex)
    root = ElementTree.fromstring(convert(latex, display="block"))  # our own formulas, and no entity is declared
    for element in root.iter():
        element.tag = element.tag.removeprefix(NAMESPACE)
        if element.tag not in ELEMENTS or not ATTRIBUTES.issuperset(element.attrib):
            raise ValueError(f"{element.tag} {element.attrib}: no element of a formula")
        if element.tag == "mspace":
            element.attrib.pop("linebreak", None)
        _mended(element)
    row = root[0]
    return list(row) if row.tag == "mrow" else [row]


def _mended(element: ElementTree.Element) -> None:
    """Put limits of sums and minima below and above, and say of signs and bars what stands at their sides.

    A sign behind an opening bracket or a relation is no difference; a bar there opens, and closes elsewhere.
    """
    if element.tag in LIMITS and (element[0].text or "") in (SUM, "min"):
        element.tag = LIMITS[element.tag]
        element[0].set("movablelimits", "true")
    before: ElementTree.Element | None = None
    for child in element:
        tag = child.tag.removeprefix(NAMESPACE)
        if tag == "mo" and child.text in (MINUS, "+") and _opens(before):
            child.set("form", "prefix")
        bar = child[0] if tag in LIMITS else child
        if bar.text == "|" and "form" not in bar.attrib:
            bar.attrib |= {"form": "prefix" if _opens(before) else "postfix", "stretchy": "false", "fence": "true"}
        before = before if tag == "mspace" else child


def _opens(before: ElementTree.Element | None) -> bool:
    """Say whether what follows begins a term."""
    return before is None or (
        before.tag.removeprefix(NAMESPACE) == "mo" and (before.text or "") not in (")", "]", "}", "|", NORM)
    )


def _lines(text: str) -> list[str]:
    """Split at line ends outside of environments."""
    return _split(text, re.compile(r"\\\\ ?"))


def _cells(line: str) -> list[str]:
    """Split at the marks of alignment outside of environments."""
    return _split(line, re.compile(r"(?<!\\)&"))


def _split(text: str, mark: re.Pattern[str]) -> list[str]:
    r"""Split a text at marks that stand in no environment.

    >>> _split(r"a&\begin{matrix}b&c\end{matrix}&d", re.compile("&"))
    ['a', '\\begin{matrix}b&c\\end{matrix}', 'd']
    """
    parts, depth, start, place = [], 0, 0, 0
    while place < len(text):
        found = mark.match(text, place) if not depth else None
        if found:
            parts.append(text[start:place])
            start = place = found.end()
            continue
        depth += text.startswith(r"\begin{", place) - text.startswith(r"\end{", place)
        place += 1
    return [*parts, text[start:]]
