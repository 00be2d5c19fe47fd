from collections.abc import Callable
from dataclasses import replace

import pytest

from ingot.actions.draft import load_dossier
from ingot.actions.learn import change_learned, learned_of, taught, track
from ingot.actions.preferences import change_wishes
from ingot.actions.review import edit, page_of, regenerate, reject
from ingot.config.schema import AppConfig
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.email import EmailStatus, Tie
from ingot.domain.intel import TalkingPointKind
from ingot.domain.learned import LessonKind
from ingot.domain.preferences import RemoteWish
from ingot.errors import ValidationError
from ingot.llm.outputs import Letter
from tests.fakes.entities import NOW, PRODUCT, USER, add_campaign, add_drafted, make_letter
from tests.fakes.model_client import ScriptedAgents

pytestmark = pytest.mark.long

UOW = Callable[[], SqlAlchemyUnitOfWork]
CHAT = "I would be glad to chat about it some day."
PLAIN = make_letter().body
WORDY = PLAIN.replace("truck positions.", f"truck positions. {CHAT}")
NEW = Letter(
    subject_a="Your queue for sensor data",
    subject_b="A queue for sensor data in Go",
    body="Hello Bo,\n\nI wrote an importer for customs forms in Python.\n\nBest regards\nImre Valk",
    followup_day_3="Hello Bo,\n\nI built a Kafka pipeline in Go for truck positions.\n\nImre Valk",
    followup_day_7="Hello Bo,\n\nI moved 40 services from Heroku to Kubernetes.\n\nImre Valk",
)


@pytest.fixture
async def letters(uow: UOW) -> list[int]:
    """Four wordy drafts to leads named Millpond."""
    async with uow() as work:
        campaign = await add_campaign(work)
        made = [await add_drafted(work, campaign, number, body=WORDY) for number in (1, 2, 3, 4)]
        for letter in made:
            lead = await work.leads.get(letter.lead_id or 0)
            lead.company_name = "Millpond"
            evidence = (await work.evidence.of_lead(lead.id or 0))[0]
            cited = Tie(part="body", sentence_no=1, sentence=PRODUCT, claim=PRODUCT, source="evidence", quote=PRODUCT)
            cited.evidence_id = evidence.id
            await work.letters.set_ties(letter, [cited])
        await work.commit()
    return [letter.id or 0 for letter in made]


async def shorten(uow: UOW, letter_id: int) -> None:
    async with uow() as work:
        await edit(work, letter_id, changes={"body": PLAIN}, insist=True, who="cli", now=NOW)


async def approve_all(uow: UOW, letters: list[int]) -> None:
    async with uow() as work:
        for letter_id in letters:
            (await work.letters.get(letter_id)).move(EmailStatus.approved, now=NOW)
        await work.commit()


async def test_edits_are_proposed_and_used_only_after_a_yes(uow: UOW, letters: list[int]):
    for letter_id in letters[:2]:
        await shorten(uow, letter_id)
    async with uow() as work:
        known = await taught(work, USER)
        [lesson] = known.proposed
        assert (lesson.kind, lesson.letters) == (LessonKind.never, tuple(letters[:2]))
        assert lesson.value == "i would be glad to chat about it some day"
        assert (await load_dossier(work, 3)).inputs([])["preferences"]["never"] == []
        changed = await change_learned(work, USER, accept=[lesson.id], forget=[], add=["at most: 90 words"])
        await work.commit()
    assert changed.proposed == []
    async with uow() as work:
        dossier = await load_dossier(work, 3)
        assert dossier.inputs([])["preferences"]["never"] == [lesson.value]
        assert dossier.inputs([])["max_words"] == 90


async def test_a_reviewer_is_told_of_a_phrase_taken_out_twice_until_it_is_forgotten(uow: UOW, letters: list[int]):
    for letter_id in letters[:2]:
        await shorten(uow, letter_id)
    async with uow() as work:
        page = await page_of(work, letters[2])
        assert [issue.words for issue in page.style if issue.rule == "unwanted"] == [CHAT]
        await change_learned(work, USER, accept=[], forget=[page.unwanted[0].id], add=[])
        await work.commit()
    async with uow() as work:
        assert (await page_of(work, letters[2])).unwanted == ()
        assert (await taught(work, USER)).proposed == []


async def test_wishes_and_lessons_leave_each_other_alone(uow: UOW):
    async with uow() as work:
        await change_learned(work, USER, accept=[], forget=[], add=["greeting: Good day"])
        wishes = await change_wishes(work, USER, assignments=["remote=only"], unset=[])
        await work.commit()
    assert wishes.remote is RemoteWish.only
    async with uow() as work:
        assert [lesson.value for lesson in (await learned_of(work, USER)).used] == ["Good day"]
        await change_learned(work, USER, accept=[], forget=[], add=["closing: Warmly,"])
        assert (await work.preferences.of_user(USER)).wishes["remote"] == "only"
        assert (await learned_of(work, "user_other")).used == ()


async def test_one_wrong_word_changes_nothing(uow: UOW):
    async with uow() as work:
        with pytest.raises(ValidationError):
            await change_learned(work, USER, accept=["never-0000"], forget=[], add=["greeting: Good day"])
    async with uow() as work:
        assert (await learned_of(work, USER)).used == ()


async def test_the_angle_of_letters_kept_is_learned_from_those_rejected_or_written_anew(uow: UOW, letters: list[int]):
    await approve_all(uow, letters[:3])
    async with uow() as work:
        other = await add_drafted(work, await add_campaign(work, name="winter"), 5)
        for letter in (other, await work.letters.get(letters[3])):
            brief = await work.briefs.of_lead(letter.lead_id or 0)
            assert brief is not None
            brief.talking_points = [replace(brief.talking_points[0], kind=TalkingPointKind.connection)]
            brief.lead_line, evidence_id = 5, brief.talking_points[0].evidence_id
            cited = Tie(part="body", sentence_no=1, sentence=PRODUCT, source="evidence", evidence_id=evidence_id)
            await work.letters.set_ties(letter, [cited])
        await work.commit()
    async with uow() as work:
        await reject(work, other.id or 0, reason="", who="cli", now=NOW)
    async with uow() as work:
        assert (await taught(work, USER)).proposed == []  # one refusal says little
    agents = ScriptedAgents([NEW], uow=uow)
    await regenerate(uow, letters[3], agents=agents, config=AppConfig(), answers={}, who="cli", now=NOW)
    async with uow() as work:
        [lesson] = (await taught(work, USER)).proposed
    assert (lesson.kind, lesson.value, lesson.letters) == (LessonKind.angle, "achievement", tuple(letters[:3]))


async def test_few_edits_in_the_letters_approved_last_are_a_steady_track(uow: UOW, letters: list[int]):
    await shorten(uow, letters[0])
    async with uow() as work:
        assert (await track(work, USER)).approved == 0
    await approve_all(uow, letters)
    async with uow() as work:
        found = await track(work, USER)
    assert (found.approved, found.edited, found.is_steady) == (4, 1, True)
