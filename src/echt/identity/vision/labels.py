"""Labels of fields on documents, as zones spell letters, in the languages of the documents most often shown."""

from collections.abc import Mapping

from rapidfuzz import fuzz

from echt.identity.documents import Field
from echt.identity.mrz import transliterate

_WORDS: Mapping[Field | None, str] = {
    Field.GIVEN_NAMES: (
        "GIVEN NAMES|GIVEN NAME|FIRST NAME|FORENAMES|VORNAMEN|VORNAME|PRENOMS|PRENOM|NOMBRE|NOMBRES|NOMI"
        "|NOMES|IMIONA|IMIE|JMENO|VOORNAMEN|PRENUME|ADLARI|FORNAVN|FORNAMN|ETUNIMET|UTONEV"
    ),
    Field.SURNAME: (
        "SURNAME|LAST NAME|FAMILY NAME|NAME|NOM|FAMILIENNAME|NACHNAME|APELLIDOS|APELLIDO|COGNOME|APELIDOS"
        "|NAZWISKO|PRIJMENI|NAAM|NUME|SOYADI|ETTERNAVN|EFTERNAVN|EFTERNAMN|SUKUNIMI|CSALADI NEV|PREZIME"
        "|PRIEZVISKO"
    ),
    Field.BORN_ON: (
        "DATE OF BIRTH|BIRTH DATE|GEBURTSDATUM|GEBURTSTAG|DATE DE NAISSANCE|FECHA DE NACIMIENTO"
        "|DATA DI NASCITA|DATA DE NASCIMENTO|DATA URODZENIA|DATUM NAROZENI|GEBOORTEDATUM|DATA NASTERII"
        "|DOGUM TARIHI|FODSELSDATO|FODELSEDATUM|SYNTYMAAIKA|SZULETESI IDO|DATUM RODENJA|NE LE"
    ),
    Field.EXPIRES_ON: (
        "DATE OF EXPIRY|EXPIRY DATE|EXPIRATION DATE|DATE OF EXPIRATION|VALID UNTIL|EXPIRES|GUELTIG BIS"
        "|GULTIG BIS|DATE D EXPIRATION|DATE DEXPIRATION|EXPIRE LE|VALABLE JUSQU AU|VALIDO HASTA"
        "|FECHA DE CADUCIDAD|SCADENZA|DATA DE VALIDADE|TERMIN WAZNOSCI|PLATNOST DO|GELDIG TOT|SON GECERLILIK"
        "|GYLDIG TIL|GILTIGT TILL|VALIDEZ|VALIDITY"
    ),
    Field.NUMBER: (
        "DOCUMENT NO|DOCUMENT NUMBER|PASSPORT NO|PASSPORT NUMBER|CARD NO|CARD NUMBER|PASS NR|PASSPORT NR"
        "|AUSWEISNUMMER|NO DU PASSEPORT|NO DU DOCUMENT|NUMERO DE DOCUMENTO|NUMERO|NUMMER|NUMER|SERIAL NO"
        "|LICENCE NO|LICENSE NO|DNI NUM"
    ),
    Field.SEX: "SEX|GENDER|GESCHLECHT|SEXE|SEXO|SESSO|PLEC|POHLAVI|GESLACHT",
    Field.NATIONALITY: (
        "NATIONALITY|STAATSANGEHORIGKEIT|STAATSANGEHOERIGKEIT|NATIONALITE|NACIONALIDAD|CITTADINANZA"
        "|NACIONALIDADE|OBYWATELSTWO|STATNI OBCANSTVI|NATIONALITEIT"
    ),
    None: (
        "PLACE OF BIRTH|GEBURTSORT|LIEU DE NAISSANCE|LUGAR DE NACIMIENTO|LUOGO DI NASCITA|MIEJSCE URODZENIA"
        "|DATE OF ISSUE|ISSUE DATE|AUSSTELLUNGSDATUM|DATE DE DELIVRANCE|FECHA DE EXPEDICION|DATA WYDANIA"
        "|AUTHORITY|BEHOERDE|BEHORDE|AUTORITE|AUTORIDAD|ORGAN|SIGNATURE|UNTERSCHRIFT|FIRMA|PODPIS|HEIGHT"
        "|GROESSE|GROSSE|TAILLE|ESTATURA|WZROST|COLOUR OF EYES|AUGENFARBE|ADDRESS|ANSCHRIFT|ADRESSE|DOMICILIO"
        "|REMARKS|ANMERKUNGEN|COUNTRY CODE|CODE|TYPE|TYP|CATEGORIES|BIRTH NAME|GEBURTSNAME|NAME AT BIRTH"
        "|ACCESS NUMBER|PERSONAL NO|PERSONAL NUMBER"
    ),
}
LABELS = {field: tuple(words.split("|")) for field, words in _WORDS.items()}
"""The labels under None are no field of ours: what stands below them is not taken for one."""

ALIKE = 88
"""Per cent of likeness from which a long label is recognised although a letter is wrong."""
LONG = 8


def label_of(text: str) -> tuple[bool, Field | None]:
    """Whether the text is a label, and of which field; the longest label that it contains decides."""
    said = transliterate(text)
    found = [(len(label), field) for field, labels in LABELS.items() for label in labels if _contains(said, label)]
    if not found:
        return False, None
    return True, max(found, key=lambda each: each[0])[1]


def _contains(said: str, label: str) -> bool:
    if f" {label} " in f" {said} ":
        return True
    return len(label) >= LONG <= len(said) and fuzz.partial_ratio(label, said, score_cutoff=ALIKE) > 0
