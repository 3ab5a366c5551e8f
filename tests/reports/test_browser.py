"""The page in headless Chromium: it renders, complains of nothing, asks for nothing, and can be used by pointer and by keys."""

from __future__ import annotations

import pytest
from chromium import chromium, complaints, narrow, require_chromium
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import reluexact as rx

pytestmark = pytest.mark.slow

HOSTILE = ("<script>document.title='broken'</script>", "\"><img src=x onerror=document.title='broken'>")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    require_chromium()
    xor = rx.Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], bias=True, names=HOSTILE, target_name="</script>")
    file = tmp_path_factory.mktemp("report") / "report.html"
    rx.report(xor, "1/2", name="<b>xor</b>.csv").save(file)
    return file.as_uri()


@pytest.fixture(scope="module")
def browser(address):
    with chromium(size=(1200, 900)) as (driver, asked):
        yield driver, asked


@pytest.fixture
def page(browser, address):
    driver, _ = browser
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    still = [{"name": "prefers-reduced-motion", "value": "reduce"}]  # else a click may come while the page still scrolls
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": still})
    driver.get("about:blank")  # else only the place in the page changes
    driver.get(address)
    return driver


def one(page, selector):
    return page.find_element(By.CSS_SELECTOR, selector)


def every(page, selector):
    return page.find_elements(By.CSS_SELECTOR, selector)


def chosen(page):
    """Return the number of the node whose description is shown."""
    (sheet,) = [sheet for sheet in every(page, ".sheet") if sheet.is_displayed()]
    (dot,) = every(page, "a.dot.chosen")
    assert sheet.get_attribute("id").removeprefix("node-") == dot.get_attribute("id").removeprefix("dot-")
    return int(sheet.get_attribute("id").removeprefix("node-"))


def view(page):
    return [float(number) for number in one(page, "#graph-picture").get_dom_attribute("viewBox").split()]


def background(page):
    return page.execute_script("return getComputedStyle(document.body).backgroundColor")


def test_nothing_is_complained_of_and_nothing_is_asked_for(browser, page):
    assert page.title == "The optimal two-layer ReLU networks of <b>xor</b>.csv at penalty 0.5"
    loaded = page.execute_script("return performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert [name for name in loaded if not name.startswith("data:")] == []
    assert complaints(page) == []
    assert browser[1] == []


def test_hostile_names_are_seen_as_text(page):
    cells = [cell.text for cell in every(page, "#value td.left")]
    assert cells[0] == HOSTILE[0]
    assert cells[2] == HOSTILE[1]
    assert every(page, "img, iframe") == []


def test_the_policy_stops_what_is_not_of_the_page(page):
    """A script that is put into the page does not run, and the test would see it: the console says so."""
    page.execute_script("document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))")
    assert page.execute_script("return window.ran") is None
    assert any("Content Security Policy" in text for text in complaints(page))


def test_formulas_are_seen(page):
    formulas = every(page, "math")
    assert len(formulas) > 5
    shown = [formula for formula in formulas if formula.is_displayed()]
    assert all(formula.size["width"] > 8 and formula.size["height"] > 8 for formula in shown)
    assert len(shown) > 4
    fraction = one(page, "#statement mfrac")
    assert fraction.size["height"] > 1.6 * one(page, "#statement mi").size["height"]  # set as a fraction, not in a line


def test_pictures_are_seen(page):
    pictures = every(page, "figure > svg, .stage > svg")
    assert len(pictures) == 3
    assert all(picture.size["width"] > 300 and picture.size["height"] > 100 for picture in pictures)


def test_a_click_on_a_node_shows_it(page):
    last = len(every(page, "a.dot")) - 1
    assert chosen(page) == last
    one(page, "#dot-0").click()
    assert chosen(page) == 0
    assert one(page, ".sheet.chosen h3").text == "Node 0: zero network"
    assert page.execute_script("return location.hash") == ""
    assert every(page, ".steps line.near")


def test_links_between_nodes_lead_on(page):
    link = one(page, ".sheet.chosen .steps-up a")
    goal = int(link.text)
    link.click()
    assert chosen(page) == goal


def test_keys_go_from_node_to_node(page):
    page.execute_script("document.getElementById('dot-0').focus()")
    keys = ActionChains(page)
    keys.send_keys(Keys.ENTER).perform()
    assert chosen(page) == 0
    keys.send_keys(Keys.ARROW_RIGHT, Keys.ARROW_DOWN).perform()
    assert chosen(page) == 2
    keys.send_keys(Keys.ARROW_LEFT).perform()
    assert chosen(page) == 1
    keys.send_keys(Keys.END).perform()
    assert chosen(page) == len(every(page, "a.dot")) - 1
    keys.send_keys(Keys.HOME).perform()
    assert chosen(page) == 0
    assert [dot.get_attribute("tabindex") for dot in every(page, "a.dot")].count("0") == 1


def test_keys_and_buttons_zoom(page):
    whole = view(page)
    one(page, "[data-zoom='in']").click()
    nearer = view(page)
    assert nearer[2] < whole[2]
    assert nearer[2] / nearer[3] == pytest.approx(whole[2] / whole[3])
    ActionChains(page).send_keys("+").perform()
    assert view(page)[2] < nearer[2]
    ActionChains(page).send_keys("-").perform()
    assert view(page)[2] == pytest.approx(nearer[2])
    ActionChains(page).send_keys("0").perform()
    assert view(page) == whole


def test_the_graph_is_moved_by_the_pointer(page):
    whole, node = view(page), chosen(page)
    dot = one(page, "#dot-0")
    page.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", dot)
    x, y = page.execute_script(
        "const r = arguments[0].getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]", dot
    )
    drag = ActionBuilder(page)  # by places in the window: ActionChains would scroll once more
    drag.pointer_action.move_to_location(int(x), int(y)).pointer_down().move_to_location(int(x) + 60, int(y) + 30).pointer_up()
    drag.perform()
    moved = view(page)
    assert moved[:2] != whole[:2]
    assert moved[2:] == whole[2:]
    assert chosen(page) == node  # a drag is no click


def test_the_way_through_the_page_by_tab_begins_with_its_content(page):
    page.execute_script("document.body.focus()")
    ActionChains(page).send_keys(Keys.TAB).perform()
    assert page.switch_to.active_element.text == "Skip to the statement"
    ActionChains(page).send_keys(Keys.ENTER).perform()
    assert page.execute_script("return location.hash") == "#statement"


def test_the_button_changes_the_colours(page):
    button, light = one(page, "#theme"), background(page)
    assert (button.text, button.get_attribute("aria-pressed"), light) == ("Dark", "false", "rgb(255, 255, 255)")
    button.click()
    assert (button.text, button.get_attribute("aria-pressed"), background(page)) == ("Light", "true", "rgb(21, 24, 29)")
    button.click()
    assert background(page) == light


def contrast(page, selector):
    """Return the contrast of a text with the page, as WCAG defines it."""
    script = """
    const light = (colour) => {
      const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255);
      const [r, g, b] = parts.map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const text = getComputedStyle(document.querySelector(arguments[0]));
    const [a, b] = [text[arguments[1]], getComputedStyle(document.body).backgroundColor].map(light);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    """
    return page.execute_script(script, selector, "fill" if "svg" in selector else "color")


@pytest.mark.parametrize("dark", [False, True])
def test_texts_stand_out_in_both_colours(address, dark):
    with chromium(dark=dark) as (page, _):
        page.get(address)
        assert background(page) == ("rgb(21, 24, 29)" if dark else "rgb(255, 255, 255)")
        for selector in (
            "h1",
            "figcaption",
            ".facts dt",
            "a[download]",
            ".badge.proved",
            ".picture svg text",
            "#graph-picture .tick",
        ):
            assert contrast(page, selector.replace("#graph-picture", "svg#graph-picture")) >= 4.5, selector
        assert complaints(page) == []


def test_a_narrow_page_is_not_wider_than_its_window(page):
    narrow(page, 380)
    assert page.execute_script("return document.documentElement.scrollWidth") <= 380


def test_certificates_are_downloaded_as_they_are(page):
    """The browser reads the link as the bytes with this digest."""
    digest = page.execute_async_script("""
    const done = arguments[0];
    const text = atob(document.querySelector("a[download]").href.split("base64,")[1]);
    crypto.subtle.digest("SHA-256", Uint8Array.from(text, (sign) => sign.charCodeAt(0))).then((sum) =>
      done([...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("")), (error) => done(String(error)));
    """)
    assert digest == one(page, ".digest").text


def test_without_its_script_the_page_shows_everything(page, address):
    page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.get("about:blank")
        page.get(address)
        assert all(sheet.is_displayed() for sheet in every(page, ".sheet"))
        assert not one(page, "#theme").is_displayed()
        assert not one(page, ".tools").is_displayed()
    finally:
        page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_it_prints_with_all_its_tables_and_on_white(page):
    page.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    page.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"media": "print", "features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    )
    try:
        assert background(page) == "rgb(255, 255, 255)"
        assert not one(page, ".bar").is_displayed()
        assert all(one.get_attribute("open") is not None for one in every(page, "details.folded"))
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
