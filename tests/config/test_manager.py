import json
import os
import threading
from pathlib import Path

import pytest
from pydantic import SecretStr

from ingot.config.manager import SUBDIRECTORIES, ConfigManager
from ingot.config.schema import SECRET_FIELDS, AppConfig, attribute, locate, parse_config
from ingot.errors import ConfigError


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o7777


@pytest.fixture
def manager(tmp_path: Path) -> ConfigManager:
    return ConfigManager(tmp_path / "base")


def on_disk(manager: ConfigManager, name: str) -> str:
    section, leaf = locate(json.loads(manager.path.read_text()), name)
    return section[leaf]


def secret(manager: ConfigManager, name: str) -> str:
    value: SecretStr = attribute(manager.load(), name)
    return value.get_secret_value()


def test_the_directory_comes_from_the_argument_the_environment_or_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("INGOT_BASE_DIR", "")
    monkeypatch.delenv("INGOT_DATABASE_URL", raising=False)
    assert ConfigManager().base_dir == tmp_path / ".outreach-agent"
    assert ConfigManager().database_url == f"sqlite+aiosqlite:///{tmp_path}/.outreach-agent/outreach.db"
    monkeypatch.setenv("INGOT_BASE_DIR", str(tmp_path / "env"))
    monkeypatch.setenv("INGOT_DATABASE_URL", "postgresql+asyncpg://host/db")
    assert ConfigManager().base_dir == tmp_path / "env"
    assert ConfigManager(tmp_path / "given").base_dir == tmp_path / "given"
    assert ConfigManager().database_url == "postgresql+asyncpg://host/db"


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_the_tree_is_made_and_closed_whatever_the_umask(manager: ConfigManager, umask: int) -> None:
    before = os.umask(umask)
    try:
        manager.ensure_tree()
        manager.save(AppConfig())
    finally:
        os.umask(before)
    assert {path.name for path in manager.base_dir.iterdir()} == {*SUBDIRECTORIES, "config.json"}
    assert {mode_of(manager.base_dir / name) for name in (".", *SUBDIRECTORIES)} == {0o700}
    assert mode_of(manager.path) == 0o600


def test_an_open_directory_of_ours_is_closed(manager: ConfigManager) -> None:
    manager.base_dir.mkdir()
    manager.base_dir.chmod(0o755)
    manager.ensure_tree()
    assert mode_of(manager.base_dir) == 0o700


def test_a_directory_with_other_things_keeps_its_mode_and_is_refused_where_others_may_write(
    manager: ConfigManager,
) -> None:
    manager.base_dir.mkdir()
    (manager.base_dir / "letters.txt").touch()
    manager.base_dir.chmod(0o755)
    manager.ensure_tree()
    assert mode_of(manager.base_dir) == 0o755
    manager.base_dir.chmod(0o1777)
    with pytest.raises(ConfigError, match="Other users") as caught:
        manager.ensure_tree()
    assert f"chmod go-w {manager.base_dir}" in caught.value.hint


@pytest.mark.parametrize("place", [".", "below"])
def test_a_place_where_no_directory_can_be_is_a_config_error(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError) as caught:
        ConfigManager(tmp_path / "file" / place).ensure_tree()
    assert caught.value.hint


def test_a_file_that_cannot_be_opened_is_a_config_error(manager: ConfigManager) -> None:
    manager.path.mkdir(parents=True)
    with pytest.raises(ConfigError, match="cannot be read"):
        manager.load()


def test_a_path_that_cannot_be_looked_at_is_a_config_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        _ = ConfigManager(tmp_path / ("long" * 100)).exists


def test_nothing_saved_yet_loads_the_defaults_and_makes_nothing(manager: ConfigManager) -> None:
    assert manager.load() == AppConfig()
    assert not manager.exists
    assert not manager.base_dir.exists()


def test_a_saved_configuration_comes_back_equal_with_its_secrets_encrypted_on_disk(manager: ConfigManager) -> None:
    config = parse_config(
        {"smtp": {"username": "kim@example.org", "password": "hunter2 "}, "openai_api_key": "__encrypted__:hunter2"}
    )
    manager.save(config)
    assert manager.load() == config
    text = manager.path.read_text()
    assert "hunter2" not in text
    assert on_disk(manager, "smtp.password").startswith("__encrypted__:")
    assert on_disk(manager, "openai_api_key").startswith("__encrypted__:")
    assert on_disk(manager, "anthropic_api_key") == ""


def test_swapped_ciphertexts_of_two_fields_are_refused(manager: ConfigManager) -> None:
    manager.update({"anthropic_api_key": "one", "openai_api_key": "two"})
    data = json.loads(manager.path.read_text())
    data["anthropic_api_key"], data["openai_api_key"] = data["openai_api_key"], data["anthropic_api_key"]
    manager.path.write_text(json.dumps(data))
    with pytest.raises(ConfigError, match="anthropic_api_key"):
        manager.load()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b"\xff\xfe{", b"[" * 100_000, b'{"smtp": 3}', b'{"smtp": null}']
)
def test_a_broken_file_is_refused_with_advice_and_kept(manager: ConfigManager, content: bytes) -> None:
    manager.ensure_tree()
    manager.path.write_bytes(content)
    for use in (manager.load, lambda: manager.set("smtp.host", "mail.example.org")):
        with pytest.raises(ConfigError) as caught:
            use()
        assert caught.value.hint
    assert manager.path.read_bytes() == content


def test_a_failed_change_leaves_the_file_as_it_was(manager: ConfigManager) -> None:
    manager.set("caps.per_day", "20")
    before = manager.path.read_bytes()
    for name, text in [("caps.per_day", "many"), ("caps.per_year", "1"), ("caps", "{}"), ("openai_api_key", "a\nb")]:
        with pytest.raises(ConfigError):
            manager.update({"sender_name": "Kim", name: text})
    assert manager.path.read_bytes() == before
    assert {path.name for path in manager.base_dir.iterdir()} == {*SUBDIRECTORIES, "config.json"}


def test_a_misspelt_name_is_answered_with_the_nearest_ones(manager: ConfigManager) -> None:
    with pytest.raises(ConfigError, match=r"smtp\.password"):
        manager.set("smtp.pasword", "x")


def test_several_fields_change_at_once_or_not_at_all(manager: ConfigManager) -> None:
    manager.update(
        {"window.start": "18:00", "window.end": "20:30", "window.days": "Mon-Tue", "llm_fallback_chain": "a/b, c/d"}
    )
    config = manager.load()
    assert f"{config.window.start:%H:%M}-{config.window.end:%H:%M}" == "18:00-20:30"
    assert config.window.days == ["Mon", "Tue"]
    assert config.llm_fallback_chain == ["a/b", "c/d"]


def test_setting_one_field_leaves_the_stored_secrets_untouched(manager: ConfigManager) -> None:
    manager.set("smtp.password", "__encrypted__:typed by a person")
    token = on_disk(manager, "smtp.password")
    manager.set("sender_name", "Kim")
    assert on_disk(manager, "smtp.password") == token
    assert secret(manager, "smtp.password") == "__encrypted__:typed by a person"


def test_a_secret_typed_into_the_file_is_read_and_encrypted_by_the_next_change(manager: ConfigManager) -> None:
    manager.ensure_tree()
    manager.path.write_text('{"openai_api_key": "typed"}')
    assert secret(manager, "openai_api_key") == "typed"
    manager.set("sender_name", "Kim")
    assert "typed" not in manager.path.read_text()
    assert secret(manager, "openai_api_key") == "typed"


def test_after_a_lost_key_the_secrets_can_be_entered_again(manager: ConfigManager) -> None:
    manager.set("smtp.password", "old")
    (manager.base_dir / ".key").unlink()
    with pytest.raises(ConfigError, match=r"smtp\.password"):
        manager.load()
    manager.set("smtp.password", "new")
    assert secret(manager, "smtp.password") == "new"


def test_after_a_rotation_the_newest_key_alone_opens_the_configuration(manager: ConfigManager) -> None:
    manager.update(dict.fromkeys(SECRET_FIELDS, "value"))
    assert manager.rotate_key() == 2
    key = manager.base_dir / ".key"
    key.write_text(key.read_text().splitlines()[0])
    assert {secret(manager, name) for name in SECRET_FIELDS} == {"value"}


def test_changes_made_at_once_are_all_kept(manager: ConfigManager) -> None:
    changes = {"caps.per_day": "7", "caps.per_hour": "2", "sender_name": "Kim", "min_score": "55", "max_retries": "1"}
    threads = [threading.Thread(target=manager.set, args=change) for change in changes.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    config = manager.load()
    assert {name: str(attribute(config, name)) for name in changes} == changes
