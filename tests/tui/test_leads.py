import pytest

from ingot.tui.listing import Listing
from tests.cli.conftest import Base
from tests.tui.conftest import Screen, face

pytestmark = pytest.mark.long


def order(screen: Screen) -> list[str]:
    """The ids of the shown leads, from the top."""
    return [key for key, _ in screen.app.query_one("#lead-table", Listing)._shown]


async def opened_leads(screen: Screen) -> None:
    await screen.press("2")
    await screen.sees("5 leads")


async def find(screen: Screen, given: str) -> None:
    await screen.press("slash")
    await screen.type(given)
    await screen.sees("1 lead,")
    await screen.press("enter")
    await screen.at("lead-table")


async def test_a_lead_is_approved_and_how_to_go_on_is_told(base: Base) -> None:
    async with face() as screen:
        await opened_leads(screen)
        await find(screen, "matched")
        await screen.press("a")
        await screen.told("python -m flows.campaign --name autumn")
        await screen.until(lambda: base.statuses("lead")[3] == "approved")
        assert base.ask("SELECT decided_by FROM gate WHERE lead_id = 4") == ["tui"]


async def test_a_lead_is_turned_down_with_a_reason_and_esc_decides_nothing(base: Base) -> None:
    async with face() as screen:
        await opened_leads(screen)
        await find(screen, "matched")
        await screen.press("r")
        await screen.sees("Millpond: why")
        await screen.press("escape")
        await screen.until(lambda: not screen.app._busy)
        assert base.statuses("lead")[3] == "matched"
        await screen.press("r")
        await screen.sees("Millpond: why")
        await screen.type("too far")
        await screen.press("enter")
        await screen.until(lambda: base.statuses("lead")[3] == "rejected")
        assert base.ask("SELECT reason FROM gate WHERE lead_id = 4") == ["too far"]
        await screen.sees("No lead fits this filter")
        await screen.press("escape")
        await screen.sees("rejected")


async def test_what_cannot_be_decided_is_told_with_what_can(base: Base) -> None:
    async with face() as screen:
        await opened_leads(screen)
        await screen.press("n", "down", "d", "enter")
        await screen.told("From drafted it can go to")
        assert base.statuses("lead")[0] == "drafted"


async def test_leads_are_sorted_both_ways_and_the_cursor_stays_on_its_lead(base: Base) -> None:
    async with face() as screen:
        await opened_leads(screen)
        assert order(screen)[-1] == "4"  # the lowest score
        await screen.press("s")
        await screen.sees("by match backwards")
        assert order(screen)[0] == "4"
        await screen.press("t")
        await screen.sees("by status")
        assert order(screen)[0] == "4"  # matched comes before drafted
        await screen.press("n")
        await screen.sees("by company")
        assert order(screen) == ["5", "1", "2", "3", "4"]
        await screen.press("down", "down", "down")
        assert screen.app.query_one("#lead-table", Listing).chosen == "3"
        await screen.press("n")
        await screen.sees("by company backwards")
        assert screen.app.query_one("#lead-table", Listing).chosen == "3"
        assert order(screen) == ["4", "3", "2", "1", "5"]


async def test_a_filter_narrows_while_one_types_and_is_cleared(base: Base) -> None:
    async with face() as screen:
        await opened_leads(screen)
        await screen.press("slash")
        await screen.type("PORTLAND mill")
        await screen.sees("4 leads")
        await screen.press("p")
        await screen.sees("3 leads")
        await screen.press("x")
        await screen.sees("No lead fits this filter")
        await screen.press("escape")
        await screen.sees("5 leads")


async def test_enter_shows_all_about_a_lead(base: Base) -> None:
    async with face() as screen:
        await opened_leads(screen)
        await screen.press("n", "down", "enter")
        await screen.sees("Letter 1 is drafted")
        await screen.press("end")
        await screen.sees("Open with?", "2 We moved 200 customers", "https://millpond.example/, read 2026-11-22")
        await screen.press("escape")
        await screen.sees("5 leads")


async def test_on_a_wide_screen_the_lead_stands_beside_the_table(base: Base) -> None:
    async with face(size=(120, 40)) as screen:
        await opened_leads(screen)
        await screen.press("n", "home", "down")
        await screen.sees("Letter 1 is drafted")
        await screen.press("down")
        await screen.sees("Letter 2 is drafted")


async def test_ten_thousand_leads_are_found_by_the_filter(base: Base) -> None:
    from contextlib import closing
    from sqlite3 import connect

    with closing(connect(base.path / "outreach.db")) as connection:
        connection.execute(
            "INSERT INTO lead (company_name, person_name, person_email, person_role, company_website, source_venue, status, "
            "initial_score, score_parts, venue_ref, location, industry, tags, record, status_reason, user_id, created_at, updated_at) "
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9995) "
            "SELECT 'Firm ' || i, '', '', '', '', 'csv', 'discovered', 0.1, '{}', i, '', '', '[]', '{}', '', 'user_local', "
            "'2026-11-22 10:30:00', '2026-11-22 10:30:00' FROM n"
        )
        connection.commit()
    async with face() as screen:
        await screen.press("2")
        await screen.sees("300 of 10,000 leads")
        await screen.press("slash")
        await screen.type("firm 9995")
        await screen.sees("1 lead, by match", "Firm 9995")
