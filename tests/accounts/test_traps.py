"""Traps of the library that no other test is named after: caches of each process its own, and notices that are off."""

import pytest
from django.conf import settings

from echt.accounts.actions.authenticator_app import remove_app
from echt.accounts.adapter import PER_ADDRESS
from echt.accounts.checks import app_codes_once, shared_cache
from echt.mail.models import Message
from tests.accounts.steps import HERE, Fresh, with_app

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("backend", ["locmem.LocMemCache", "dummy.DummyCache"])
def test_trap_4_a_cache_of_each_process_its_own_is_refused_at_start(settings, backend):
    assert shared_cache() == []
    settings.CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{backend}"}}

    assert [found.id for found in shared_cache()] == ["accounts.E001"]


def test_trap_4_the_limit_of_sign_ins_counts_in_the_database_and_exactly(db):
    taken = [PER_ADDRESS.take("somebody") for _ in range(25)]

    assert taken == [True] * PER_ADDRESS.count + [False] * (25 - PER_ADDRESS.count)
    assert PER_ADDRESS.take("somebody else")


def test_trap_5_a_removed_factor_is_told_exactly_once(lena):
    with_app(lena)
    before = set(Message.objects.values_list("pk", flat=True))

    remove_app(actor=lena, step_up=Fresh(), where=HERE)

    told = Message.objects.exclude(pk__in=before)
    assert [message.kind for message in told] == ["security.app_removed"]


def test_trap_5_what_the_library_leaves_off_is_on(db):
    assert settings.ACCOUNT_EMAIL_NOTIFICATIONS
    assert settings.ACCOUNT_REAUTHENTICATION_REQUIRED
    assert settings.MFA_WEBAUTHN_USER_VERIFICATION == "required"


def test_trap_3_a_tolerance_for_codes_is_refused_at_start(settings):
    assert app_codes_once() == []
    settings.MFA_TOTP_TOLERANCE = 1

    assert [found.id for found in app_codes_once()] == ["accounts.E002"]
