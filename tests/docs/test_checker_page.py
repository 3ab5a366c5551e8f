"""The page that checks certificates, in headless Chromium."""

from __future__ import annotations

import hashlib

import pytest
from checker.stored import run
from chromium import chromium, complaints, narrow, served
from paths import BAD, GOOD
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from reluexact.certificates.checker_archive import checker_archive

pytestmark = pytest.mark.slow
ENDED = {"verified", "rejected", "none"}
PLANE = GOOD / "bound-plane.json"
LONG = GOOD / "optimal-set-motorcycle-50.json"
MIXED = (PLANE, BAD / "b1-empty-tree.json", LONG, GOOD / "optimum-2-hat.json", BAD / "p8-a-pair-that-ends-called-begins.json")
DROP = """
const carried = new DataTransfer();
for (const [name, text] of arguments[0]) carried.items.add(new File([text], name));
document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true}));
"""
FETCH_IN_A_WORKER = """
const [address, done] = arguments;
const source = `fetch("${address}").then(() => postMessage("answered"), () => postMessage("refused"))`;
const worker = new Worker(URL.createObjectURL(new Blob([source], {type: "text/javascript"})), {type: "module"});
worker.onmessage = ({data}) => done(data);
"""
CANCEL_WHAT_RUNS = """
const button = document.querySelector('.result[data-state=running] .cancel');
if (button) button.click();
return button !== null;
"""


@pytest.fixture(scope="module")
def site(page):
    with served(page) as found:
        yield found


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture
def tab(browser, site):
    """Return the driver with the page open; at the end the console is empty, and no request went elsewhere or took data along."""
    driver, asked = browser
    address, requests = site
    driver.get(address)
    yield driver
    assert complaints(driver) == []
    assert asked == []
    assert {(method, sent) for method, _, _, sent in requests} == {("GET", 0)}


def pick(driver, *files):
    driver.find_element("id", "pick").send_keys("\n".join(map(str, files)))


def drop(driver, *files):
    driver.execute_script(DROP, [[file.name, file.read_text(encoding="utf-8")] for file in files])


def results(driver):
    return driver.find_elements("css selector", ".result")


def part(result, name):
    return result.find_element("css selector", name).text


def wait(driver, condition):
    return WebDriverWait(driver, 60, 0.1).until(condition)


def ended(driver, count):
    """Wait until that many files have a verdict, and return their states."""

    def states(_):
        found = [result.get_attribute("data-state") for result in results(driver)]
        return found if len(found) == count and set(found) <= ENDED else []

    found = wait(driver, states)
    assert driver.find_elements("css selector", ".cancel") == []
    return found


def shown(result):
    return int(part(result, ".status")), result.find_element("css selector", "pre").get_attribute("textContent")


@pytest.mark.parametrize("way", [pick, drop])
def test_reports_are_those_of_the_command(tab, way):
    way(tab, *MIXED)
    assert ended(tab, len(MIXED)) == ["verified", "rejected", "verified", "verified", "rejected"]
    for result, file in zip(results(tab), MIXED, strict=True):
        command = run(file)
        assert shown(result) == (command.returncode, command.stdout)
        assert part(result, "h3") == file.name
        assert part(result, ".sha256") == hashlib.sha256(file.read_bytes()).hexdigest()
        assert part(result, ".size") == f"{file.stat().st_size:,} bytes"
        assert part(result, ".verdict") == command.stdout.splitlines()[-1].partition(":")[0]


def test_source_and_digest(tab):
    wait(tab, lambda _: tab.find_element("id", "state").text == "Ready.")
    tab.find_element("css selector", "#about summary").click()
    assert tab.find_element("id", "digest").text == hashlib.sha256(checker_archive()).hexdigest()
    rows = [row.text.rsplit(" ", 1) for row in tab.find_elements("css selector", "#lines tr")]
    assert tab.find_element("id", "total").text == f"{len(rows)} files, {sum(int(count) for _, count in rows):,} lines"
    assert ["reluexact_checker/quantities.py", "21"] in rows


def test_cancel_what_waits_and_what_runs(tab):
    pick(tab, *[LONG] * 4, PLANE)
    last = results(tab)[3].find_element("css selector", ".cancel")
    assert last.accessible_name == f"Cancel the check of {LONG.name}"
    last.click()
    wait(tab, lambda _: tab.execute_script(CANCEL_WHAT_RUNS))
    states = ended(tab, 5)
    assert (states[3], states[4], states.count("none")) == ("none", "verified", 2)
    assert part(results(tab)[3], ".where") == "cancelled"


def test_a_check_that_breaks_off_is_no_verdict_and_the_next_one_goes_on(tab, tmp_path):
    (tmp_path / "deep.json").write_text("[" * 50_000, encoding="utf-8")  # more than the stack of a browser holds
    pick(tab, tmp_path / "deep.json", PLANE)
    assert ended(tab, 2) == ["none", "verified"]
    assert part(results(tab)[0], ".status") == "none"
    assert "The check broke off" in part(results(tab)[0], "pre")
    assert "Maximum call stack size exceeded" in "".join(complaints(tab))


def test_only_certificates_about_one_problem(tab, tmp_path):
    for name, text in (("other", '{"X": [[1]], "y": [1], "penalty": 1}'), ("malformed", '{"X": [[1]]}')):
        asked = tmp_path / name
        asked.write_text(text, encoding="utf-8")
        tab.execute_script("document.querySelector('#drop details').open = true")
        tab.find_element("id", "problem").send_keys(str(asked))
        pick(tab, PLANE)
        ended(tab, len(results(tab)))
        command = run(PLANE, "--statement", asked)
        assert command.returncode in (2, 3)
        assert shown(results(tab)[-1]) == (command.returncode, command.stdout + command.stderr)
    tab.find_element("id", "any").click()
    pick(tab, PLANE)
    assert ended(tab, 3) == ["rejected", "none", "verified"]


def test_keyboard_and_names(tab):
    names = []
    for _ in range(3):
        ActionChains(tab).send_keys(Keys.TAB).perform()
        names.append(tab.switch_to.active_element.accessible_name)
    assert names[0].startswith("Certificates, one or more.")
    assert names[1:] == ["Only certificates about one problem", "What runs here"]
    assert tab.find_element("id", "state").aria_role == "status"
    pick(tab, PLANE)
    ended(tab, 1)
    report = tab.find_element("css selector", "pre")
    assert (report.aria_role, report.accessible_name) == ("region", f"Report on {PLANE.name}")


def test_no_line_is_wider_than_a_telephone(tab):
    narrow(tab, 340)
    pick(tab, *MIXED)
    ended(tab, len(MIXED))
    tab.execute_script("document.getElementById('about').open = true")
    assert tab.execute_script("return document.documentElement.scrollWidth") <= 340
    tab.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_dark_and_light_differ(site):
    colours = set()
    for dark in (False, True):
        with chromium(dark=dark) as (driver, _):
            driver.get(site[0])
            colours.add(driver.execute_script("return getComputedStyle(document.body).backgroundColor"))
    assert colours == {"rgb(255, 255, 255)", "rgb(18, 22, 28)"}


def test_the_page_opens_without_a_server_once_it_was_open(page):
    with chromium() as (driver, asked):
        with served(page) as (address, _):
            driver.get(address)
            wait(driver, lambda _: "opens without" in driver.find_element("id", "offline").get_attribute("textContent"))
        for _ in range(2):
            pick(driver, PLANE)
            assert ended(driver, 1) == ["verified"]
            driver.refresh()
        assert (complaints(driver), asked) == ([], [])


def test_the_policy_of_the_page_refuses_requests_elsewhere(site, page):
    with served(page) as (elsewhere, requests), chromium() as (driver, asked):
        driver.get(site[0])
        assert driver.execute_async_script(FETCH_IN_A_WORKER, elsewhere) == "refused"
        assert (requests, asked) == ([], [])
        assert any("Content Security Policy" in line for line in complaints(driver))
        driver.get("http://nowhere.example/")  # what the page could not ask for would have been seen
        assert "http://nowhere.example/" in asked
