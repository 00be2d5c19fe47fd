from __future__ import annotations

import pytest

from ingot.errors import ValidationError
from ingot.venues.columns import chosen_columns, columns_of, plain_heading


@pytest.mark.parametrize(
    "headings",
    [
        ["Company", "Website", "E-Mail", "Contact", "City"],
        ["Firma", "Webseite", "E-Mail-Adresse", "Ansprechpartner", "Ort"],
        ["Société", "Site web", "Courriel", "Interlocuteur", "Ville"],
        ["Empresa", "Página web", "Correo electrónico", "Persona de contacto", "Ciudad"],
        ["Azienda", "Sito web", "Posta elettronica", "Referente", "Città"],
        ["Bedrijf", "URL", "Mail", "Contactpersoon", "Plaats"],
    ],
)
def test_usual_headings_are_known_in_several_languages(headings):
    assert list(columns_of(headings).fields.values()) == ["company", "website", "email", "person", "location"]


def test_a_column_that_the_user_names_goes_before_what_is_guessed():
    columns = columns_of(["Name", "Firma", "Client"], {"company": "client"})
    assert columns.fields == {"Name": "person", "Firma": "", "Client": "company"}


def test_a_heading_is_found_by_its_letters_and_one_in_another_script_by_itself():
    assert plain_heading("Team-Größe (2)") == "teamgrosse"
    assert columns_of(["会社", "url"], {"company": "会社"}).fields == {"会社": "company", "url": "website"}


def test_of_two_columns_for_one_field_the_first_that_is_filled_counts():
    columns = columns_of(["company", "url", "homepage"])
    assert columns.values({"company": "Mill", "url": "", "homepage": "mill.example"}) == {
        "company": "Mill",
        "website": "mill.example",
    }


def test_a_list_without_a_company_says_how_to_name_the_column():
    with pytest.raises(ValidationError, match="--map company="):
        columns_of(["Name", "E-Mail"])


def test_a_heading_that_is_not_there_is_told_with_those_that_are():
    with pytest.raises(ValidationError, match="Firma, Ort"):
        columns_of(["Firma", "Ort"], {"company": "Kunde"})


def test_columns_are_chosen_as_field_and_heading():
    assert chosen_columns(["company=Firma", "Team size = Leute = alle"]) == {
        "company": "Firma",
        "team_size": "Leute = alle",
    }


@pytest.mark.parametrize("given", ["company", "company=", "firma=company", "="])
def test_anything_else_is_refused_with_the_fields(given):
    with pytest.raises(ValidationError, match="team_size"):
        chosen_columns([given])
