"""``deskterm agent``: who works at the desk."""

from __future__ import annotations

from typing import Annotated

import typer

from deskterm.cli.output import say, say_json_list, say_table
from deskterm.cli.session import asking, working
from deskterm.cli.words import AsJson, command, group
from deskterm.desk.model import Role


def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The agent's name.")],
    role: Annotated[Role, typer.Option(help="What the agent may do.")],
    login: Annotated[
        str | None,
        typer.Option(help="Who that is on this system (default: nobody yet).", metavar="UNIX-USER"),
    ] = None,
    team: Annotated[str | None, typer.Option(help="Line or team, as the ladders name it.")] = None,
) -> None:
    """Add an agent."""
    with working(context) as desk:
        added = desk.agents.add(name, role, login=login, team=team)
        say(f"{added.name} is {added.role}")
        if login is not None and added.uid is None:
            say(f"This system knows no user “{login}” yet; {added.name} is known once it does.")


def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List the agents."""
    with asking(context) as desk:
        agents = desk.agents.list()
    if as_json:
        say_json_list(
            {
                "id": agent.id,
                "name": agent.name,
                "role": agent.role,
                "team": agent.team,
                "login": agent.login,
                "active": agent.active,
            }
            for agent in agents
        )
        return
    say_table(
        ("name", "role", "team", "login"),
        ((agent.name, agent.role, agent.team, agent.login) for agent in agents),
    )


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    agents = group(app, "agent", "Who works at the desk.")
    command(agents, "add", add, 'agent add "Kim Doyle" --role technician --login kim')
    command(agents, "list", list_, "agent list", "agent list --json")
