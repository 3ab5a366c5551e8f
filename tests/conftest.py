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


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config):
    """Choose the processes for the whole suite, where none is chosen; workers of pytest-xdist come here, too, and start none."""
    whole = config.args_source is not pytest.Config.ArgsSource.ARGS and not config.option.collectonly
    unchosen = getattr(config.option, "numprocesses", 0) is None  # 0 without pytest-xdist
    if whole and unchosen and "PYTEST_XDIST_WORKER" not in os.environ:
        config.option.numprocesses = "auto"
