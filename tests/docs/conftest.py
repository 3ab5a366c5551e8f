"""The page that checks certificates, built once for its tests."""

from __future__ import annotations

import pytest
from checker_page import build_page, pyodide


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    return build_page(tmp_path_factory.mktemp("page"), pyodide())
