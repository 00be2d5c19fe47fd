import json
from pathlib import Path

import pytest
from dns.asyncresolver import Resolver

from ingot.actions.pause import pause_mailbox
from ingot.config.manager import ConfigManager
from ingot.doctor import Finding, State, examine
from ingot.domain.account import SentLookup
from ingot.wiring import opened
from tests.fakes.dns_server import running_dns
from tests.fakes.entities import make_profile
from tests.web.site import Answer, running

pytestmark = pytest.mark.long


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ConfigManager:
    monkeypatch.delenv("INGOT_DATABASE_URL", raising=False)
    manager = ConfigManager(tmp_path / "base")
    manager.ensure_tree()
    return manager


async def findings(manager: ConfigManager, resolver: Resolver | None = None) -> dict[str, Finding]:
    return {item.check: item for item in await examine(manager, resolver=resolver)}


async def set_up(manager: ConfigManager, *, host: str = "127.0.0.1") -> None:
    manager.update({"mailing_address": "Reedweg 4", "smtp.host": host, "smtp.username": "a@x.example"})
    manager.set("smtp.password", "app-secret")
    async with opened(manager=manager) as wiring, wiring.uow() as uow:
        await uow.profiles.add_version(make_profile())
        (await uow.accounts.of_user(wiring.user_id)).sent_lookup = SentLookup.exact
        await uow.commit()


async def test_a_new_installation_lacks_things_but_nothing_is_broken(manager: ConfigManager) -> None:
    found = await findings(manager)
    assert {item.state for item in found.values()} == {State.works, State.missing}
    missing = {name for name, item in found.items() if item.state is State.missing}
    assert missing == {"database and profile", "mailbox", "postal address"}
    assert all(found[name].advice for name in missing)


async def test_what_is_set_up_works(manager: ConfigManager) -> None:
    await set_up(manager)
    found = await findings(manager)
    assert {item.state for item in found.values()} == {State.works}
    assert "5 lines to write from" in found["database and profile"].found
    assert not any("app-secret" in f"{item.found}{item.advice}" for item in found.values())


async def test_a_mailbox_that_was_never_tried_or_is_paused_is_told(manager: ConfigManager) -> None:
    await set_up(manager)
    async with opened(manager=manager) as wiring, wiring.uow() as uow:
        account = await uow.accounts.of_user(wiring.user_id)
        account.sent_lookup = SentLookup.untested
        await uow.commit()
    assert (await findings(manager))["mailbox"].advice == "ingot mail test"
    async with opened(manager=manager) as wiring, wiring.uow() as uow:
        await pause_mailbox(uow, "holiday", user_id=wiring.user_id, who="cli", now=wiring.now())
    paused = (await findings(manager))["mailbox"]
    assert (paused.state, paused.advice) == (State.missing, "ingot mail resume")
    assert "holiday" in paused.found


async def test_records_that_a_domain_lacks_are_told_with_what_to_add(manager: ConfigManager) -> None:
    await set_up(manager, host="smtp.x.example")
    zone = 'x.example. 60 IN TXT "v=spf1 ip4:192.0.2.7 -all"\nsmtp.x.example. 60 IN A 192.0.2.7'
    async with running_dns(zone) as (_, resolver):
        found = await findings(manager, resolver)
    assert found["DNS DMARC"].state is State.missing
    assert "_dmarc.x.example  TXT  v=DMARC1; p=none" in found["DNS DMARC"].advice
    async with running_dns(zone, servfail=["x.example"]) as (_, resolver):
        assert (await findings(manager, resolver))["DNS DMARC"].state is State.works


async def test_a_broken_configuration_ends_the_examination(manager: ConfigManager) -> None:
    manager.path.write_text("{broken")
    found = await findings(manager)
    assert found["configuration"].state is State.broken
    assert found["configuration"].advice
    assert "database and profile" not in found


async def test_a_file_that_is_no_database_is_broken(manager: ConfigManager) -> None:
    (manager.base_dir / "outreach.db").write_bytes(b"certainly no database" * 50)
    assert (await findings(manager))["database and profile"].state is State.broken


async def test_a_server_that_does_not_answer_is_broken_and_its_password_stays_secret(
    manager: ConfigManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("psycopg")
    monkeypatch.setenv("INGOT_DATABASE_URL", "postgresql+asyncpg://someone:s3cret@127.0.0.1:1/x")
    found = (await findings(manager))["database and profile"]
    assert found.state is State.broken
    assert "s3cret" not in f"{found.found}{found.advice}"


@pytest.mark.parametrize(("provider", "variable"), [("openai", "OPENAI_API_KEY"), ("anthropic", "ANTHROPIC_API_KEY")])
async def test_a_model_without_its_key_is_missing(provider: str, variable: str, manager: ConfigManager) -> None:
    manager.set("agents.writer.model", f"{provider}/some-model")
    found = (await findings(manager))["models"]
    assert found.state is State.missing
    assert variable in found.advice


def ollama_with(*names: str) -> dict[str, Answer]:
    body = json.dumps({"models": [{"model": name, "name": name} for name in names]}).encode()
    return {"/api/tags": Answer(body=body, content_type="application/json")}


async def test_ollama_is_asked_whether_it_runs_and_has_the_model(manager: ConfigManager) -> None:
    manager.set("agents.writer.model", "ollama/llama3.1")
    with running(ollama_with("llama3.1:latest")) as site:
        manager.set("ollama_host", site.origin)
        assert (await findings(manager))["models"].state is State.works
    found = (await findings(manager))["models"]
    assert found.state is State.missing
    assert "ollama serve" in found.advice


async def test_a_model_that_ollama_lacks_is_named_with_the_command_that_fetches_it(manager: ConfigManager) -> None:
    manager.set("agents.writer.model", "ollama/llama3.1")
    with running(ollama_with("qwen3:8b")) as site:
        manager.set("ollama_host", site.origin)
        found = (await findings(manager))["models"]
    assert found.state is State.missing
    assert "ollama pull llama3.1" in found.advice
