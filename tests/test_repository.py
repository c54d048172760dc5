"""What stands around the program: lock files, the bill of materials, licences, forms, settings of editors."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from casebook.materials import bill_of_materials, locked
from tests.conftest import ROOT

LOCKS = sorted(ROOT.glob("requirements*.txt"))
NPM = ROOT / "tests" / "quality"


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def settings(path: str) -> dict[str, Any]:
    """JSON with comments on lines of their own, as VS Code reads it."""
    found: dict[str, Any] = json.loads(re.sub(r"^\s*//.*$", "", read(path), flags=re.M))
    return found


def tracked(pattern: str) -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no repository: which files belong to it is not known")
    listed = subprocess.run(["git", "ls-files", "-z", pattern], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name]


# ---------------------------------------------------------------- lock files


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_python_package_is_pinned_with_hashes(path: Path) -> None:
    """And nothing else stands in a lock file: no option, no address, no registry."""
    packages = list(locked(path.read_text(encoding="utf-8")))
    assert packages and [package.name for package in packages if not package.hashes] == []


@pytest.mark.parametrize("group", ["dependencies", "test", "audit"])
def test_every_python_package_that_is_asked_for_is_locked(group: str) -> None:
    """A dependency cannot be added without choosing its version and hashes."""
    lock = {"dependencies": "requirements.txt"}.get(group, f"requirements-{group}.txt")
    (asked,) = re.findall(rf"^{group} = \[(.*?)\]$", read("pyproject.toml"), re.M | re.S)
    names = {re.split(r"[<>=]", name)[0] for name in re.findall(r'"([^"]+)"', asked)}
    assert names and names <= {package.name for package in locked(read(lock))}


def test_every_npm_package_is_pinned_with_a_hash_and_runs_nothing() -> None:
    """The lock names no registry, and installing executes none of what it installs."""
    lock = json.loads((NPM / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert [name for name, package in packages.items() if not package.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []
    asked = json.loads((NPM / "package.json").read_text(encoding="utf-8"))
    assert lock["packages"][""]["devDependencies"] == asked["devDependencies"]
    assert "scripts" not in asked
    assert "ignore-scripts=true" in (NPM / ".npmrc").read_text(encoding="utf-8").splitlines()
    assert all("--ignore-scripts" in line for line in read("Makefile").splitlines() if "npm ci" in line)


def test_python_packages_are_installed_by_their_hashes_alone() -> None:
    installing = [line for line in read("Makefile").splitlines() if "pip install" in line]
    assert installing and all("--require-hashes" in line for line in installing)


# ---------------------------------------------------------------- the bill of materials


def test_the_bill_of_materials_is_that_of_the_lock_file() -> None:
    """`make sbom` was not forgotten; licences are what packages say on the machine where it was made."""
    kept = json.loads(read("templates/theme/sbom.cdx.json"))
    licensed = [component for component in kept["components"] if component.pop("licenses", None)]
    assert kept == json.loads(bill_of_materials(read("requirements.txt"), {}))
    assert len(licensed) > len(kept["components"]) / 2


def test_the_bill_of_materials_stands_beside_the_site(site: Path) -> None:
    """And the page of downloads leads to it."""
    bill = json.loads((site / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert {"mkdocs", "jinja2", "pydantic"} <= {component["name"] for component in bill["components"]}
    assert 'href="../sbom.cdx.json"' in (site / "data" / "index.html").read_text(encoding="utf-8")


def test_a_bill_says_which_machines_a_package_is_for() -> None:
    lock = f"one==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:{'a' * 64} \\\n    --hash=sha256:{'b' * 64}\n"
    (component,) = json.loads(bill_of_materials(lock, {"one": {"expression": "MIT"}}))["components"]
    assert component["purl"] == "pkg:pypi/one@1.0"
    assert [hash["content"][0] for hash in component["hashes"]] == ["a", "b"]
    assert component["licenses"] == [{"expression": "MIT"}]
    assert component["properties"] == [{"name": "casebook:marker", "value": "sys_platform == 'win32'"}]


@pytest.mark.parametrize("line", ["--index-url https://example.org", "one>=1.0", "one @ https://example.org/one.whl"])
def test_a_lock_file_with_anything_else_in_it_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="not a line of a lock file"):
        list(locked(line + "\n"))


# ---------------------------------------------------------------- forms, licences, citation

SCHEMAS = {
    "vendor.github-workflows": ".github/workflows/*.yml",
    "vendor.github-issue-forms": ".github/ISSUE_TEMPLATE/[0-9]*.yml",
    "vendor.github-issue-config": ".github/ISSUE_TEMPLATE/config.yml",
    "vendor.dependabot": ".github/dependabot.yml",
    "vendor.gitlab-ci": ".gitlab-ci.yml",
    "vendor.citation-file-format": "CITATION.cff",
}


@pytest.mark.parametrize(("schema", "pattern"), SCHEMAS.items())
def test_files_for_other_programs_are_what_they_expect(schema: str, pattern: str) -> None:
    """By the schemas that come with check-jsonschema, without a network."""
    files = sorted(map(str, ROOT.glob(pattern)))
    assert files
    transform = ["--data-transform", "gitlab-ci"] if schema == "vendor.gitlab-ci" else []
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *transform, *files]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_is_a_form_for_each_thing_people_come_with() -> None:
    names = [
        yaml.safe_load(path.read_text("utf-8"))["name"] for path in sorted(ROOT.glob(".github/ISSUE_TEMPLATE/[0-9]*"))
    ]
    assert names == ["错误", "新案例", "新来源"]


def test_no_owner_is_invented() -> None:
    """An owner that does not exist is an error on GitHub: every rule waits for a fork's own people."""
    assert [line for line in read(".github/CODEOWNERS").splitlines() if line.strip() and not line.startswith("#")] == []


def test_program_and_data_have_each_their_licence() -> None:
    """The site, the citation and the licence files say the same."""
    assert "MIT License" in read("LICENSE")
    assert "CC BY 4.0" in read("LICENSE-data") and "CC BY 4.0" in yaml.safe_load(read("content/site.yml"))["licence"]
    citation = yaml.safe_load(read("CITATION.cff"))
    assert citation["license"] == ["MIT", "CC-BY-4.0"]
    assert f'version = "{citation["version"]}"' in read("pyproject.toml")
    assert re.search(rf"^## {re.escape(citation['version'])} · ", read("CHANGELOG.md"), re.M)


def test_data_are_never_newer_than_their_changelog() -> None:
    """Each date on which the data are said to be updated has its entry."""
    assert f"## {yaml.safe_load(read('content/site.yml'))['updated']}\n" in read("CHANGELOG-data.md")


def test_dependencies_are_watched_where_they_are_locked() -> None:
    """No update is proposed before others have had days to find what is wrong with it."""
    updates = yaml.safe_load(read(".github/dependabot.yml"))["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"pip", "npm", "github-actions"}
    assert all(update["cooldown"]["default-days"] >= 7 for update in updates)
    assert all((ROOT / update["directory"].lstrip("/")).is_dir() for update in updates)


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "CHANGELOG-data.md"])
def test_links_between_documents_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", read(name))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_security_names_every_part_that_is_trusted() -> None:
    """Each file that its table or its advice names is there."""
    named = re.findall(r"`([\w.*/-]+(?:\.\w+|/))`", read("SECURITY.md"))
    assert named and [name for name in named if not list(ROOT.glob(name.rstrip("/"))) and name != "sbom.cdx.json"] == []


# ---------------------------------------------------------------- editors' programs


def test_recommended_settings_are_heeded_and_explained() -> None:
    """Nothing formats what editors wrote, nothing is fetched; each extension says why it is wanted."""
    told = settings(".vscode/settings.json")
    assert told["yaml.schemaStore.enable"] is False and told["yaml.format.enable"] is False
    wanted = settings(".vscode/extensions.json")["recommendations"]
    assert "redhat.vscode-yaml" in wanted
    assert len(re.findall(r"^\s*// .+\n\s*\"", read(".vscode/extensions.json"), re.M)) == len(wanted)


def test_files_are_as_the_editorconfig_says() -> None:
    """UTF-8, one kind of line end, a last line that ends: what editors' programs are told holds already."""
    assert "end_of_line = lf" in read(".editorconfig")
    wrong = [
        path.relative_to(ROOT).as_posix()
        for kind in ("*.yml", "*.md", "*.py", "*.js", "*.css", "*.jinja")
        for path in tracked(kind)
        if path.is_file() and "tests/rules" not in path.as_posix()
        for text in [path.read_bytes().decode("utf-8")]
        if text and ("\r" in text or not text.endswith("\n"))
    ]
    assert wrong == []
