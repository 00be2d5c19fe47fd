"""Whose words are whose in an answer."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.mail.quotes import own_words, unsent_words

pytestmark = pytest.mark.long

LETTER = """Dear Mr Holm,

You write on your site that forecasts are retrained every night. At Lantern Freight I cut the nightly batch time by 62 % with Airflow — it’s the same kind of work.

Could we talk for 20 minutes about how you run it?

Kind regards,
Noor Haddad

--
Noor Haddad <noor@haddad.example>
Quay 4 · Antwerp
If you would rather not hear from me again, reply with "unsubscribe" and I will not write to you any more."""


def marked(text: str, mark: str = "> ") -> str:
    return "\n".join((mark + line).rstrip() for line in text.splitlines())


def wrapped(text: str, width: int = 44) -> str:
    return "\n".join(
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False) for line in text.splitlines()
    )


def retyped(text: str) -> str:
    """As other programs write it: straight quotes, no dashes, linked addresses, a character that went missing."""
    changed = (
        text.replace("’", "'").replace("—", "-").replace('"', "”").replace("·", "*").replace("retrained", "retrai?ned")
    )
    return changed.replace("noor@haddad.example", "noor@haddad.example<mailto:noor@haddad.example>")


FORMS = {
    "marked": marked(LETTER),
    "marked twice": marked(marked(LETTER)),
    "marked with a bar": marked(LETTER, "| "),
    "as it is": LETTER,
    "wrapped": wrapped(LETTER),
    "marked, wrapped and retyped": marked(wrapped(retyped(LETTER))),
    "wrapped and retyped": wrapped(retyped(LETTER), 61),
    "on one line": " ".join(LETTER.split()),
    "indented": textwrap.indent(LETTER, "    "),
    "half of it": LETTER[:250],
}
ANNOUNCED = {
    "en": "On Tue, 3 Mar 2026 at 09:12, Noor Haddad <noor@haddad.example> wrote:",
    "en, broken": "On Tue, 3 Mar 2026 at 09:12, Noor Haddad\n<noor@haddad.example> wrote:",
    "de": "Am Di., 3. März 2026 um 09:12 Uhr schrieb Noor Haddad <noor@haddad.example>:",
    "fr": "Le mar. 3 mars 2026 à 09:12, Noor Haddad <noor@haddad.example> a écrit :",
    "fr, broken": "Le mar. 3 mars 2026 à 09:12, Noor Haddad <noor@haddad.example>\na écrit :",
    "es": "El mar, 3 mar 2026 a las 9:12, Noor Haddad (<noor@haddad.example>) escribió:",
    "it": "Il giorno mar 3 mar 2026 alle ore 09:12 Noor Haddad <noor@haddad.example> ha scritto:",
    "pt": "Em ter., 3 de mar. de 2026 às 09:12, Noor Haddad <noor@haddad.example> escreveu:",
    "nl": "Op di 3 mrt 2026 om 09:12 schreef Noor Haddad <noor@haddad.example>:",
    "pl": "wt., 3 mar 2026 o 09:12 Noor Haddad <noor@haddad.example> napisał(a):",
    "sv": "Den tis 3 mars 2026 kl 09:12 skrev Noor Haddad <noor@haddad.example>:",
    "no verb": '3.03.2026, 09.12, "Noor Haddad" <noor@haddad.example>:',
    "ruled": "---- On Tue, 3 Mar 2026 09:12:11 +0100 noor@haddad.example wrote ----",
    "Outlook": "From: Noor Haddad <noor@haddad.example>\nSent: Tuesday, 3 March 2026 09:12\nTo: Per Holm\nSubject: Forecasts",
    "Outlook, de": "Von: Noor Haddad\nGesendet: Dienstag, 3. März 2026 09:12\nAn: Per Holm\nBetreff: Forecasts",
    "Outlook, fr": "________________________________\nDe : Noor Haddad <noor@haddad.example>\nEnvoyé : mardi 3 mars 2026\nÀ : Per Holm\nObjet : Forecasts",
    "Outlook, bold": "*From:* Noor Haddad\n*Sent:* Tuesday\n*To:* Per Holm\n*Subject:* Forecasts",
    "old Outlook": "-----Original Message-----\nFrom: Noor Haddad\nSent: Tuesday\nTo: Per Holm",
    "old Outlook, es": "-----Mensaje original-----\nDe: Noor Haddad\nEnviado: martes\nPara: Per Holm",
}  # fmt: skip
ANSWERS = (
    "Yes, Thursday.",
    "unsubscribe",
    "Thank you, but please remove me.",
    "Nein.",
    "No. Stop.\n\nPer",
    "On Monday I am away.\nTuesday?",
)


@pytest.mark.parametrize("form", FORMS)
def test_our_own_letter_is_cut_whatever_became_of_it(form: str) -> None:
    for answer in ANSWERS:
        assert own_words(f"{answer}\n\n{FORMS[form]}", sent=[LETTER]) == answer
        assert own_words(f"{FORMS[form]}\n\n{answer}", sent=[LETTER]) == answer


@pytest.mark.parametrize("language", ANNOUNCED)
def test_an_announced_quote_is_cut_though_we_know_nothing_of_it(language: str) -> None:
    for answer in ANSWERS:
        for quote in (marked(LETTER), LETTER):
            assert own_words(f"{answer}\n\n{ANNOUNCED[language]}\n\n{quote}") == answer
            assert own_words(f"{answer}\n{ANNOUNCED[language]}\n{quote}") == answer


@pytest.mark.parametrize("language", ANNOUNCED)
def test_an_answer_below_our_letter_is_found(language: str) -> None:
    for quote in (marked(LETTER), LETTER, wrapped(retyped(LETTER))):
        assert own_words(f"{ANNOUNCED[language]}\n\n{quote}\n\nPlease remove me.", sent=[LETTER]) == "Please remove me."


def test_answers_between_quoted_lines_stay() -> None:
    lines = marked(LETTER).splitlines()
    lines[3:3] = ["", "Every hour, in fact.", ""]
    lines += ["", "No need to talk, then."]
    assert own_words("\n".join(lines), sent=[LETTER]).split("\n\n") == [
        "Every hour, in fact.",
        "No need to talk, then.",
    ]


def test_answers_between_unmarked_lines_of_ours_stay() -> None:
    text = LETTER.replace("\n\nCould", "\n\nYes, it is.\n\nCould").replace("run it?", "run it? No, stop.")
    assert own_words(text, sent=[LETTER]).split("\n\n") == ["Yes, it is.", "No, stop"]


def test_words_behind_ours_on_the_same_line_stay() -> None:
    assert own_words(f"{LETTER} UNSUBSCRIBE", sent=[LETTER]) == "UNSUBSCRIBE"


def test_a_few_words_of_ours_in_a_sentence_of_theirs_are_theirs() -> None:
    answer = "Yes, 20 minutes about how you run it would be fine. You write that forecasts are hard: true."
    assert own_words(answer, sent=[LETTER]) == answer


def test_the_sentence_of_our_footer_is_cut_without_knowing_the_letter() -> None:
    assert own_words(f"Yes.\n\n{LETTER.splitlines()[-1]}") == "Yes."


@pytest.mark.parametrize(
    "last",
    ["-- \nPer Holm\nCEO", "--\nPer Holm", "Sent from my iPhone", "Von meinem iPhone gesendet", "Envoyé de mon iPhone", "Enviado desde mi iPhone", "Get Outlook for Android<https://aka.ms/x>"],
)  # fmt: skip
def test_signatures_and_programs_are_no_words(last: str) -> None:
    assert own_words(f"Not now.\n\n{last}") == "Not now."


def test_thanks_at_the_start_of_a_line_are_no_signature() -> None:
    answer = "Hello Noor,\n\nThanks, but please take me off your list.\n\nBest,\nPer"
    assert own_words(answer) == answer


@pytest.mark.parametrize(
    "answer",
    ["On the one hand, yes.\nOn the other: when?", "From: my side it is fine.\n\nWhen?", "To be honest:\nno.", "She wrote:\nplease call.", "Key points\n----\nWe run it on two nodes.", "The mail was sent from my phone, sorry about the typing.", "a > b, and > is no mark here", "Where do you live? Sent my question to HR too."],
)  # fmt: skip
def test_what_only_looks_like_a_quote_stays(answer: str) -> None:
    assert own_words(answer) == answer


def test_tags_and_entities_are_read_as_text() -> None:
    assert (
        own_words("<div>No&nbsp;thanks,<br>we are fine &amp; full.</div><blockquote>&gt; old</blockquote>")
        == "No thanks,\nwe are fine & full."
    )


def test_what_follows_a_signature_is_still_there_for_careful_rules() -> None:
    text = f"Nice work.\n\n-- \nPer\n\nPS: do not write to me again.\n\n{marked(LETTER)}"
    assert own_words(text, sent=[LETTER]) == "Nice work."
    assert "do not write to me again" in unsent_words(text, sent=[LETTER])
    assert "Airflow" not in unsent_words(text, sent=[LETTER])


bits = st.lists(st.sampled_from([*ANSWERS, *ANNOUNCED.values(), *FORMS.values(), "-- ", ">", "From:", "wrote:", "", "\x1a", "<div>", "&gt;", "-----"]), max_size=8)  # fmt: skip


@given(parts=bits, noise=st.text(max_size=60), joint=st.sampled_from(["\n", "\r\n", "\n\n", " "]))
def test_no_text_makes_it_fail(parts: list[str], noise: str, joint: str) -> None:
    text = joint.join([*parts, noise])
    assert "\x1a" not in unsent_words(text, sent=[LETTER])
    words = own_words(text, sent=[LETTER, noise])
    assert words == words.strip()


own = st.lists(st.sampled_from("maybe Thursday no interest please remove me stop call office Rust when where thanks".split()), min_size=1, max_size=7).map(" ".join)  # fmt: skip


@given(above=own, below=own, form=st.sampled_from(sorted(FORMS)))
def test_every_word_of_the_writer_stays_and_none_of_ours(above: str, below: str, form: str) -> None:
    assert own_words(f"{above}\n\n{FORMS[form]}\n\n{below}", sent=[LETTER]).split() == f"{above} {below}".split()
