"""Who works at this desk, and which of them is sitting here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast, get_args

from sqlalchemy import Row

from deskterm.desk import journal
from deskterm.desk.errors import NotAllowed, NotFound, Refused
from deskterm.desk.journal import NewEvent
from deskterm.desk.model import Agent, Role
from deskterm.desk.store.base import Tx
from deskterm.desk.text import clean

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

ROLES: Final = get_args(Role)
_EDITABLE: Final = ("name", "role", "team", "login", "active")
_COLUMNS: Final = "id, name, role, team, login, uid, active"


@dataclass(frozen=True, slots=True)
class Login:
    """A user of the operating system: what the kernel says, never what the environment does."""

    uid: int
    name: str

    @classmethod
    def current(cls) -> Login:
        """The user this program runs as."""
        import pwd

        uid = os.getuid()
        try:
            return cls(uid, pwd.getpwuid(uid).pw_name)
        except KeyError:
            return cls(uid, str(uid))


class Agents:
    """The people of the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(
        self,
        name: str,
        role: str,
        *,
        login: str | None = None,
        team: str | None = None,
    ) -> Agent:
        """Add somebody; `login` is their name on this system, by whose uid they are known.

        Raises `NotAllowed` for anybody but a supervisor and `Refused` where it cannot be.
        """
        with self._desk.store.write() as tx:
            me = self._desk.require(tx, "supervisor", doing="add agents")
            uid = None if login is None else _uid(login)
            return write_agent(tx, name, role, me.id, self._desk.now_us(), team=team,
                               login=login, uid=uid)  # fmt: skip

    def edit(self, who: str | int, /, **changes: Any) -> Agent:
        """Change name, role, team, login or whether somebody still works here (`active`)."""
        with self._desk.store.write() as tx:
            me = self._desk.require(tx, "supervisor", doing="change agents")
            agent = find_agent(tx, who)
            return _edit(tx, agent, changes, me.id, self._desk.now_us())

    def list(self, *, everybody: bool = False) -> tuple[Agent, ...]:
        """Those who work here, by name; `everybody` adds those who did."""
        with self._desk.store.read() as tx:
            return list_agents(tx, everybody=everybody)

    def get(self, name: str | int) -> Agent:
        """Somebody by name, login or id. Raises `NotFound`."""
        with self._desk.store.read() as tx:
            return find_agent(tx, name)


def by_login(tx: Tx, login: Login) -> Agent | None:
    """Who the user of the operating system is at this desk; None where nobody."""
    row = tx.one(f"SELECT {_COLUMNS} FROM agent WHERE uid = :uid AND active", uid=login.uid)
    if row is None:
        # Added where the system did not know them: the kernel's name for this user counts.
        row = tx.one(
            f"SELECT {_COLUMNS} FROM agent WHERE uid IS NULL AND login = :name AND active",
            name=login.name,
        )
    return None if row is None else _agent(row)


def list_agents(tx: Tx, *, everybody: bool = False) -> tuple[Agent, ...]:
    """Agents by name."""
    where = "" if everybody else " WHERE active"
    rows = tx.rows(f"SELECT {_COLUMNS} FROM agent{where} ORDER BY name")
    return tuple(_agent(row) for row in rows)


def find_agent(tx: Tx, who: object) -> Agent:
    """Somebody by id, name or login, whole or by a beginning that only one has."""
    if isinstance(who, int) or (isinstance(who, str) and who.isdecimal()):
        row = tx.one(f"SELECT {_COLUMNS} FROM agent WHERE id = :id", id=int(who))
        if row is not None:
            return _agent(row)
        raise NotFound(f"There is no agent {who}.")
    called = clean(str(who))
    name = called.casefold()
    agents = list_agents(tx, everybody=True)
    exact = [a for a in agents if name in (a.name.casefold(), (a.login or "").casefold())]
    begun = exact or [a for a in agents if a.active and a.name.casefold().startswith(name)]
    if len(begun) == 1:
        return begun[0]
    if begun:
        raise NotFound(f"“{called}” could be {', '.join(a.name for a in begun)}; say which.")
    known = ", ".join(a.name for a in agents) or "nobody yet"
    raise NotFound(f"Nobody here is called “{called}”; there is {known}.")


def write_agent(
    tx: Tx,
    name: str,
    role: str,
    by: int | None,
    now_us: int,
    *,
    team: str | None = None,
    login: str | None = None,
    uid: int | None = None,
) -> Agent:
    """Write a new agent down, in the table and in the journal."""
    called = clean(name)
    if not called:
        raise Refused("An agent needs a name.")
    if role not in ROLES:
        raise Refused(f"There is no role “{clean(role)}”; a role is {', '.join(ROLES)}.")
    values: dict[str, Any] = {
        "name": str(called),
        "role": role,
        "team": None if team is None else str(clean(team)),
        "login": login,
        "uid": uid,
    }
    for column, what in (("name", "called"), ("login", "known by the login"), ("uid", "uid")):
        taken = values[column] is not None and tx.value(
            f"SELECT name FROM agent WHERE {column} = :value", value=values[column]
        )
        if taken:
            raise Refused(f"{clean(taken)} is already {what} {values[column]}.")
    agent_id = tx.value(
        "INSERT INTO agent (name, role, team, login, uid, active)"
        " VALUES (:name, :role, :team, :login, :uid, :active) RETURNING id",
        active=True,
        **values,
    )
    changes = {key: [None, value] for key, value in values.items() if value is not None}
    event = NewEvent("agent", agent_id, now_us, "edited", {"fields": changes}, by or agent_id)
    journal.append(tx, [event], recorded_us=now_us)
    return find_agent(tx, agent_id)


def _edit(tx: Tx, agent: Agent, changes: Mapping[str, Any], by: int, now_us: int) -> Agent:
    for key in changes:
        if key not in _EDITABLE:
            raise Refused(f"An agent has no “{key}” to change; only {', '.join(_EDITABLE)}.")
    wanted = {key: value for key, value in changes.items() if value != getattr(agent, key)}
    if "role" in wanted and wanted["role"] not in ROLES:
        raise Refused(f"There is no role “{clean(wanted['role'])}”; a role is {', '.join(ROLES)}.")
    if wanted.get("login"):
        wanted["uid"] = _uid(wanted["login"])
    for key in ("name", "team"):
        if wanted.get(key) is not None:
            wanted[key] = str(clean(wanted[key]))
    if not wanted:
        return agent
    columns = ", ".join(f"{key} = :{key}" for key in wanted)
    tx.run(f"UPDATE agent SET {columns} WHERE id = :id", id=agent.id, **wanted)
    if "name" in wanted:
        tx.run(
            "UPDATE ticket SET agent_name = :name WHERE agent_id = :id AND live = 1",
            name=wanted["name"],
            id=agent.id,
        )
    if agent.role == "supervisor" and not has_supervisor(tx):
        raise Refused("Somebody has to be supervisor; name another one first.")
    fields = {key: [getattr(agent, key), value] for key, value in wanted.items()}
    event = NewEvent("agent", agent.id, now_us, "edited", {"fields": fields}, by)
    journal.append(tx, [event], recorded_us=now_us)
    return find_agent(tx, agent.id)


def _uid(login: str) -> int | None:
    """The user's number; None for one whom only another host of the desk knows yet."""
    import pwd

    try:
        return pwd.getpwnam(login).pw_uid
    except KeyError:
        return None


def _agent(row: Row[Any]) -> Agent:
    return Agent(
        row.id,
        clean(row.name),
        cast(Role, row.role),
        None if row.team is None else clean(row.team),
        row.login,
        row.uid,
        bool(row.active),
    )


def has_supervisor(tx: Tx) -> bool:
    """Whether somebody is there to ask for what only a supervisor may do."""
    found = tx.value("SELECT id FROM agent WHERE role = 'supervisor' AND active LIMIT 1")
    return found is not None


def allowed(me: Agent | None, roles: frozenset[str], doing: str) -> Agent:
    """`me`, where the role may do that. Raises `NotAllowed`: what nobody allowed is refused."""
    if me is None:
        raise NotAllowed("This desk does not know you; ask a supervisor for `deskterm agent add`.")
    if me.role not in roles:
        may = " or ".join(f"a {role}" for role in sorted(roles))
        raise NotAllowed(f"Only {may} may {doing}; you are {me.name}, {me.role}.")
    return me
