import pytest

from ingot.llm.offline.entailment import entail
from ingot.llm.outputs import Entailment

pytestmark = pytest.mark.long


QUOTE = "In May we moved our ingest path of 40 sites to Rust."


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Your site says that you moved the ingest path to Rust.", "yes"),
        ("In May Millpond moved the ingest path of 40 sites.", "yes"),
        ("Could we talk?", "yes"),
        ("You moved the ingest path, the billing, the archive and every gateway to Rust.", "partly"),
        ("You sell sensors to farmers.", "no"),
        ("You moved the ingest path of 90 sites to Rust.", "no"),
    ],
)
def test_a_sentence_is_supported_by_what_its_quotes_hold(sentence: str, verdict: str) -> None:
    pairs = [{"no": 4, "sentence": sentence, "quotes": [{"of": "company", "text": QUOTE}]}]
    found = Entailment.model_validate(entail({"company_name": "Millpond", "user_name": "Ada Quill", "pairs": pairs}))
    assert [(item.no, item.verdict) for item in found.verdicts] == [(4, verdict)]
