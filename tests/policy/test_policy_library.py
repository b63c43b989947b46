"""A user's own policies win over the shipped ones, visibly, and never silently fail to."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskterm.desk.errors import NotFound
from deskterm.desk.policies import BrokenPolicy, PolicyLibrary, default_library, shipped_policies
from tests.policy.texts import GOOD, SHIPPED


def written(folder: Path, policy_id: str, text: str | None = None, name: str = "Small") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{policy_id}.toml"
    content = GOOD.replace('id = "small"', f'id = "{policy_id}"').replace('"Small"', f'"{name}"')
    path.write_text(content if text is None else text, encoding="utf-8")
    return path


@pytest.fixture
def library(tmp_path: Path) -> PolicyLibrary:
    return PolicyLibrary(tmp_path / "shipped", tmp_path / "own")


def test_no_folders_no_policies(library: PolicyLibrary) -> None:
    assert library.entries() == []


def test_an_own_policy_stands_beside_the_shipped_ones(library: PolicyLibrary) -> None:
    written(library.shipped_dir, "first")
    own = written(library.user_dir, "second")
    entries = {entry.id: entry for entry in library.entries()}
    assert entries["first"].origin == "shipped"
    assert (entries["second"].origin, entries["second"].path) == ("own", own)
    assert not entries["second"].overrides_shipped


def test_an_own_policy_of_the_same_id_wins_and_says_so(library: PolicyLibrary) -> None:
    written(library.shipped_dir, "first", name="Shipped")
    own = written(library.user_dir, "first", name="Ours")
    (entry,) = library.entries()
    assert (entry.origin, entry.overrides_shipped, entry.path) == ("own", True, own)
    assert library.load("first").name == "Ours"
    assert '"Shipped"' in (library.shipped_text("first") or "")


def test_a_broken_own_policy_is_reported_and_not_passed_over(library: PolicyLibrary) -> None:
    written(library.shipped_dir, "first")
    own = written(library.user_dir, "first", 'id = "first"\n')
    with pytest.raises(BrokenPolicy) as caught:
        library.load("first")
    assert "the shipped one is not used instead" in caught.value.sentence
    assert str(own) in caught.value.sentence
    assert len(caught.value.findings) == 4


def test_a_file_is_named_after_its_policy(library: PolicyLibrary) -> None:
    written(library.user_dir, "other", GOOD)
    with pytest.raises(BrokenPolicy) as caught:
        library.load("other")
    (finding,) = caught.value.findings
    assert (finding.path, finding.found) == ("id", '"small"')


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b'id = "caf\xe9"'])
def test_a_file_that_is_no_text_is_broken(library: PolicyLibrary, content: bytes) -> None:
    library.user_dir.mkdir()
    (library.user_dir / "bytes.toml").write_bytes(content)
    with pytest.raises(BrokenPolicy, match="a mistake"):
        library.load("bytes")


def test_a_folder_in_the_place_of_a_file_is_broken(library: PolicyLibrary) -> None:
    (library.user_dir / "odd.toml").mkdir(parents=True)
    with pytest.raises(BrokenPolicy) as caught:
        library.load("odd")
    assert "cannot be read" in caught.value.findings[0].found


def test_an_unknown_id_names_the_nearest(library: PolicyLibrary) -> None:
    written(library.shipped_dir, "first")
    with pytest.raises(NotFound, match="did you mean first"):
        library.load("frist")
    with pytest.raises(NotFound, match="policy list"):
        library.load("zzz")


def test_a_changed_file_is_read_again(library: PolicyLibrary) -> None:
    written(library.user_dir, "first", name="Before")
    assert library.load("first") is library.load("first")
    written(library.user_dir, "first", name="After")
    assert library.load("first").name == "After"


def test_the_shipped_ones_are_found_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    library = PolicyLibrary(shipped_policies(), tmp_path)
    assert tuple(entry.id for entry in library.entries()) == SHIPPED
    assert all(library.load(entry.id).name for entry in library.entries())
    assert default_library().user_dir.name == "policies"
