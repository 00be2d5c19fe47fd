from collections.abc import Callable

import pytest

from ingot.actions.profile import active_profile, import_profile, take_in
from ingot.actions.profile_edit import form_of_active, set_field, store_form
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.errors import ResumeError, ValidationError
from tests.fakes.entities import RESUME, USER

pytestmark = pytest.mark.long

UnitOfWork = Callable[[], SqlAlchemyUnitOfWork]
NEWER = RESUME.replace("210 ms", "190 ms")


@pytest.fixture
async def form(uow: UnitOfWork) -> str:
    await import_profile(uow, resume=None, pasted=RESUME, user_id=USER)
    return await form_of_active(uow, user_id=USER)


async def test_a_corrected_form_is_a_new_version_and_the_old_one_stays(uow: UnitOfWork, form: str) -> None:
    stored, changed = await store_form(uow, form.replace("Tallow & Reed", "Tallow and Reed"), user_id=USER)
    assert (changed, stored.version, stored.experience[0].company) == (True, 2, "Tallow and Reed")
    async with uow() as work:
        assert [item.active for item in await work.profiles.list()] == [False, True]


async def test_a_line_of_ones_own_can_be_cited(uow: UnitOfWork, form: str) -> None:
    own = form.replace("Moved 40 services", "Moved 44 services")
    stored, _ = await store_form(uow, own, user_id=USER)
    cited = {item.text: stored.lines()[item.line] for item in stored.achievements()}
    assert cited["Moved 44 services from Heroku to Kubernetes."].startswith("• Moved 44")
    assert stored.resume_raw_text.startswith(RESUME)


async def test_a_form_that_was_not_changed_stores_nothing(uow: UnitOfWork, form: str) -> None:
    assert (await store_form(uow, form, user_id=USER))[1] is False
    assert (await active_profile(uow, user_id=USER)).version == 1


async def test_a_form_of_an_older_version_is_refused_and_without_its_version_taken(uow: UnitOfWork, form: str) -> None:
    await set_field(uow, "location", "Cork, Ireland", user_id=USER)
    other = form.replace("Backend Engineer", "Data Engineer")
    with pytest.raises(ValidationError, match="made from version 1"):
        await store_form(uow, other, user_id=USER)
    stored, _ = await store_form(uow, other.replace("version = 1", "# "), user_id=USER)
    assert stored.version == 3


async def test_one_field_is_set_and_a_correction_that_only_takes_away_is_kept_too(uow: UnitOfWork, form: str) -> None:
    await set_field(uow, "headline", "Data Engineer", user_id=USER)
    await store_form(
        uow,
        (await form_of_active(uow, user_id=USER)).replace('  "Ran the on-call rota of the billing team.",\n', ""),
        user_id=USER,
    )
    again = await take_in(uow, resume=None, pasted=NEWER, user_id=USER)
    assert again.profile.headline == "Data Engineer"
    assert [len(job.lines) for job in again.profile.experience] == [3, 1]
    assert "190 ms" in again.profile.resume_raw_text
    assert again.kept == ["headline", "job: Lantern Freight"]


async def test_corrections_survive_two_new_resumes_and_go_when_told(uow: UnitOfWork, form: str) -> None:
    await set_field(uow, "location", "Cork, Ireland", user_id=USER)
    await take_in(uow, resume=None, pasted=NEWER, user_id=USER)
    twice = await take_in(uow, resume=None, pasted=NEWER.replace("190", "180"), user_id=USER)
    assert (twice.profile.location, twice.kept) == ("Cork, Ireland", ["location"])
    gone = await take_in(uow, resume=None, pasted=NEWER, user_id=USER, keep_edits=False)
    assert (gone.profile.location, gone.lost) == ("", ["all corrections, as you asked"])
    assert "Added by you" not in gone.profile.resume_raw_text


async def test_the_same_resume_again_keeps_the_corrected_version(uow: UnitOfWork, form: str) -> None:
    corrected, _ = await set_field(uow, "location", "Cork, Ireland", user_id=USER)
    again = await take_in(uow, resume=None, pasted=RESUME, user_id=USER)
    assert (again.is_new, again.profile.id) == (False, corrected.id)


async def test_corrections_whose_origin_is_gone_are_said_to_be_lost(uow: UnitOfWork, form: str) -> None:
    await set_field(uow, "location", "Cork, Ireland", user_id=USER)
    async with uow() as work:
        await work.profiles.delete(await work.profiles.get(1))
        await work.commit()
    assert "no longer stored" in (await take_in(uow, resume=None, pasted=NEWER, user_id=USER)).lost[0]


@pytest.mark.parametrize(
    ("field", "value"), [("email", "nowhere"), ("skills", "Go"), ("name", ""), ("github_url", "x")]
)
async def test_what_is_no_such_field_or_value_changes_nothing(
    uow: UnitOfWork, form: str, field: str, value: str
) -> None:
    with pytest.raises(ResumeError):
        await set_field(uow, field, value, user_id=USER)
    assert (await active_profile(uow, user_id=USER)).version == 1


async def test_without_a_profile_there_is_nothing_to_correct(uow: UnitOfWork) -> None:
    with pytest.raises(ResumeError, match="no profile"):
        await set_field(uow, "name", "Imre", user_id=USER)
    with pytest.raises(ResumeError, match="no profile"):
        await form_of_active(uow, user_id=USER)
