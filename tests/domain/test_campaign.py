from ingot.domain.campaign import Campaign, CampaignStatus, Gate, OutreachMetric, Venue


def test_a_new_campaign_is_active_and_shares_no_options_with_another():
    first, second = Campaign(campaign_name="a"), Campaign(campaign_name="b")
    first.options["limit"] = 3
    assert (first.status, second.options) == (CampaignStatus.active, {})


def test_a_new_gate_is_open_and_its_key_is_made_of_its_id_alone():
    gate = Gate(campaign_id=1, lead_id=2, id=3)
    assert gate.decision is None
    assert gate.idempotency_key() == "gate-3" == Gate(campaign_id=9, lead_id=9, id=3).idempotency_key()


def test_a_new_venue_and_a_new_mailbox_have_done_nothing_yet():
    assert Venue(venue_name="yc", venue_type="yc").last_run_at is None
    assert OutreachMetric().bounce_rate == 0
