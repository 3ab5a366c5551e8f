"""Formulas as MathML, which browsers show without a script: the converter of docutils as a renderer of Sphinx."""

from __future__ import annotations

import re

from docutils import nodes
from docutils.utils.math import MathError, pick_math_environment
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.errors import ExtensionError

BARS = re.compile(r"<mo(?![^>]*maxsize)[^>]*>([|\u2223‖])</mo>")  # bars of norms stay as high as the letters


def mathml(text: str, *, block: bool) -> str:
    r"""Return a formula of LaTeX as MathML.

    >>> mathml(r"\\theta^2", block=False).startswith("<math")
    True
    """
    code = pick_math_environment(text) and text if block else text
    if block and "\\\\" in text and not text.lstrip().startswith("\\begin"):
        code = f"\\begin{{align*}}{text}\\end{{align*}}"
    try:
        return BARS.sub(r'<mo stretchy="false">\1</mo>', tex2mathml(code, as_block=block))
    except MathError as error:
        message = f"no MathML for the formula {text!r}: {error}"
        raise ExtensionError(message) from error


def visit_inline(translator, node):
    """Write a formula in a line."""
    translator.body.append(mathml(node.astext(), block=False))
    raise nodes.SkipNode


def visit_block(translator, node):
    """Write a formula of its own; wide ones scroll."""
    translator.body.append(f'<div class="formula" tabindex="0">{mathml(node.astext(), block=True)}</div>')
    raise nodes.SkipNode


def setup(app):
    """Register the renderer ``mathml``."""
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
