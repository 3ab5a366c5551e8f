"""The programs whose networks are read, of the extra ``trainers``: skipped where not installed, a failure there in .ci/run.

They are large, so .ci/run has an environment of their own for these tests, and sets RELUEXACT_REQUIRE_TRAINERS.
"""

from __future__ import annotations

import os
from importlib import import_module

import pytest


def trainer(name):
    """Import a trainer, or skip the tests of this file."""
    try:
        return import_module(name)
    except ImportError as error:
        if os.environ.get("RELUEXACT_REQUIRE_TRAINERS"):
            raise
        reason = f"not installed: {error.name}; pip install '.[trainers]' in an environment for these tests"
        return pytest.skip(reason, allow_module_level=True)
