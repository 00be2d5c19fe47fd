import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.statistics import bootstrap_mean, mean, paired_bootstrap, wilson

values = st.lists(st.floats(-100, 100), min_size=1, max_size=12)


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_share_lies_in_its_interval_and_the_interval_in_0_to_1(done: int, missed: int) -> None:
    found = wilson(done, done + missed)
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_wilson_gives_the_published_interval_and_refuses_what_is_no_share() -> None:
    found = wilson(81, 263)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)
    with pytest.raises(ValueError, match="between"):
        wilson(3, 2)


@given(values)
def test_the_same_seed_gives_the_same_interval_around_the_mean(numbers: list[float]) -> None:
    found = bootstrap_mean(numbers, resamples=50)
    assert found == bootstrap_mean(numbers, resamples=50)
    assert min(numbers) - 1e-9 <= found.low <= found.high <= max(numbers) + 1e-9


def test_there_is_no_mean_of_nothing_and_no_pair_without_its_other_half() -> None:
    with pytest.raises(ValueError, match="nothing"):
        mean([])
    with pytest.raises(ValueError, match="same cases"):
        paired_bootstrap([1.0], [1.0, 2.0])


def test_a_clear_difference_excludes_zero_and_chance_does_not() -> None:
    assert paired_bootstrap([1, 2, 3, 4], [3, 4, 5, 7]).excludes_zero
    assert not paired_bootstrap([1, 2, 3, 4], [2, 1, 4, 3]).excludes_zero
