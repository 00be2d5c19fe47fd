from collections.abc import Callable
from pathlib import Path

import pytest

from ingot.actions.profile import active_profile, import_profile
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.errors import ResumeError
from tests.fakes.entities import RESUME, USER

pytestmark = pytest.mark.long

UnitOfWork = Callable[[], SqlAlchemyUnitOfWork]


async def test_a_pasted_resume_becomes_the_active_profile(uow: UnitOfWork) -> None:
    stored = await import_profile(uow, resume=None, pasted=RESUME, user_id=USER)
    active = await active_profile(uow, user_id=USER)
    assert (active.id, active.name, active.version) == (stored.id, "Imre Valk", 1)


async def test_a_file_is_read_like_pasted_text(uow: UnitOfWork, tmp_path: Path) -> None:
    file = tmp_path / "cv.txt"
    file.write_text(RESUME.replace("Engineer\n", "Engineer\n\nExperience\n", 1), encoding="utf-8")
    stored = await import_profile(uow, resume=file, user_id=USER)
    assert [item.text for item in stored.achievements()][:1] == ["Moved 40 services from Heroku to Kubernetes."]


async def test_the_same_resume_again_is_the_same_version(uow: UnitOfWork) -> None:
    first = await import_profile(uow, resume=None, pasted=RESUME, user_id=USER)
    assert (await import_profile(uow, resume=None, pasted=RESUME, user_id=USER)).id == first.id


async def test_another_resume_is_a_new_version_and_the_old_one_stays(uow: UnitOfWork) -> None:
    first = await import_profile(uow, resume=None, pasted=RESUME, user_id=USER)
    newer = await import_profile(uow, resume=None, pasted=RESUME.replace("900 ms", "800 ms"), user_id=USER)
    assert (await active_profile(uow, user_id=USER)).version == newer.version == 2
    async with uow() as work:
        assert "900 ms" in (await work.profiles.get(first.id or 0)).resume_raw_text


async def test_profiles_of_two_users_are_apart(uow: UnitOfWork) -> None:
    await import_profile(uow, resume=None, pasted=RESUME, user_id="user_a")
    with pytest.raises(ResumeError, match="no profile"):
        await active_profile(uow, user_id="user_b")


@pytest.mark.parametrize("pasted", ["", " \n ", "\x00\x01"])
async def test_what_is_no_resume_leaves_the_active_profile(pasted: str, uow: UnitOfWork) -> None:
    kept = await import_profile(uow, resume=None, pasted=RESUME, user_id=USER)
    with pytest.raises(ResumeError):
        await import_profile(uow, resume=None, pasted=pasted, user_id=USER)
    assert (await active_profile(uow, user_id=USER)).id == kept.id
