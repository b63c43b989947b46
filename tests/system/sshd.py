"""A real sshd for one test: on the loopback only, with keys and settings of its own."""

from __future__ import annotations

import getpass
import os
import shlex
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SSHD = Path("/usr/sbin/sshd")
#: Where sshd puts its unprivileged half when it runs as root; packages make it at boot.
_SEPARATED = Path("/run/sshd")
_READY_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Sshd:
    """One that is listening; `login` is the command that logs in and runs something there."""

    port: int
    folder: Path

    def login(self, command: Sequence[str], environment: Mapping[str, str]) -> list[str]:
        """Arguments of an ssh that runs `command` in a terminal of its own."""
        given = [f"{name}={value}" for name, value in environment.items()]
        return [
            "ssh", "-F", "/dev/null", "-tt", "-p", str(self.port), "-i", str(self.folder / "user"),
            "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes",
            "-o", f"UserKnownHostsFile={self.folder / 'known_hosts'}",
            f"{getpass.getuser()}@127.0.0.1", shlex.join(["env", *given, *command]),
        ]  # fmt: skip


@contextmanager
def listening(folder: Path) -> Iterator[Sshd]:
    """Start one and stop it again, and nothing else."""
    folder.mkdir(mode=0o700)
    for name in ("host", "user"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True
        )
    (folder / "authorized_keys").write_text((folder / "user.pub").read_text())
    port = _free_port()
    kind, key, *_ = (folder / "host.pub").read_text().split()
    (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {kind} {key}\n")
    settings = {
        "Port": port,
        "ListenAddress": "127.0.0.1",
        "HostKey": folder / "host",
        "AuthorizedKeysFile": folder / "authorized_keys",
        "PidFile": "none",
        "StrictModes": "no",
        "UsePAM": "no",
        "PasswordAuthentication": "no",
        "KbdInteractiveAuthentication": "no",
        "PermitRootLogin": "yes" if os.geteuid() == 0 else "no",
        "ForceCommand": "none",
        "PrintMotd": "no",
        "X11Forwarding": "no",
    }
    (folder / "sshd_config").write_text("".join(f"{k} {v}\n" for k, v in settings.items()))
    if os.geteuid() == 0:
        _SEPARATED.mkdir(mode=0o755, exist_ok=True)
    with (folder / "sshd.log").open("wb") as log:
        process = subprocess.Popen(
            [str(SSHD), "-D", "-e", "-f", str(folder / "sshd_config")], stderr=log
        )
    try:
        _wait(process, port, folder / "sshd.log")
        yield Sshd(port, folder)
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + _READY_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"sshd does not listen:\n{log.read_text()}")
