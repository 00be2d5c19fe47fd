"""What a person who is written to may ask: all that is stored, and to be forgotten."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from ingot.actions.privacy import Erased, erase_person, export_person, privacy_report
from ingot.db.personal_data import PersonalData
from ingot.db.repositories.discovery import Discovery
from ingot.db.tables import audit_logs, delivery, inbound, lead, modelcall, outbox, web_cache
from ingot.domain.delivery import DeliveryStatus
from ingot.domain.lead import ERASED, dedupe_keys
from ingot.domain.lead_state import LeadStatus
from ingot.domain.suppression import erased_entry, is_erased, stops, suppression_entry
from ingot.errors import ValidationError
from tests.fakes.entities import USER, make_lead
from tests.fakes.incoming import Uow, add_sent, store
from tests.fakes.outgoing import MONDAY, QUEUED, SENDING, UNKNOWN, statuses

pytestmark = pytest.mark.long

BO = "bo@millpond1.example"
RAW = b"From: Bo Reed <Bo@Millpond1.example>\r\nSubject: Yes\r\n\r\nLet us talk.\r\n"


async def stocked(uow: Uow, **changes: Any) -> None:
    """Two people who were written to; the first answered, and stands in a page and in a model's question."""
    for number in (1, 2):
        await add_sent(uow, number, **changes)
    mail_id = await store(uow, RAW)
    async with uow() as work:
        await work.session.execute(
            sa.update(inbound).where(inbound.c.id == mail_id).values(lead_id=1, from_address="Bo@millpond1.example")
        )
        given = {"answer": "{}", "inputs": {"person": "Bo Reed", "mail": BO}, "agent_name": "writer"}
        await work.session.execute(sa.insert(modelcall).values(call_key="k", **given))
        page = {"status": 200, "body": b"<p>\xff Bo@Millpond1.example</p>", "url": "https://m.example/"}
        await work.session.execute(sa.insert(web_cache).values(fetched_at=MONDAY, expires_at=MONDAY, **page))
        (await work.leads.get(1)).record = {"founders": ["Bo Reed"], "mail": BO}
        await work.commit()


async def erase(uow: Uow, tmp_path: Path, address: str = BO) -> Erased:
    return await erase_person(uow, address, salt="a1b2", base_dir=tmp_path, who="test", now=MONDAY)


async def test_nothing_of_an_erased_person_is_left_and_others_keep_theirs(uow: Uow, tmp_path: Path) -> None:
    await stocked(uow)
    assert await erase(uow, tmp_path, "BO+work@millpond1.example") == Erased(leads=1)
    async with uow() as work:
        data = PersonalData(work.session)
        assert await data.mentions([BO]) == {}
        assert await data.mentions(["millpond1.example"]) == {"lead": 1}  # the company's website
        assert set(await data.mentions(["bo@millpond2.example"])) == {"lead", "delivery"}
        first, second = await work.leads.get(1), await work.leads.get(2)
        assert (first.status, first.status_reason, first.person_name) == (LeadStatus.closed, ERASED, "")
        assert second.status is LeadStatus.sent
        # What left is still counted, as the caps and the bounce rate ask it.
        assert await work.deliveries.count_spent(MONDAY - timedelta(days=1), user_id=USER) == 2
        told = (await work.session.scalars(sa.select(audit_logs.c.message))).all()
    assert not any("bo@" in message.lower() for message in told)


async def test_no_letter_goes_to_an_erased_person_under_any_spelling(uow: Uow, tmp_path: Path) -> None:
    await stocked(uow)
    async with uow() as work:
        await work.suppressed.suppress(BO, reason="asked to", now=MONDAY)
        await work.commit()
    await erase(uow, tmp_path)
    await erase(uow, tmp_path)
    async with uow() as work:
        [entry] = await work.suppressed.everyone()
        assert is_erased(entry.email_address)
        assert await work.suppressed.among([BO, "Bo+x@Millpond1.example", "al@millpond1.example"]) == {
            BO,
            "Bo+x@Millpond1.example",
        }


async def test_a_list_that_names_an_erased_person_again_brings_nothing_back(uow: Uow, tmp_path: Path) -> None:
    await stocked(uow)
    await erase(uow, tmp_path)
    again = make_lead(1, person_name="Bo Reed", person_email=BO, record={"founders": ["Bo Reed"]})
    keys = dedupe_keys(email=BO, venue="yc", venue_ref="1", website=again.company_website, company_name="Millpond 1")
    async with uow() as work:
        await work.session.execute(
            sa.text("INSERT INTO lead_key (key, user_id, lead_id) VALUES ('yc:1', 'user_local', 1)")
        )
        await work.commit()
    async with uow() as work:
        found = await Discovery(work.session, user_id=USER).store([(again, keys)])
        await work.commit()
    assert found.lead_ids == [1]
    async with uow() as work:
        assert await PersonalData(work.session).mentions(["Bo Reed"]) == {"intelbrief": 1}  # the second lead's


@pytest.mark.parametrize("status", [QUEUED, UNKNOWN])
async def test_what_waits_for_an_erased_person_never_leaves(uow: Uow, tmp_path: Path, status: DeliveryStatus) -> None:
    await stocked(uow, status=status)
    await erase(uow, tmp_path)
    assert (await statuses(uow))[:3] == ["skipped"] * 3


async def test_nobody_is_erased_while_a_letter_to_them_is_on_the_wire(uow: Uow, tmp_path: Path) -> None:
    await stocked(uow, status=SENDING)
    with pytest.raises(ValidationError, match="right now"):
        await erase(uow, tmp_path)
    async with uow() as work:
        assert (await work.leads.get(1)).person_email == BO
        assert await work.suppressed.everyone() == []


async def test_backups_that_still_hold_the_person_are_named(uow: Uow, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "ingot-20261101-080000.tar.gz").touch()
    assert (await erase(uow, tmp_path)).backups == ("ingot-20261101-080000.tar.gz",)


async def test_an_export_holds_every_row_about_the_person_and_nobody_elses(uow: Uow) -> None:
    await stocked(uow)
    async with uow() as work:
        found = await export_person(work, BO)
    rows = found["rows"]
    assert [row["person_email"] for row in rows["lead"]] == [BO]
    assert "Let us talk." in rows["inbound"][0]["raw"]
    assert {"email", "delivery", "followup", "evidence", "intelbrief", "gate"} <= set(rows)
    assert {"modelcall": 1, "web_cache": 1}.items() <= found["named_in"].items()
    assert "millpond2" not in str(rows)


async def test_the_report_counts_and_names_nobody(uow: Uow) -> None:
    await stocked(uow)
    async with uow() as work:
        await work.session.execute(sa.update(lead).values(person_name="Bo Reed"))
        found = await privacy_report(work)
    assert (found["people"], found["written_to"], found["found_at"]) == (2, 2, {"yc": 2})
    assert "Bo" not in str(found)


async def test_a_host_is_no_person(uow: Uow, tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="whole host"):
        await erase(uow, tmp_path, "@millpond1.example")


async def test_events_and_deliveries_of_an_erased_person_say_nothing(uow: Uow, tmp_path: Path) -> None:
    await stocked(uow)
    await erase(uow, tmp_path)
    async with uow() as work:
        kept = (
            await work.session.execute(
                sa.select(delivery.c.raw, delivery.c.recipient_key).order_by(delivery.c.id).limit(1)
            )
        ).one()
        payloads = (await work.session.scalars(sa.select(outbox.c.payload))).all()
    assert tuple(kept) == (b"", "")
    assert not any("@" in str(payload) for payload in payloads)


LOCAL = st.text("abcdefghijklmnopqrstuvwxyz0123456789.", min_size=1, max_size=12)


@given(LOCAL, LOCAL, st.sampled_from(["acme.example", "gmail.com"]))
def test_a_trace_stops_its_own_mailbox_only(one: str, other: str, host: str) -> None:
    own, foreign = f"{one}@{host}", f"{other}@{host}"
    entry = erased_entry(own, "5a17")
    assert stops(entry, own.upper())
    assert stops(entry, foreign) == (suppression_entry(own) == suppression_entry(foreign))
    assert "@" not in entry
