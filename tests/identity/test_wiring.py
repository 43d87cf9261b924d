"""What identification fills in for others: mails, export, objections, consent texts, checks of the settings."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from echt.accounts.actions.closing import exports, objections
from echt.identity import checks, consents
from echt.identity.granting import DocumentExpired, grant_level
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.mails import CaseRefused, CaseReturned
from echt.identity.models import LevelGrant
from echt.identity.models.cases import WrongState
from echt.identity.refusals import AT_OURS, MOVED_ON, Incomplete, sentence_of
from echt.identity.states import State
from echt.identity.wiring import running_case
from echt.mail.parts import Paragraph
from echt.mail.recipient import Stranger
from tests.identity import making

TEXTS = {
    "2026-11": {
        "en": "771809f48c77811c5e0b4583448aa99f32a26cb3f45d550843eb6ff08b1e1bab",
        "de": "9eeb252a9f7cd76353c9b6153b006ea2eb3ea8989bc5ece8a926859afe7bf888",
    }
}
"""The digest of each version's words. Other words are another version: add a line, never change one."""


@pytest.mark.parametrize("language", consents.LANGUAGES)
def test_consents_rule_3_other_words_are_another_version(language):
    assert consents.words_digest(language) == TEXTS[consents.VERSION][language]


def test_consents_rule_2_the_digest_is_of_the_language_and_the_days(set_identity):
    english = consents.digest()
    with translation.override("de"):
        assert consents.digest() != english
        assert consents.language() == "de"
    set_identity(face_days=5)

    assert consents.digest() != english


# Settings ---------------------------------------------------------------------------------------------------

DANGEROUS = [
    ({"unlike_below": 0.5, "alike_from": 0.4}, "identity.E001"),
    ({"alike_from": 1.5}, "identity.E001"),
    ({"attack_model": "missing.onnx"}, "identity.E002"),
    ({"automatic": True, "four_eyes": True}, "identity.E003"),
    ({"excluded": ["GERMANY"]}, "identity.E005"),
]


@pytest.mark.parametrize(("values", "code"), DANGEROUS)
def test_each_dangerous_setting_is_named(set_identity, tmp_path, values, code):
    if "attack_model" in values:
        values = {"attack_model": tmp_path / values["attack_model"]}
    set_identity(**values)

    assert [fault.id for fault in checks.dangerous_settings()] == [code]


def test_the_defaults_are_not_dangerous():
    assert checks.dangerous_settings() == checks.unusual_settings() == []


def test_faces_that_are_kept_long_are_remarked(set_identity):
    set_identity(face_days=365)

    assert [fault.id for fault in checks.unusual_settings()] == ["identity.W001"]


# For other rooms --------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_running_case_stands_against_closing_the_account(lena):
    assert running_case in objections
    case = making.with_everything(lena)
    assert running_case(lena) is None
    making.submit(case)

    assert running_case(lena).endswith(".")
    making.applying.withdraw(actor=lena, case_id=case.pk, where=making.HERE)
    assert running_case(lena) is None


@pytest.mark.django_db
def test_the_export_has_everything_and_nothing_of_the_desk(lena, staff, travel):
    making.a_list()
    case = making.in_review(lena, travel, Level.ADVANCED)
    case.notes.create(applicant=lena, author=staff, text="canary")
    told = exports["identity"](lena)

    assert told["applications"][0]["confirmed"]["number"] == "C01X00T47"
    assert told["consents"][0]["text"] == consents.VERSION
    assert "canary" not in str(told)
    assert "sample" not in str(told)


# Granting ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_granting_rule_1_a_grant_ends_when_the_documents_last_day_has_ended(lena):
    grant = grant_level(making.closed(making.in_review(lena), State.APPROVED))

    assert grant.ends_at == datetime(2031, 5, 2, tzinfo=UTC)


@pytest.mark.django_db
def test_granting_rule_2_nothing_is_granted_on_an_expired_document(lena, travel):
    case = making.in_review(lena)
    travel.move_to(datetime(2031, 5, 2, tzinfo=UTC))

    with pytest.raises(DocumentExpired):
        grant_level(case)
    assert not LevelGrant.objects.exists()


# Words ------------------------------------------------------------------------------------------------------


def test_what_is_missing_is_named_in_words():
    assert Incomplete([Item.FRONT, Item.DATA]).sentence.startswith("Still needed: Front and Your data.")


def test_a_state_that_moved_on_has_a_sentence():
    assert sentence_of(WrongState(State.IN_REVIEW)) == str(AT_OURS)
    assert sentence_of(WrongState(State.RETURNED)) == str(MOVED_ON)


def _words(mail):
    return " ".join(f"{part.lead} {part.text}" for part in mail.body() if isinstance(part, Paragraph))


def test_a_refusal_that_may_not_be_explained_says_the_general_sentence():
    lena = Stranger(address="lena@example.org", language="en")
    words = _words(CaseRefused(to=lena, level=Level.PRIMARY, shown=(), message=""))

    assert "We could not verify you with what you sent." in words


def test_what_is_returned_names_each_item_with_what_to_do():
    words = _words(CaseReturned.example(Stranger(address="lena@example.org", language="en")))

    assert "Front: A part of the document is not in the photo. Move back a little" in words
    assert "Our team adds:" in words
