from pathlib import Path

import pytest

from ingot.config.prefect_server import profile_settings
from tasks.settings import DO_NOT_TRACK, SETTINGS, apply

CHOSEN, OTHER, *_ = SETTINGS
PROFILES = f"""active = "work"
[profiles.work]
{CHOSEN} = "mine"
[profiles.other]
{OTHER} = "theirs"
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"PREFECT_HOME": str(tmp_path)}


def test_what_nobody_set_is_set(environment: dict[str, str]) -> None:
    apply(environment)
    assert SETTINGS.items() <= environment.items()
    assert environment[DO_NOT_TRACK] == "1"


def test_the_environment_keeps_its_values(environment: dict[str, str]) -> None:
    chosen = {CHOSEN: "mine", DO_NOT_TRACK: "0", OTHER: ""}
    environment |= chosen
    apply(environment)
    assert chosen.items() <= environment.items()


def test_the_active_profile_keeps_its_values(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "profiles.toml").write_text(PROFILES)
    apply(environment)
    assert CHOSEN not in environment
    assert environment[OTHER] == SETTINGS[OTHER]


def test_another_profile_is_chosen_by_name_and_another_file_by_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(PROFILES)
    environment = {"PREFECT_PROFILES_PATH": str(path), "PREFECT_PROFILE": "other"}
    assert profile_settings(environment) == {OTHER: "theirs"}


@pytest.mark.parametrize("content", ["", "not toml at all [", 'active = "gone"'])
def test_profiles_that_say_nothing_change_nothing(content: str, environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "profiles.toml").write_text(content)
    assert profile_settings(environment) == {}
    apply(environment)
    assert SETTINGS.items() <= environment.items()
