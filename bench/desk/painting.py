"""From a key in a real browser to the first paint of the next card."""

import shutil
import time
from contextlib import suppress

from playwright.sync_api import Error, Page, sync_playwright

from bench.desk.deciding import CARDS, WARM
from bench.desk.figures import summary
from bench.desk.served import served

PAINTED = """() => {
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    return document.body.classList.contains("ready") && paint
        ? [document.body.dataset.claim, performance.timeOrigin + paint.startTime] : null;
}"""
"""The claim on the card and when it was painted, once the page takes keys."""


def paint_cards() -> None:
    """Milliseconds from each key to the paint of the card that follows."""
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser_path is None:
        print("no Chromium here: key to paint is not measured")
        return

    def card(page: Page, before: str) -> tuple[str, float]:
        while True:
            # Between two pages there is none to ask.
            with suppress(Error):
                painted = page.evaluate(PAINTED)
                if painted and painted[0] != before:
                    return painted[0], painted[1]
            time.sleep(0.005)

    with served() as desk, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(desk.addresses.get(timeout=60))
        page.fill("#name", "bench")
        page.click("main button.main")
        page.wait_for_url("**/review/*")
        claim, _ = card(page, "")
        spent = []
        for _ in range(WARM + CARDS):
            pressed = 1000 * time.time()
            page.keyboard.press("a")
            claim, painted = card(page, claim)
            spent.append(painted - pressed)
        browser.close()
    print(f"key to paint in Chromium: {summary(spent[WARM:])}")
