"""Who is sitting here: the operating system's user, also through a service account.

``sudo`` tells a program who called it, but so can anybody by setting the same variable. It is
believed only where nobody could gain by that: in the account that alone can open the desk's file.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from deskterm.cli.database import is_url

if TYPE_CHECKING:
    from deskterm.desk.agents import Login

SUDO_UID = "SUDO_UID"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def login_for(database: str, environ: Mapping[str, str]) -> Login | None:
    """The caller behind a service account; None where the process's own user is the one."""
    caller = environ.get(SUDO_UID, "")
    if not caller.isdecimal() or is_url(database):
        return None
    try:
        found = Path(database).stat()
    except OSError:
        return None  # There is no desk yet whose agents could be confused.
    if found.st_uid != os.getuid() or found.st_mode & _OTHERS:
        return None
    import pwd

    from deskterm.desk.agents import Login

    uid = int(caller)
    try:
        return Login(uid, pwd.getpwuid(uid).pw_name)
    except KeyError:
        return Login(uid, caller)
