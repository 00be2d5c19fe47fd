from ingot.domain.compliance import ADDRESS_MISSING, footer


def test_a_footer_says_who_writes_from_where_and_how_to_make_it_stop():
    lines = footer(
        sender_name="Imre Valk", sender_email="imre@valk.example", postal_address="Quay 1\n\n 9000 Ghent \n"
    ).splitlines()
    assert lines[:3] == ["--", "Imre Valk <imre@valk.example>", "Quay 1 · 9000 Ghent"]
    assert 'reply with "unsubscribe"' in lines[3]


def test_a_footer_without_an_address_says_so():
    for nothing in ("", "  \n "):
        text = footer(sender_name="Imre Valk", sender_email="", postal_address=nothing)
        assert text.splitlines()[1:3] == ["Imre Valk", ADDRESS_MISSING]
    assert ADDRESS_MISSING not in footer(sender_name="I", sender_email="", postal_address="Quay 1")
