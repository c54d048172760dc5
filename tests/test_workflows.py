"""The workflows: they pass an audit, hold no right they do not need, and their steps do what they say."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from tests.conftest import ROOT

FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = {path.stem: yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) for path in FOLDER.glob("*.yml")}
JOBS = [(name, job) for name, workflow in WORKFLOWS.items() for job in workflow["jobs"].values()]
STEPS = [(name, step) for name, job in JOBS for step in job["steps"]]
PONDS = ROOT / "tests" / "sites" / "ponds" / "content"


# ---------------------------------------------------------------- rights


def test_workflows_pass_an_audit() -> None:
    """zizmor, as picky as it can be, without a network; one exception, which says why."""
    program = Path(sys.executable).parent / "zizmor"
    command = [
        str(program),
        "--offline",
        "--persona=pedantic",
        "--strict-collection",
        "--collect=all",
        "--format=plain",
    ]
    done = subprocess.run([*command, str(ROOT)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    ignored = [
        line for path in FOLDER.glob("*.yml") for line in path.read_text("utf-8").splitlines() if "zizmor:" in line
    ]
    assert len(ignored) == 1 and re.search(r"workflow_run:.*ignore\[dangerous-triggers\] \w+", ignored[0])


def test_actions_are_pinned_by_commit() -> None:
    """With the version that a person can read, and the same one everywhere."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yml")))
    used = re.findall(r"uses: (.*)", text)
    pinned = [re.fullmatch(r"(actions/[a-z-]+)@([0-9a-f]{40}) # v\d+\.\d+\.\d+", line) for line in used]
    assert used and all(pinned)
    assert len(set(used)) == len({pin[1] for pin in pinned if pin})


def test_nothing_is_allowed_that_is_not_said() -> None:
    """Each workflow begins without rights; those that a pull request starts may only read, and see no secret."""
    for name, workflow in WORKFLOWS.items():
        assert workflow["permissions"] == {}, name
        if "pull_request" in workflow["on"]:
            assert all(job["permissions"] == {"contents": "read"} for job in workflow["jobs"].values()), name
        assert "pull_request_target" not in workflow["on"]
    assert not any("secrets." in path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yml"))
    writing = {(n, right) for n, job in JOBS for right, level in job["permissions"].items() if level == "write"}
    assert writing == {("comment", "pull-requests"), ("pages", "pages"), ("pages", "id-token")}


def test_every_job_ends_and_no_checkout_keeps_its_key() -> None:
    assert all(0 < int(job["timeout-minutes"]) <= 60 for _, job in JOBS)
    checkouts = [step for _, step in STEPS if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts and all(step["with"]["persist-credentials"] == "false" for step in checkouts)


def test_steps_hold_no_program() -> None:
    """Each runs one line without an expression in it: whatever is longer stands where it is tested."""
    lines = [step["run"] for _, step in STEPS if "run" in step]
    assert lines and [line for line in lines if "\n" in line.strip() or "${{" in line] == []


def test_what_comments_runs_main_alone() -> None:
    """It starts after the check by its name, and checks out nothing but its own script."""
    comment = WORKFLOWS["comment"]
    assert comment["on"]["workflow_run"]["workflows"] == [WORKFLOWS["check"]["name"]]
    (checkout,) = (step for _, step in STEPS if _ == "comment" and "uses" in step)
    assert "ref" not in checkout["with"] and checkout["with"]["sparse-checkout"] == ".github/scripts"


def test_links_are_never_in_the_way() -> None:
    """They are asked on a schedule, and no pull request waits for them."""
    assert WORKFLOWS["links"]["on"].keys() == {"schedule", "workflow_dispatch"}


# ---------------------------------------------------------------- the steps of a pull request's check


def git(folder: Path, *arguments: str) -> str:
    name = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *name, *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


class Checked(NamedTuple):
    """What is left where the check of a pull request ran: its folder, what each step said, the summary."""

    folder: Path
    said: dict[str, subprocess.CompletedProcess[str]]
    summary: Path


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository like this one, with a small corpus: main, before anybody proposes anything."""
    folder = tmp_path_factory.mktemp("fork") / "main"
    left_out = shutil.ignore_patterns(
        ".git", ".venv", "tests", "site", "content", ".cache", ".*_cache", "__pycache__", "node_modules"
    )
    shutil.copytree(ROOT, folder, ignore=left_out)
    shutil.copytree(PONDS, folder / "content")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Begin")
    return folder


Propose = Callable[[Callable[[Path], object]], Checked]


@pytest.fixture
def propose(base: Path, tmp_path: Path) -> Propose:
    """Runs check.yml as a runner would, on a pull request that changes what the function changes."""

    def run(change: Callable[[Path], object]) -> Checked:
        head, folder = tmp_path / "head", tmp_path / "runner"
        git(tmp_path, "clone", "-q", str(base), str(head))
        change(head)
        git(head, "add", "-A")
        git(head, "commit", "-qm", "Propose")
        git(tmp_path, "clone", "-q", str(base), str(folder))
        for name in ("bin", "lib", "pyvenv.cfg"):  # "Set up" is passed over: what it fetches is here
            (folder / ".venv").mkdir(exist_ok=True)
            (folder / ".venv" / name).symlink_to(ROOT / ".venv" / name)
        for name in ("python.ok", "site.ok"):
            (folder / ".venv" / name).touch()
        git(folder, "clone", "-q", "--no-checkout", str(head), "proposed")
        git(folder / "proposed", "sparse-checkout", "set", "--no-cone", "/content/")
        git(folder / "proposed", "checkout", "-q")
        return steps(folder, tmp_path / "summary")

    return run


def steps(folder: Path, summary: Path) -> Checked:
    """The shell lines of the check, one after the other; after a failed one those that say so, if it ran."""
    said: dict[str, subprocess.CompletedProcess[str]] = {}
    environment = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    environment |= {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_ACTIONS": "true", "CI": "true"}
    for step in WORKFLOWS["check"]["jobs"]["data"]["steps"]:
        failed = any(done.returncode for done in said.values())
        if "run" not in step or step["name"] == "Set up" or (failed and ("if" not in step or "Check" not in said)):
            continue
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        said[step["name"]] = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    return Checked(folder=folder, said=said, summary=summary)


def test_a_pull_request_from_a_fork_gets_its_diff_and_its_preview(propose: Propose) -> None:
    """With no right and no secret: what changes in the data, as a summary and for the comment, and the site with it.

    Its code, hooks and make targets stay out: its data are checked by main's.
    """
    path = sorted((PONDS / "cases").glob("*.yml"))[0]
    text = path.read_text(encoding="utf-8")
    renamed = text.replace(yaml.safe_load(text)["name"], "Renamed Pond")

    def change(head: Path) -> None:
        (head / "content" / "cases" / path.name).write_text(renamed, encoding="utf-8")
        for name in ("build.py", "Makefile", "mkdocs.yml", "casebook/folder.py"):
            (head / name).write_text("raise SystemExit('theirs')\n")

    checked = propose(change)
    assert [(step, done) for step, done in checked.said.items() if done.returncode] == []
    assert "theirs" not in "".join(done.stdout + done.stderr for done in checked.said.values())
    told = (checked.folder / "change" / "diff.md").read_text(encoding="utf-8")
    assert "Renamed Pond" in told and told in checked.summary.read_text(encoding="utf-8")
    assert (checked.folder / "change" / "diff.html").is_file()
    assert "Renamed Pond" in (checked.folder / "site" / "cases" / f"{path.stem}.html").read_text(encoding="utf-8")


def test_a_mistake_fails_the_check_and_is_annotated(propose: Propose) -> None:
    """At its file and line, as the system that runs it understands; nothing is built."""
    path = sorted((PONDS / "cases").glob("*.yml"))[0]

    def mistaken(head: Path) -> None:
        case = head / "content" / "cases" / path.name
        case.write_text(case.read_text(encoding="utf-8") + "nmae: x\n", encoding="utf-8")

    checked = propose(mistaken)
    assert checked.said["Check"].returncode == 1
    line = path.read_text(encoding="utf-8").count("\n") + 1
    annotations = re.findall(r"^::error (\S+)::", checked.said["Check"].stdout, re.M)
    assert any({f"file=content/cases/{path.name}", f"line={line}"} <= set(said.split(",")) for said in annotations)
    assert "Build" not in checked.said and not (checked.folder / "site").exists()


@pytest.mark.parametrize("target", ["/etc", "../../.git"])
def test_content_that_is_a_link_is_not_followed(propose: Propose, target: str) -> None:
    """A pull request cannot have other files of the runner read in place of content."""

    def linked(head: Path) -> None:
        shutil.rmtree(head / "content")
        (head / "content").symlink_to(target)

    said = propose(linked).said
    assert [step for step, done in said.items() if done.returncode] and not said.keys() & {"What changes", "Build"}
