"""How Sphinx builds the site: ``python docs/build.py`` calls it."""

from __future__ import annotations

import sys
from pathlib import Path

DOCS = Path(__file__).parent
ROOT = DOCS.parent
sys.path[:0] = [str(path) for path in (ROOT, DOCS, ROOT / "tests", ROOT / "tests" / "support")]

from generate import pages  # noqa: E402
from generate.docstrings import tidy  # noqa: E402
from generate.facts import substitutions  # noqa: E402

from reluexact.version import __version__  # noqa: E402

project = "reluexact"
author = "The reluexact contributors"
project_copyright = author
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "generate.mathml", "generate.directives"]
exclude_patterns = ["checker", "_build"]
nitpicky = True
smartquotes = False  # --out is an option
nitpick_ignore_regex = [("py:.*", r"(?!reluexact\b).*"), ("py:.*", r"reluexact\.(?!\w+$).*")]  # types of others and internal ones

myst_enable_extensions = ["dollarmath", "deflist", "substitution", "attrs_inline", "colon_fence"]
myst_heading_anchors = 3
myst_substitutions = substitutions()
myst_links_external_new_tab = False

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_class_signature = "mixed"
maximum_signature_line_length = 90
add_module_names = False
toc_object_entries = False

html_theme = "furo"
html_title = f"reluexact {__version__}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_math_renderer = "mathml"
html_show_sphinx = False
html_copy_source = False
html_theme_options = {"top_of_page_buttons": []}


def setup(app: object) -> None:
    """Write the generated pages before Sphinx looks for its sources."""
    pages.write(DOCS / "generated")
    app.connect("autodoc-process-docstring", tidy)
