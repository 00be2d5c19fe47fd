import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.job import Job, JobMode, JobRow, JobStatus, RowStatus, checksum, stage_job_id

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(st.integers(1, 50), st.sampled_from(["match", "write"]), st.integers(1, 50), st.sampled_from(["match", "write"]))
def test_a_job_id_belongs_to_one_campaign_and_stage(campaign: int, stage: str, other: int, other_stage: str):
    same = (campaign, stage) == (other, other_stage)
    assert (stage_job_id(campaign, stage) == stage_job_id(other, other_stage)) == same
    assert len(stage_job_id(campaign, stage)) == 36


def test_a_job_id_is_the_same_on_every_machine():
    assert stage_job_id(1, "match") == "1dac792f-088e-5507-bd49-ea8b120573b2"


@given(json_values, json_values)
def test_a_checksum_is_the_same_for_the_same_inputs(first: object, second: object):
    assert re.fullmatch(r"[0-9a-f]{64}", checksum(first, second))
    assert checksum(first, second) == checksum(first, second)
    assert checksum(first) != checksum([first], second)


def test_a_checksum_depends_on_values_not_on_the_order_of_keys():
    assert checksum({"a": 1, "b": "é"}) == checksum({"b": "é", "a": 1})
    assert checksum("a", "b") != checksum("b", "a")
    assert checksum("ab") != checksum("a", "b")
    assert checksum(date(2026, 1, 1)) == checksum("2026-01-01")


def test_what_is_new_is_pending_and_asks_a_person():
    assert (Job(id="j", name="match").status, Job(id="j", name="match").mode) == (JobStatus.pending, JobMode.confirm)
    assert JobRow(job_id="j", row_number=1, row_checksum="").status is RowStatus.pending
