import pytest

from ingot.db.engine import create_engine, sessions
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.answer import Answer
from ingot.domain.inbound import InboundMail, MailKind
from tests.cli.conftest import Base
from tests.fakes.entities import NOW, USER
from tests.tui.conftest import Screen, face
from tests.tui.test_face import STEERING

pytestmark = pytest.mark.long

TRUE = "I built a Kafka pipeline in Go for truck positions."
WORDS = "Tell me more\x1b]52;c;aGk=\x07, please\x1b[2J.\u202e [bold]now[/bold]"


@pytest.fixture
async def answered(base: Base) -> Base:
    """Leads 1 and 2 wrote back; to the second an answer is suggested."""
    engine = create_engine(base.manager.database_url)
    async with SqlAlchemyUnitOfWork(sessions(engine)) as uow:
        for number, kind in ((1, MailKind.negative), (2, MailKind.question)):
            mail = InboundMail(
                user_id=USER, mailbox="INBOX", uid_validity=1, uid=number, raw=b"", raw_sha256=str(number), lead_id=number,
                message_id=f"<{number}@millpond.example>", from_address=f"bo@millpond{number}.example", kind=kind,
                subject="Re: Sensor\x1b[31m data", words=WORDS, confidence=0.9, rule="model", received_at=NOW,
            )  # fmt: skip
            await uow.inbox.add(mail)
        await uow.answers.add(Answer(inbound_id=2, lead_id=2, body=TRUE))
        await uow.commit()
    await engine.dispose()
    return base


async def opened_replies(screen: Screen) -> None:
    await screen.press("4")
    await screen.sees("Millpond: question", "Suggested answer", TRUE)


async def test_the_suggested_answer_is_approved(answered: Base) -> None:
    async with face() as screen:
        await opened_replies(screen)
        await screen.press("a")
        await screen.told("The answer is queued")
        await screen.sees("Answer, approved")
        assert answered.ask("SELECT kind FROM delivery") == ["answer"]
        await screen.press("a")
        await screen.told("An answer cannot go from approved to approved")


async def test_a_mail_without_a_suggestion_says_how_to_answer(answered: Base) -> None:
    async with face() as screen:
        await opened_replies(screen)
        await screen.press("n")
        await screen.sees("Millpond: negative")
        await screen.press("a")
        await screen.told("No answer to mail 1 was suggested")
        assert answered.ask("SELECT count(*) FROM delivery") == [0]


async def test_an_own_answer_passes_the_same_check(answered: Base) -> None:
    async with face() as screen:
        await opened_replies(screen)
        for own in ("I led forty engineers at Brightwater. ", "Hello Bo. "):
            await screen.press("e")
            await screen.sees("Your answer to Millpond")
            await screen.type(own)
            await screen.press("ctrl+s")
            if own != "Hello Bo. ":
                await screen.sees("Not backed", "Send it all the same?")
                await screen.press("n")
                await screen.told("Nothing was queued")
            await screen.until(lambda: not screen.app._busy)
        await screen.sees("Answer, approved", "Hello Bo. I built")
        assert answered.ask("SELECT count(*) FROM delivery") == [1]


async def test_an_unbacked_answer_is_sent_at_the_users_wish(answered: Base) -> None:
    async with face() as screen:
        await opened_replies(screen)
        await screen.press("e")
        await screen.sees("Your answer to Millpond")
        await screen.type("I led forty engineers at Brightwater. ")
        await screen.press("ctrl+s")
        await screen.sees("Send it all the same?")
        await screen.press("y")
        await screen.told("The answer is queued")
        assert answered.ask("SELECT count(*) FROM delivery") == [1]


async def test_nothing_in_a_reply_steers_the_terminal(answered: Base) -> None:
    for size in ((80, 24), (120, 40)):
        async with face(size=size) as screen:
            await opened_replies(screen)
            await screen.sees("Tell me more]52;c;aGk=, please[2J. [bold]now[/bold]")
            assert not STEERING.search(screen.text())
            await screen.press("enter", "down", "tab")


async def test_a_setting_is_changed_and_holds_at_once(base: Base) -> None:
    async with face() as screen:
        await screen.press("5")
        await screen.sees("agents.orchestrator.model", "caps.per_day 30")
        await screen.press(*["down"] * 8, "enter")
        await screen.sees("Enter takes it")
        await screen.press("backspace", "backspace", "1", "2", "enter")
        await screen.told("Set: caps.per_day")
        await screen.sees("caps.per_day 12")
        assert base.manager.load().caps.per_day == 12
        await screen.press("1")
        await screen.sees("12 today")


async def test_a_wrong_value_changes_nothing_and_is_told(base: Base) -> None:
    async with face() as screen:
        await screen.press("5")
        await screen.sees("caps.per_day 30")
        await screen.press(*["down"] * 8, "enter")
        await screen.sees("Enter takes it")
        await screen.type("x")
        await screen.press("enter")
        await screen.told("caps.per_day")
        assert base.manager.load().caps.per_day == 30
        await screen.press("enter")
        await screen.sees("Enter takes it")
        await screen.press("backspace", "backspace", "enter")
        await screen.told("ingot config set caps.per_day ''")
        await screen.press("enter")
        await screen.sees("Enter takes it")
        await screen.press("escape")
        await screen.until(lambda: not screen.app._busy)
        assert base.manager.load().caps.per_day == 30


async def test_a_preset_gives_all_agents_their_models(base: Base) -> None:
    async with face() as screen:
        await screen.press("5")
        await screen.sees("offline/extractive")
        await screen.press("p")
        await screen.sees("best_quality: Claude")
        await screen.press("2")
        await screen.sees("agents.writer.model anthropic/", "anthropic_api_key")
        assert base.manager.load().agents.writer.model.startswith("anthropic/")
        assert screen.app.desk.wiring.agents.model_of("writer").startswith("anthropic/")


async def test_what_is_set_elsewhere_is_seen_here(base: Base) -> None:
    async with face(every=0.05) as screen:
        await screen.press("5")
        await screen.sees("caps.per_hour 5")
        base.manager.set("caps.per_hour", "3")
        await screen.sees("caps.per_hour 3")
