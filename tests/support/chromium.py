"""Headless Chromium for tests: skipped where it is not installed, a failure there when RELUEXACT_REQUIRE_CHROMIUM is set.

A browser of these tests reaches servers of this machine and nothing else: all other requests go to a proxy that refuses
them and keeps their addresses, those of workers, too.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

OWN = (".google.com", ".googleapis.com")  # where Chromium asks for itself, whatever the page does
QUIET = (  # what Chromium would fetch for itself
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
)


def require(variable, programs, cure):
    """Skip the test without these programs, or fail where the variable says that they have to be there."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing and os.environ.get(variable):
        pytest.fail(f"{variable} is set, but these are not installed: {', '.join(missing)}")
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}; {cure}")


def require_chromium():
    require("RELUEXACT_REQUIRE_CHROMIUM", ("chromium", "chromedriver"), "apt-get install chromium chromium-driver")


@contextmanager
def _running(handler):
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Files(SimpleHTTPRequestHandler):
    def __init__(self, *arguments, requests, **options):
        self.requests = requests
        with suppress(ConnectionError):  # a browser that was closed
            super().__init__(*arguments, **options)

    def log_request(self, code="-", size="-"):
        self.requests.append((self.command, self.path, int(code), int(self.headers.get("Content-Length") or 0)))

    def log_message(self, *arguments):
        """Print nothing."""


@contextmanager
def served(folder):
    """Serve a folder; give its address, and a list that gets (method, path, status, bytes sent along) of each request."""
    requests = []
    with _running(partial(_Files, directory=str(folder), requests=requests)) as port:
        yield f"http://127.0.0.1:{port}/", requests


class _Refusing(BaseHTTPRequestHandler):
    def __init__(self, *arguments, asked, **options):
        self.asked = asked
        super().__init__(*arguments, **options)

    def refuse(self):
        host = urlsplit(self.path).hostname or self.path.partition(":")[0]  # CONNECT has host:port
        if not host.endswith(OWN):
            self.asked.append(self.path)
        self.send_error(403)

    do_GET = do_POST = do_CONNECT = do_HEAD = do_PUT = do_OPTIONS = refuse

    def log_message(self, *arguments):
        """Print nothing."""


@contextmanager
def chromium(*, dark=False, size=(1000, 1200)):
    """Start Chromium; give its driver, and a list that gets every address outside of this machine that it asks for."""
    require_chromium()
    asked = []
    with _running(partial(_Refusing, asked=asked)) as proxy:
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        chosen = ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", f"--window-size={size[0]},{size[1]}")
        for argument in (*chosen, *QUIET, f"--proxy-server=127.0.0.1:{proxy}", *(["--force-dark-mode"] if dark else [])):
            options.add_argument(argument)
        driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        try:
            if dark:
                media = [{"name": "prefers-color-scheme", "value": "dark"}]
                driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
            yield driver, asked
        finally:
            driver.quit()


def narrow(driver, width):
    """Show the page as wide as a telephone does; windows of Chromium do not become as narrow."""
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def complaints(driver):
    """Return what the console of the page got since the last call, of whatever level."""
    return [f"{entry['level']}: {entry['message']}" for entry in driver.get_log("browser")]
