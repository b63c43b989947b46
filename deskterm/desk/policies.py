"""The policies this desk can use: the shipped ones and a user's own, which win.

An own file with a mistake is never passed over in favour of the shipped policy of the same id: a
desk that promises by other figures than its manager wrote down is worse than one that says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from deskterm.desk.errors import DeskError, NotFound, Refused
from deskterm.policy import Finding, Policy, PolicyError, read_policy
from deskterm.policy.findings import Findings

SUFFIX = ".toml"


class BrokenPolicy(DeskError):
    """A policy file that is there but cannot be used; `findings` say why."""

    def __init__(self, sentence: str, path: Path, findings: Sequence[Finding]) -> None:
        super().__init__(sentence)
        self.path = path
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class PolicyEntry:
    """One policy that can be named: where it lies and whose it is."""

    id: str
    path: Path
    origin: Literal["shipped", "own"]
    overrides_shipped: bool = False
    """An own file that stands in the place of a shipped one."""


class PolicyLibrary:
    """Policy files in two folders, each named after its policy's id.

    Either folder may be missing. Files are read when asked for and read again when they change.
    """

    def __init__(self, shipped_dir: Path, user_dir: Path) -> None:
        self.shipped_dir = shipped_dir
        self.user_dir = user_dir
        self._read: dict[Path, tuple[str, Policy]] = {}

    def entries(self) -> list[PolicyEntry]:
        """One entry for each id, in order of id; a user's own before the shipped one."""
        shipped = _files(self.shipped_dir)
        own = _files(self.user_dir)
        entries = [
            PolicyEntry(policy, path, "shipped")
            for policy, path in shipped.items()
            if policy not in own
        ]
        entries += [
            PolicyEntry(policy, path, "own", policy in shipped) for policy, path in own.items()
        ]
        return sorted(entries, key=lambda entry: entry.id)

    def entry(self, policy_id: str) -> PolicyEntry:
        """Where the policy with this id lies; `NotFound` names the nearest id there is."""
        entries = {entry.id: entry for entry in self.entries()}
        if policy_id in entries:
            return entries[policy_id]
        near = Findings("").nearest(policy_id, entries)
        hint = f"did you mean {near}?" if near else "`deskterm policy list` shows those there are"
        raise NotFound(f"there is no policy {policy_id}: {hint}")

    def load(self, policy_id: str) -> Policy:
        """The policy with this id, checked whole.

        Raises `NotFound`, or `BrokenPolicy` where its file has mistakes or cannot be read; a
        shipped policy is not used in the place of a broken own one.
        """
        entry = self.entry(policy_id)
        try:
            text = read_text(entry.path)
            known = self._read.get(entry.path)
            if known is not None and known[0] == text:
                return known[1]
            policy = read_policy(text, str(entry.path))
            _check_id(policy, entry)
        except PolicyError as error:
            raise _broken(entry, error) from error
        self._read[entry.path] = (text, policy)
        return policy

    def passed_over(self) -> list[Path]:
        """What lies in the user's own folder and is no policy file, as a misspelt ending makes it.

        Hidden files and copies that editors keep (``name~``) are nobody's mistake.
        """
        return [
            path
            for path in _listed(self.user_dir)
            if path.suffix != SUFFIX and not path.name.startswith(".") and path.name[-1] != "~"
        ]

    def shipped_text(self, policy_id: str) -> str | None:
        """The text of the shipped policy with this id, or None where none is shipped."""
        path = _files(self.shipped_dir).get(policy_id)
        return read_text(path) if path is not None else None


def default_library() -> PolicyLibrary:
    """The library of this installation and this user."""
    from deskterm.paths import user_paths

    return PolicyLibrary(shipped_policies(), user_paths().policies)


def shipped_policies() -> Path:
    """The folder of the shipped policies: in an installed package, else beside it."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_policies"
    return installed if installed.is_dir() else package.parent / "policies"


def read_text(path: Path) -> str:
    """The text of a policy file.

    Raises `PolicyError` where it cannot be opened or is not UTF-8.
    """
    findings = Findings(str(path))
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        findings.says((), f"a file that cannot be read ({reason})", "a readable file")
    except UnicodeDecodeError as error:
        findings.says((), f"bytes that are no UTF-8 (at byte {error.start})", "text in UTF-8")
    raise PolicyError([finding for _, finding in findings.found])


def _files(folder: Path) -> dict[str, Path]:
    return {path.stem: path for path in _listed(folder) if path.suffix == SUFFIX}


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except FileNotFoundError:
        return []  # A folder is made by whoever writes the first file into it.
    except OSError as error:
        raise Refused(
            f"the policies in {folder} cannot be read ({error.strerror}); it has to be a folder "
            "you may read"
        ) from error


def _check_id(policy: Policy, entry: PolicyEntry) -> None:
    if policy.id != entry.id:
        findings = Findings(str(entry.path))
        findings.add(("id",), policy.id, f'the name of the file, "{entry.id}"')
        raise PolicyError([finding for _, finding in findings.found])


def _broken(entry: PolicyEntry, error: PolicyError) -> BrokenPolicy:
    count = len(error.findings)
    mistakes = "a mistake" if count == 1 else f"{count} mistakes"
    instead = ", and the shipped one is not used instead" if entry.overrides_shipped else ""
    sentence = (
        f"the policy file {entry.path} has {mistakes}{instead}; "
        f"see: deskterm policy check {entry.path}"
    )
    return BrokenPolicy(sentence, entry.path, error.findings)
