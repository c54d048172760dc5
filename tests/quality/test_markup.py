"""The Nu HTML checker on the built pages."""

import json
import subprocess
from pathlib import Path

from tests.quality.conftest import tool


def test_every_page_is_valid_html(site: Path) -> None:
    """Browsers, readers and programs of tomorrow all read the same page."""
    checker = tool("vnu-jar", needs="java") / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", str(checker), "--errors-only", "--skip-non-html", "--format", "json", str(site)]
    done = subprocess.run(command, capture_output=True, text=True)
    messages = json.loads(done.stderr)["messages"]
    assert [(m["url"], m["message"], m.get("extract")) for m in messages] == []
