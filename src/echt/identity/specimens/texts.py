"""What is printed on specimens: made-up states, kinds, labels. They speak their issuer’s language, not ours."""

from dataclasses import dataclass
from datetime import date

from echt.identity.documents import DocumentKind


@dataclass(frozen=True, kw_only=True)
class Language:
    """A state's name and the words of its documents; English stands beside each."""

    state: str
    mark: str
    kinds: dict[DocumentKind, str]
    labels: dict[str, str]
    day: str = "%d.%m.%Y"

    def label(self, name: str) -> str:
        return f"{self.labels[name]} / {ENGLISH.labels[name]}"

    def written(self, day: date) -> str:
        text = day.strftime(self.day)
        return text.upper()


KINDS = (DocumentKind.PASSPORT, DocumentKind.ID_CARD, DocumentKind.RESIDENCE_PERMIT, DocumentKind.DRIVING_LICENCE)
WORDS = (
    "surname",
    "given_names",
    "number",
    "born_on",
    "born_at",
    "sex",
    "nationality",
    "issued_on",
    "expires_on",
    "authority",
    "signature",
    "height",
    "eyes",
    "address",
    "remarks",
    "categories",
)


def _language(state: str, mark: str, kinds: str, labels: str, day: str = "%d.%m.%Y") -> Language:
    return Language(
        state=state,
        mark=mark,
        kinds=dict(zip(KINDS, kinds.split("|"), strict=True)),
        labels=dict(zip(WORDS, labels.split("|"), strict=True)),
        day=day,
    )


ENGLISH = _language(
    "Utopia",
    "SPECIMEN",
    "Passport|Identity card|Residence permit|Driving licence",
    "Surname|Given names|Document No.|Date of birth|Place of birth|Sex|Nationality|Date of issue|Date of expiry"
    "|Authority|Signature|Height|Colour of eyes|Address|Remarks|Categories",
)
LANGUAGES = {
    "UTO": _language(
        "Utopia",
        "SPECIMENO",
        "Pasporto|Identigilo|Loĝpermeso|Stirpermesilo".replace("ĝ", "g"),
        "Familia nomo|Antaunomoj|Numero|Naskodato|Naskoloko|Sekso|Nacieco|Eldonita|Valida gis|Autoritato|Subskribo"
        "|Alteco|Okuloj|Adreso|Rimarkoj|Kategorioj",
        "%d %b %Y",
    ),
    "DEU": _language(
        "Musterland",
        "MUSTER",
        "Reisepass|Personalausweis|Aufenthaltstitel|Führerschein",
        "Name|Vornamen|Nummer|Geburtsdatum|Geburtsort|Geschlecht|Staatsangehörigkeit|Ausstellungsdatum|Gültig bis"
        "|Behörde|Unterschrift|Größe|Augenfarbe|Anschrift|Anmerkungen|Klassen",
    ),
    "FRA": _language(
        "Pays fictif",
        "SPÉCIMEN",
        "Passeport|Carte d’identité|Titre de séjour|Permis de conduire",
        "Nom|Prénoms|Numéro|Date de naissance|Lieu de naissance|Sexe|Nationalité|Date de délivrance|Date d’expiration"
        "|Autorité|Signature|Taille|Couleur des yeux|Adresse|Remarques|Catégories",
        "%d %m %Y",
    ),
    "POL": _language(
        "Kraj wzorcowy",
        "WZÓR",
        "Paszport|Dowód osobisty|Karta pobytu|Prawo jazdy",
        "Nazwisko|Imiona|Numer|Data urodzenia|Miejsce urodzenia|Płeć|Obywatelstwo|Data wydania|Termin ważności"
        "|Organ|Podpis|Wzrost|Kolor oczu|Adres|Uwagi|Kategorie",
    ),
    "ESP": _language(
        "País ficticio",
        "MUESTRA",
        "Pasaporte|Documento de identidad|Permiso de residencia|Permiso de conducción",
        "Apellidos|Nombre|Número|Fecha de nacimiento|Lugar de nacimiento|Sexo|Nacionalidad|Fecha de expedición"
        "|Válido hasta|Autoridad|Firma|Estatura|Color de ojos|Domicilio|Observaciones|Clases",
        "%d %m %Y",
    ),
}
NATIONALITIES = {
    "UTO": "Utopian",
    "DEU": "Musterländisch",
    "FRA": "Fictive",
    "POL": "Wzorcowe",
    "ESP": "Ficticia",
}
