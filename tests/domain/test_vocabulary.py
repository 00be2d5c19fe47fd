from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.vocabulary import STOP_WORDS, content_stems

sentences = st.lists(st.sampled_from("queue sensor ship the and port 40 Rust of 7.5 trucks".split()), max_size=10)


def test_words_without_a_topic_and_numbers_are_left_out():
    assert content_stems("We have had 40 of these, and 7.5 of those.") == set()
    assert content_stems("") == set()


def test_forms_of_one_word_have_one_stem():
    assert content_stems("queues") == content_stems("Queue") == content_stems("a queue, of queues")


@given(sentences, sentences)
def test_more_text_has_no_fewer_topics_and_order_does_not_count(first: list[str], second: list[str]):
    both = content_stems(" ".join([*first, ".", *second]))
    assert content_stems(" ".join(first)) <= both
    assert both == content_stems(" ".join([*second, ".", *first]))
    assert both.isdisjoint(STOP_WORDS)
