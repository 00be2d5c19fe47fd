"""Which column of the user's own list is which field: by its heading, in several languages, or as the user says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingot.errors import ValidationError

FIELDS = (
    "company", "website", "email", "person", "role", "location", "description", "one_liner", "tags", "industry",
    "team_size", "id",
)  # fmt: skip

# Field -> what people call it. Case, accents, digits, spaces and dashes do not count.
_HEADINGS = {
    "company": """company companyname organisation organization employer startup firma firmenname unternehmen arbeitgeber
        entreprise societe employeur empresa compania azienda societa impresa bedrijf bedrijfsnaam foretag virksomhed firme""",
    "website": """website companywebsite url homepage domain web site weburl companyurl webseite internetseite siteweb
        siteinternet paginaweb sitioweb sitoweb sito pagina webbplats hjemmeside webadresse""",
    "email": """email emailaddress contactemail personemail mail emailadresse kontaktemail courriel adressemail
        adresseemail correo correoelectronico correoe posta postaelettronica emailadres epost""",
    "person": """contact contactname contactperson name fullname person personname founder ansprechpartner
        ansprechpartnerin kontakt kontaktperson nom interlocuteur contacto personadecontacto nombre referente nome
        contatto contactpersoon naam""",
    "role": """role title jobtitle position personrole funktion rolle fonction poste titre cargo puesto ruolo qualifica
        functie funcao""",
    "location": """location city place headquarters hq address ort stadt standort sitz ville lieu localisation ciudad ubicacion
        localidad citta luogo sede stad plaats locatie cidade""",
    "description": """description about notes longdescription summary beschreibung notizen bemerkung apropos remarques
        descripcion notas descrizione note omschrijving beschrijving descricao""",
    "one_liner": "oneliner tagline slogan pitch headline shortdescription kurzbeschreibung accroche eslogan",
    "tags": "tags keywords technologies stack topics schlagworte schlagworter stichworte technologien motscles etiquetas",
    "industry": "industry sector vertical branche industrie secteur sectoractividad industria settore setor bransch",
    "team_size": """teamsize employees size headcount numberofemployees employeecount mitarbeiter mitarbeiterzahl
        teamgrosse anzahlmitarbeiter effectif employes salaries empleados tamano dipendenti medewerkers funcionarios""",
    "id": "id identifier reference ref kennung",
}
HEADINGS = {heading: name for name, headings in _HEADINGS.items() for heading in headings.split()}


@dataclass(frozen=True, kw_only=True)
class Columns:
    """What each heading of a list was taken for; an empty text is a column that is not used."""

    fields: dict[str, str]

    def values(self, cells: Mapping[str, str]) -> dict[str, str]:
        """A row (heading -> cell) by field; of two columns for the same field the first that is filled counts."""
        values: dict[str, str] = {}
        for heading, cell in cells.items():
            name = self.fields.get(heading, "")
            if name and cell and not values.get(name):
                values[name] = cell
        return values


def plain_heading(text: str) -> str:
    """`Größe (Team)` -> `grosseteam`: letters only, in lower case, without accents."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in folded if letter.isalpha())


def columns_of(headings: Sequence[str], chosen: Mapping[str, str] | None = None) -> Columns:
    """Take each heading for a field: those in `chosen` (field -> heading) as the user says, the others by their names.

    Raises `ValidationError` for a heading that is not there, and where no column holds the company.
    """
    fields = {heading: HEADINGS.get(plain_heading(heading), "") for heading in headings}
    by_plain = {plain_heading(heading): heading for heading in reversed(headings)}
    for name, wanted in (chosen or {}).items():
        heading = wanted if wanted in fields else by_plain.get(plain_heading(wanted), "")
        if not heading:
            raise ValidationError(
                f"The list has no column for {name} of the name that was given.",
                hint=f"Its columns are: {', '.join(headings)}.",
            )
        fields = {other: "" if found == name else found for other, found in fields.items()} | {heading: name}
    if "company" not in fields.values():
        raise ValidationError(
            "The list has no company column.",
            hint='Say which one it is, such as --map company="Client", or name the columns in the first line: '
            "company, website, email, contact, role, location, description.",
        )
    return Columns(fields=fields)


def chosen_columns(given: Sequence[str]) -> dict[str, str]:
    """`["company=Firma"]` -> `{"company": "Firma"}`. Raises `ValidationError` for anything else."""
    chosen: dict[str, str] = {}
    for text in given:
        name, sign, heading = text.partition("=")
        name = re.sub(r"[\s-]+", "_", name.strip().lower())
        if not sign or not heading.strip() or name not in FIELDS:
            raise ValidationError(
                "A column is chosen as FIELD=HEADING.", hint=f"Fields are: {', '.join(FIELDS)}. Such as: company=Firma"
            )
        chosen[name] = heading.strip()
    return chosen
