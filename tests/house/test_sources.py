"""What every file of the package keeps to."""

from __future__ import annotations

import ast
import re
import subprocess
import tokenize
import tomllib

from tests.house.tree import ROOT, sources

LINES = 400


def test_one_idea_per_file_fits_in_four_hundred_lines() -> None:
    long = {
        source.name: lines
        for source in sources()
        if (lines := source.text.count("\n")) > LINES
    }
    assert long == {}


def provider_words() -> set[str]:
    """What names a provider: the ids and names of the shipped policies."""
    words: set[str] = set()
    for path in (ROOT / "policies").glob("*.toml"):
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        words |= {path.stem, path.stem.replace("-", "_"), str(document.get("name", path.stem))}
    return words


def test_nothing_about_a_provider_is_in_python() -> None:
    words = provider_words()
    assert words, "no policy is shipped"
    names = re.compile("|".join(re.escape(word) for word in sorted(words)), re.IGNORECASE)
    found = [
        f"{source.name}:{number} {line.strip()[:60]!r}"
        for source in sources()
        for number, line in enumerate(source.text.splitlines(), 1)
        if names.search(line)
    ]
    assert found == [], "docstrings too name the rule; the provider's clause is in its policy file"


def test_every_public_name_of_the_package_is_explained() -> None:
    bare = [
        f"{source.name}: {node.name}"
        for source in sources()
        for node in source.tree.body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
        # A schema step's file says what it does; `upgrade` is the tool's word for doing it.
        and "/migrations/versions/" not in source.name
    ]
    bare += [source.name for source in sources() if source.text and not _docstring(source.tree)]
    assert bare == []


def _docstring(tree: ast.Module) -> str | None:
    return ast.get_docstring(tree)


def test_silenced_checks_say_why() -> None:
    """A type or lint exception names its code and stands beside its reason."""
    silent = []
    for source in sources():
        with tokenize.open(source.path) as file:
            comments = [
                (token.start[0], token.string)
                for token in tokenize.generate_tokens(file.readline)
                if token.type == tokenize.COMMENT
            ]
        lines = {number for number, _ in comments}
        for number, comment in comments:
            match = re.search(r"(type: ignore\[[\w, -]+\]|noqa: [A-Z0-9, ]+)(.*)", comment)
            if match is None:
                if re.search(r"type: ignore|noqa", comment):
                    silent.append(f"{source.name}:{number} names no code")
            elif len(match[2].strip(" -#")) < 8 and number - 1 not in lines:
                silent.append(f"{source.name}:{number} gives no reason")
    assert silent == []


def tracked() -> list[str]:
    """Files under version control, or every text file where there is none."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode == 0 and listed.stdout:
        return [name for name in listed.stdout.split("\0") if name]
    return [source.name for source in sources()]


def test_no_file_points_at_somebodys_machine() -> None:
    """Absolute paths and hosts of the machine a file was written on mean nothing elsewhere."""
    places = re.compile(r"(?<![\w.])/(root|work|home/(?!sam\b|kim\b)\w+)/[\w.]|\.pyenv/|://[\w.]*pypi")
    suffixes = (".py", ".md", ".toml", ".tcss", ".mako", ".ini", ".jsonl", "run")
    found = []
    for name in tracked():
        path = ROOT / name
        if not name.endswith(suffixes) or not path.exists() or "tests/house" in name:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if places.search(line):
                found.append(f"{name}:{number} {line.strip()[:80]}")
    assert found == []
