"""Agents and customers on the command line."""

from __future__ import annotations

from tests.cli.conftest import Deskterm


def test_the_first_run_makes_the_desk_and_its_first_agent(bare: Deskterm) -> None:
    said = bare("init", "--agent", "Sam Field", "--role", "supervisor").out
    assert "Sam Field is supervisor" in said
    [agent] = bare("agent", "list", "--json").json
    assert (agent["name"], agent["role"], agent["active"]) == ("Sam Field", "supervisor", True)


def test_there_is_only_one_first_run(deskterm: Deskterm) -> None:
    again = deskterm.try_("init", "--agent", "Eve", "--role", "supervisor")
    assert again.status == 1
    assert "deskterm agent add" in again.err


def test_a_role_that_is_none_is_wrong_usage(bare: Deskterm) -> None:
    wrong = bare.try_("init", "--agent", "Sam", "--role", "boss")
    assert wrong.status == 2
    assert "supervisor" in wrong.err


def test_agents_are_added_by_a_supervisor(deskterm: Deskterm) -> None:
    deskterm("agent", "add", "Kim Doyle", "--role", "technician", "--team", "first line")
    names = [agent["name"] for agent in deskterm("agent", "list", "--json").json]
    assert names == ["Kim Doyle", "Sam"]
    assert "first line" in deskterm("agent", "list").out


def test_a_customer_comes_with_an_agreement(deskterm: Deskterm) -> None:
    deskterm(
        "customer", "add", "Marlow Academy", "--policy", "concero", "--package", "scheduled",
        "--domain", "marlow.example", "--start", "2026-09-01", "--visits", "23",
    )  # fmt: skip
    card = deskterm("customer", "show", "Marlow", "--json").json
    [agreement] = card["agreements"]
    assert agreement["package"] == "scheduled"
    assert (agreement["start"], agreement["visits"]) == ("2026-09-01", 23)
    assert card["domain"] == "marlow.example"


def test_a_wrong_policy_names_the_nearest(deskterm: Deskterm) -> None:
    wrong = deskterm.try_("customer", "add", "X", "--policy", "concerro")
    assert wrong.status == 1
    assert "did you mean concero?" in wrong.err


def test_contacts_and_sites_are_on_the_card_and_in_the_log(deskterm: Deskterm) -> None:
    deskterm("customer", "contact", "Oakfield", "Jo Marsh", "--role", "business manager")
    deskterm("customer", "site", "Oakfield", "Main building", "--access", "ring twice")
    text = deskterm("customer", "show", "Oakfield").out
    assert "Jo Marsh" in text and "ring twice" in text
    log = deskterm("customer", "changes", "Oakfield", "--json").json
    assert any(line["new"] == "Jo Marsh" and line["agent"] == "Sam" for line in log)


def test_customers_are_listed_with_their_open_tickets(deskterm: Deskterm) -> None:
    deskterm("ticket", "new", "--customer", "Oakfield", "--subject", "One", "--priority", "low")
    [line] = deskterm("customer", "list", "--json").json
    assert (line["name"], line["open_tickets"]) == ("Oakfield Primary", 1)
    assert "Oakfield Primary" in deskterm("customer", "list").out
