"""Hypothesis profiles: ``default`` for work at the desk, ``ci`` repeatable, ``deep`` by hand; HYPOTHESIS_PROFILE chooses.

The whole suite runs on all processors; what is named on the command line runs in one process, where a debugger works.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

# no deadline: a test never fails for being slow on a busy machine
settings.register_profile("default", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("default"), derandomize=True)
settings.register_profile("deep", parent=settings.get_profile("default"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_xdist_auto_num_workers(config):
    """Say how many processes ``-n auto`` of pyproject.toml starts: none for named files, None for the number of processors."""
    named = config.args_source is pytest.Config.ArgsSource.ARGS
    return 0 if named or config.option.collectonly else None
