"""Building: both builders alike, the same bytes again, nothing lost when something is wrong."""

import csv
import io
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from casebook.commands.twice import build_again
from casebook.publish import Unpublished
from tests.conftest import ROOT, run

PONDS = ROOT / "tests" / "sites" / "ponds" / "content"


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_properdocs_builds_the_same_site(site: Path, tmp_path: Path) -> None:
    """If MkDocs 1 goes away, the same tree builds under its continuation."""
    command = [sys.executable, "-m", "properdocs", "build", "-f", "mkdocs.yml", "-d", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    ours, theirs = tree(site), tree(tmp_path / "site")
    assert set(ours) - set(theirs) == {".casebook"}
    assert set(theirs) <= set(ours)
    assert [name for name in theirs if name.endswith(".html") and ours[name] != theirs[name]] == []


ELSEWHERE = {"PYTHONPATH": str(ROOT / "tests" / "elsewhere")}
"""Another day, and folders that list their files the other way round."""


def test_elsewhere_is_another_day_and_another_order() -> None:
    """What the next test stands on."""
    asked = [sys.executable, "-c", ""]
    done = subprocess.run(
        asked, env={**os.environ, **ELSEWHERE, "CASEBOOK_SAY_WHEN": "1"}, capture_output=True, text=True
    )
    days, moments, order = done.stdout.split()
    assert int(days) == int(moments) >= date.today().year + 4 and order == "True"


def test_the_same_content_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    """Another day, zone, language, encoding, hash seed, umask, folder, order of files, empty caches: no difference."""
    out = tmp_path / "another folder" / "再"
    command = [sys.executable, str(ROOT / "build.py"), "build", "--out", str(out)]
    places = {"TZ": "Pacific/Kiritimati", "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    seed = {"PYTHONHASHSEED": "7", "PYTHONIOENCODING": "utf-8", "MPLCONFIGDIR": str(tmp_path), "SOURCE_DATE_EPOCH": "1"}
    environment = {**os.environ, **places, **seed, **ELSEWHERE}
    done = subprocess.run(command, cwd=tmp_path, env=environment, umask=0o077, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [name for name, data in tree(out).items() if tree(site).get(name) != data] == []
    assert set(tree(out)) == set(tree(site))


def test_a_build_can_verify_itself(tmp_path: Path) -> None:
    """`--verify-reproducible` builds once more elsewhere, publishes, and says how many files were compared."""
    done = run(
        "build", "--content", str(PONDS), "--out", str(tmp_path / "site"), "--verify-reproducible", "--lang", "en"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"the same {len(tree(tmp_path / 'site')) - 1} files" in done.stdout


FICKLE = """
import os, pathlib, sys
out = pathlib.Path(sys.argv[sys.argv.index("--out") + 1])
(out / "cases").mkdir(parents=True)
for name, text in (("same", "1"), ("zone", os.environ["TZ"]), ("cases/seed", os.environ["PYTHONHASHSEED"])):
    (out / name).write_text(text)
(out / ".casebook").touch()
(out / "umask").write_text(oct(os.umask(0)))
(out / "here").write_text(os.getcwd())
sys.exit(os.path.exists(os.path.join(os.path.dirname(__file__), "fail")) and "a reason")
"""


def test_what_differs_between_two_builds_is_named(tmp_path: Path) -> None:
    """The first files that differ, are missing or are new stand in the message; a second build that fails does too."""
    (tmp_path / "build.py").write_text(FICKLE, encoding="utf-8")
    first = tmp_path / "first"
    (first / "cases").mkdir(parents=True)
    for name, text in (("same", "1"), ("zone", "UTC"), ("cases/seed", "1"), ("missing", ""), ("umask", "0o22")):
        (first / name).write_text(text, encoding="utf-8")
    with pytest.raises(Unpublished) as different:
        build_again(tmp_path, tmp_path, first)
    assert different.value.rule == "not-reproducible"
    assert different.value.values == {"files": "cases/seed, here, missing, umask, zone"}
    (tmp_path / "fail").touch()
    with pytest.raises(Unpublished) as failed:
        build_again(tmp_path, tmp_path, first)
    assert failed.value.values == {"files": "a reason"}


def test_a_mistake_leaves_the_published_site_as_it_was(tmp_path: Path) -> None:
    """An error names its place, exits 1, and the old site stays whole."""
    content, out = tmp_path / "content", tmp_path / "site"
    shutil.copytree(PONDS, content)
    assert run("build", "--content", str(content), "--out", str(out)).returncode == 0
    before = tree(out)
    case = sorted((content / "cases").glob("*.yml"))[0]
    case.write_text(case.read_text(encoding="utf-8") + "knid: case\n", encoding="utf-8")
    failed = run("build", "--content", str(content), "--out", str(out), "--lang", "en")
    assert failed.returncode == 1
    assert f"{case.name}:" in failed.stdout and "unknown-key" in failed.stdout
    assert "Traceback" not in failed.stdout + failed.stderr
    assert tree(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content", "site"]


def test_building_is_what_is_done_when_nothing_else_is_asked(tmp_path: Path) -> None:
    """`python build.py` builds, with the same options as `python build.py build`."""
    done = run("--content", str(PONDS), "--out", str(tmp_path / "site"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "site" / "index.html").is_file()


def test_a_folder_that_is_not_ours_is_never_replaced(tmp_path: Path) -> None:
    """A slip in --out costs nobody their files."""
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    failed = run("build", "--content", str(PONDS), "--out", str(tmp_path))
    assert failed.returncode == 1
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def rows(site: Path, name: str) -> list[dict[str, str]]:
    data = (site / "data" / f"{name}.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf"), "Excel reads UTF-8 only with a byte-order mark"
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_tables_hold_what_the_cases_say(site: Path) -> None:
    """The CSV files have the columns others rely on, and every claim with its evidence."""
    cases = {row["id"]: row for row in rows(site, "cases")}
    place = ["province", "city", "county", "town", "village"]
    assert list(cases["suqian-aiyuan"]) == [
        *("id", "name", "kind", "parent", "level", *place, "settlement", "status", "started", "source")
    ]
    assert len(cases) == 45
    assert cases["suqian-aiyuan"]["town"] == "爱园镇" and cases["suqian-aiyuan"]["parent"] == "jiangsu-observation"
    observations = rows(site, "observations")
    assert list(observations[0]) == [
        *("case", "indicator", "value", "low", "high", "bound", "unit", "counted", "as_of", "status", "absent"),
        *("as_stated", "source", "locator"),
    ]
    people = next(o for o in observations if o["case"] == "lianyungang-zhewang" and o["bound"] == "almost")
    assert (people["value"], people["unit"]) == ("20000", "人")
    spread = next(row for row in observations if row["low"])
    assert (spread["case"], spread["low"], spread["high"], spread["value"]) == ("shunde-huanglong", "30", "40", "")
    assert all(bool(row["value"] or row["low"]) != bool(row["absent"]) for row in observations)
    assert list(rows(site, "findings")[0]) == ["case", "mechanism", "verdict", "as_stated", "source", "locator"]
    formulas = rows(site, "formulas")
    assert list(formulas[0]) == ["case", "slogan", "decoded", "part", "meaning", "source", "locator"]
    assert {row["part"] for row in formulas if row["case"] == "zhaoqing-xinghu" and "两会" in row["slogan"]} >= {"两会"}
    for table in (observations, rows(site, "findings"), formulas):
        assert all(row["source"] and row["locator"] for row in table)
