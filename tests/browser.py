"""The browser of the tests: Debian's Chromium or a Chrome on the PATH, else Playwright's own.

`python -m tests.browser` sees to it that there is one.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]


def installed() -> str | None:
    """The path of a browser that the machine has anyway."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright: Playwright) -> Browser:
    """A headless browser."""
    return playwright.chromium.launch(executable_path=installed(), args=ARGUMENTS)


def main() -> int:
    """Finds a browser or installs one, and says which."""
    if found := installed():
        print(f"The tests use {found}.")
        return 0
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if Path(own).exists():
        print(f"The tests use {own}.")
        return 0
    for command in _commands():
        print("No browser yet:", " ".join(command), flush=True)
        if code := subprocess.run(command, check=False).returncode:
            return code
    return 0


def _commands() -> list[list[str]]:
    if Path("/etc/debian_version").exists() and os.geteuid() == 0:
        return [["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]]
    return [[sys.executable, "-m", "playwright", "install", "chromium"]]


if __name__ == "__main__":
    sys.exit(main())
