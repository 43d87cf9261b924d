import copy
import pickle
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from echt.vault import keyring
from echt.vault.errors import Destroyed, Tampered
from echt.vault.sealed_field import Sealed
from echt.vault.shred import destroy_keys
from tests.vault.notes import Note

pytestmark = pytest.mark.django_db

CANARY = "Kanarienvogel-7731"
within_one_test = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
json_values = st.recursive(
    st.booleans() | st.integers(-(2**53), 2**53) | st.text() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def loaded(note):
    return Note.objects.get(pk=note.pk)


def untouched(note, name="text"):
    return isinstance(vars(note)[name], Sealed)


@within_one_test
@given(text=st.text(), remark=st.none() | st.text(), data=st.none() | json_values)
def test_what_is_saved_comes_back(text, remark, data):
    note = loaded(Note.objects.create(text=text, remark=remark, data=data))

    assert (note.text, note.remark, note.data) == (text, remark, data)


def test_the_column_holds_no_plaintext(column):
    note = Note.objects.create(text=CANARY, remark=CANARY, data={CANARY: CANARY})

    for name in ("text", "remark", "data"):
        assert CANARY.encode() not in column(note, name)


def test_none_is_null_and_empty_text_is_sealed(column):
    note = Note.objects.create(remark=None, text="")

    assert column(note, "remark") is None
    assert len(column(note, "text")) == 45
    assert loaded(note).text == ""


def test_null_where_there_may_be_none_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        Note.objects.create(text=None)


def test_a_value_can_be_changed_and_removed(column):
    note = loaded(Note.objects.create(text="one", remark="two"))
    note.text, note.remark = "three", None
    note.save()

    assert (loaded(note).text, column(note, "remark")) == ("three", None)


def test_saving_some_fields_leaves_the_others(column):
    note = Note.objects.create(text="one", remark="two")
    before = column(note, "text")
    note.text, note.remark = "changed", "changed"
    note.save(update_fields=["remark"])

    assert column(note, "text") == before
    assert (loaded(note).text, loaded(note).remark) == ("one", "changed")


def test_a_changed_json_value_is_saved():
    note = loaded(Note.objects.create(data={"list": [1]}))
    note.data["list"].append(2)
    note.save()

    assert loaded(note).data == {"list": [1, 2]}


def test_many_rows_can_be_created_at_once():
    Note.objects.bulk_create([Note(text=f"text {number}", title=str(number)) for number in range(20)])

    assert {note.title: note.text for note in Note.objects.all()} == {str(n): f"text {n}" for n in range(20)}


def test_get_or_create_takes_the_value_among_the_defaults():
    owner = uuid4()
    first, made = Note.objects.get_or_create(title="once", defaults={"text": "one", "owner_id": owner})
    again, made_again = Note.objects.get_or_create(title="once", defaults={"text": "two"})

    assert (made, made_again) == (True, False)
    assert (first.pk, again.text) == (again.pk, "one")


def test_update_or_create_replaces_the_value():
    Note.objects.create(title="once", text="one")
    Note.objects.update_or_create(title="once", defaults={"text": "two"})

    assert Note.objects.get(title="once").text == "two"


def test_refreshing_reads_the_value_anew():
    note = Note.objects.create(text="one")
    other = loaded(note)
    other.text = "two"
    other.save()
    note.refresh_from_db()

    assert note.text == "two"


def test_a_deferred_value_is_loaded_when_it_is_read():
    note = Note.objects.defer("text").get(pk=Note.objects.create(text="one").pk)

    assert "text" in note.get_deferred_fields()
    assert note.text == "one"


def test_saving_a_row_with_a_deferred_value_keeps_it():
    note = Note.objects.defer("text").get(pk=Note.objects.create(text="one").pk)
    note.title = "new"
    note.save()

    assert (loaded(note).title, loaded(note).text) == ("new", "one")


def test_copies_and_pickles_in_memory_read_the_same(monkeypatch):
    monkeypatch.setattr(apps, "get_model", lambda *_: Note)
    note = loaded(Note.objects.create(text="one"))

    assert [copy.copy(note).text, copy.deepcopy(note).text] == ["one", "one"]
    assert pickle.loads(pickle.dumps(note)).text == "one"
    assert CANARY.encode() not in pickle.dumps(loaded(Note.objects.create(text=CANARY)))


# Rule 1 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["text", "remark", "data"])
def test_rule_1_update_is_refused_and_changes_nothing(name, column):
    note = Note.objects.create(text="one", remark="two", data=3)
    before = column(note, name)

    with pytest.raises(TypeError, match=rf"Note\.{name} .*save\(\)"), transaction.atomic():
        Note.objects.filter(pk=note.pk).update(**{name: CANARY})

    assert column(note, name) == before


def test_rule_1_bulk_update_is_refused_and_changes_nothing():
    note = Note.objects.create(text="one")
    note.text = "two"

    with pytest.raises(TypeError, match=r"save\(\)"), transaction.atomic():
        Note.objects.bulk_update([note], ["text"])

    assert loaded(note).text == "one"


def test_rule_1_none_may_pass(column):
    note = Note.objects.create(remark="two")
    Note.objects.filter(pk=note.pk).update(remark=None)

    assert column(note, "remark") is None


@pytest.mark.parametrize(
    "wanted",
    [
        {"text": "one"},
        {"text": None},
        {"text__in": ["one"]},
        {"text__contains": "o"},
        {"text__gt": "a"},
        {"text__lower": "one"},
        {"text__lower__exact": "one"},
        {"data__key": 1},
    ],
)
def test_rule_1_searching_is_refused_and_says_what_to_do(wanted):
    with pytest.raises(TypeError, match="blind_index"):
        Note.objects.filter(**wanted)
    with pytest.raises(TypeError, match="blind_index"):
        Note.objects.exclude(**wanted)


def test_rule_1_asking_whether_there_is_one_is_allowed():
    Note.objects.create(title="with", remark="two")
    Note.objects.create(title="without")

    assert Note.objects.get(remark__isnull=False).title == "with"


def test_rule_1_get_or_create_by_the_value_is_refused():
    with pytest.raises(TypeError, match="blind_index"):
        Note.objects.get_or_create(text="one")

    assert not Note.objects.exists()


def test_rule_1_fixtures_do_not_get_the_value():
    with pytest.raises(TypeError, match="fixtures"):
        serializers.serialize("json", [Note.objects.create(text="one")])


@pytest.mark.parametrize("value", [1, b"bytes", F("title"), object()])
def test_rule_1_what_is_no_text_is_refused(value):
    with pytest.raises(TypeError, match="holds text"), transaction.atomic():
        Note.objects.create(text=value)

    assert not Note.objects.exists()


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, b"bytes"])
def test_rule_1_what_is_no_json_is_refused(value):
    with pytest.raises((TypeError, ValueError)), transaction.atomic():
        Note.objects.create(data=value)

    assert not Note.objects.exists()


def test_rule_1_a_row_without_primary_key_is_refused():
    with pytest.raises(TypeError, match="primary key"):
        Note._meta.get_field("text").pre_save(Note(pk=None, text="one"), add=True)


def test_rule_1_blank_is_checked_by_validation():
    note = Note(text="", remark="")

    with pytest.raises(ValidationError) as refusal:
        note.full_clean(exclude=["title"])

    assert set(refusal.value.message_dict) == {"remark", "data"}


# Rule 2 -------------------------------------------------------------------------------------------------------


def test_rule_2_a_value_from_another_row_is_noticed(column, overwrite):
    owner = uuid4()
    mine, other = (Note.objects.create(text=text, owner_id=owner) for text in ("mine", "other"))
    overwrite(mine, text=column(other, "text"))

    with pytest.raises(Tampered):
        _ = loaded(mine).text


def test_rule_2_a_value_from_another_field_is_noticed(column, overwrite):
    note = Note.objects.create(text="text", data="data", owner_id=None)
    overwrite(note, data=column(note, "text"))

    with pytest.raises(Tampered):
        _ = loaded(note).data


def test_rule_2_a_row_given_to_somebody_else_is_noticed(overwrite):
    note, thief = Note.objects.create(text="mine"), uuid4()
    overwrite(note, owner_id=Note._meta.get_field("owner_id").get_db_prep_value(thief, connection))

    assert loaded(note).owner_id == thief
    with pytest.raises(Tampered):
        _ = loaded(note).text


@pytest.mark.parametrize("place", [0, 1, 16, 17, 28, 29, -1])
def test_rule_2_a_changed_byte_is_noticed(column, overwrite, place):
    note = Note.objects.create(text="mine")
    sealed = bytearray(column(note, "text"))
    sealed[place] ^= 1
    overwrite(note, text=bytes(sealed))

    with pytest.raises(Tampered):
        _ = loaded(note).text


@pytest.mark.parametrize("garbage", [b"", b"plain text", b"\x01" * 45])
def test_rule_2_garbage_is_noticed_when_it_is_read_not_before(overwrite, garbage):
    note = Note.objects.create(text="mine", title="there")
    overwrite(note, text=garbage)

    assert loaded(note).title == "there"
    with pytest.raises(Tampered):
        _ = loaded(note).text


# Rule 3 -------------------------------------------------------------------------------------------------------


def test_rule_3_loading_opens_nothing(monkeypatch):
    Note.objects.create(text="one", remark="two")
    keyring.forget()
    monkeypatch.setattr("echt.vault.sealed_field.unseal", None)

    assert untouched(Note.objects.get())


def test_rule_3_a_value_is_opened_once(django_assert_num_queries):
    note = loaded(Note.objects.create(text="one"))
    keyring.forget()

    with django_assert_num_queries(1):
        assert [note.text for _ in range(3)] == ["one"] * 3


def test_rule_3_a_page_of_rows_costs_one_query_for_all_its_keys(django_assert_num_queries):
    Note.objects.bulk_create([Note(text=f"{n}", remark=f"{n}", data=n) for n in range(50)])
    keyring.forget()

    with django_assert_num_queries(2):
        page = [(note.text, note.remark, note.data) for note in Note.objects.all()]

    assert sorted(page, key=lambda row: row[2]) == [(f"{n}", f"{n}", n) for n in range(50)]
    with django_assert_num_queries(1):
        assert len([note.text + note.remark for note in Note.objects.all()]) == 50


# Rule 4 -------------------------------------------------------------------------------------------------------


def test_rule_4_what_was_not_read_is_saved_as_it_is(column):
    note = loaded(Note.objects.create(text="one"))
    before = column(note, "text")
    note.title = "new"
    note.save()

    assert column(note, "text") == before
    assert untouched(note)


def test_rule_4_what_was_read_is_sealed_with_a_new_nonce(column):
    note = loaded(Note.objects.create(text="one"))
    before = column(note, "text")
    assert note.text == "one"
    note.save()

    assert column(note, "text") != before
    assert loaded(note).text == "one"


@pytest.mark.parametrize("read_first", [True, False])
def test_rule_4_a_copy_is_sealed_for_its_own_row(read_first):
    original = Note.objects.create(text="one", remark="two", data=[3])
    twin = loaded(original)
    if read_first:
        assert (twin.text, twin.remark, twin.data) == ("one", "two", [3])
    twin.pk, twin._state.adding = uuid4(), True
    twin.save()

    for note in (loaded(original), loaded(twin)):
        assert (note.text, note.remark, note.data) == ("one", "two", [3])


def test_rule_4_a_copy_of_what_was_tampered_with_is_refused(overwrite, column):
    owner = uuid4()
    original, other = (Note.objects.create(text=text, owner_id=owner) for text in ("one", "two"))
    overwrite(original, text=column(other, "text"))
    twin = loaded(original)
    twin.pk, twin._state.adding = uuid4(), True

    with pytest.raises(Tampered), transaction.atomic():
        twin.save()

    assert Note.objects.count() == 2


def test_rule_4_a_row_whose_key_is_destroyed_can_still_be_saved(column):
    note = Note.objects.create(text="one")
    before = column(note, "text")
    destroy_keys(note.owner_id)
    note = loaded(note)
    note.title = "closed"
    note.save()

    assert (loaded(note).title, column(note, "text")) == ("closed", before)
    with pytest.raises(Destroyed):
        _ = loaded(note).text


# Rule 5 -------------------------------------------------------------------------------------------------------


def test_rule_5_a_new_subject_takes_no_unread_value_along(column):
    note = loaded(Note.objects.create(text="one"))
    before = column(note, "text")
    note.owner_id = uuid4()

    with pytest.raises(Tampered, match="another subject"), transaction.atomic():
        note.save()

    assert column(note, "text") == before


def test_rule_5_a_thief_in_the_database_does_not_get_it_sealed_for_himself(overwrite, column):
    note, thief = Note.objects.create(text="one"), uuid4()
    before = column(note, "text")
    overwrite(note, owner_id=Note._meta.get_field("owner_id").get_db_prep_value(thief, connection))

    with pytest.raises(Tampered), transaction.atomic():
        loaded(note).save()

    assert column(note, "text") == before


def test_rule_5_a_value_that_was_read_goes_along():
    note = loaded(Note.objects.create(text="one"))
    assert note.text == "one"
    note.owner_id = UUID(int=5)
    note.save()

    assert loaded(note).text == "one"


def test_the_ciphertext_does_not_show_in_listings():
    Note.objects.create(text="one")

    assert repr(Note.objects.values_list("text").get()) == "(Sealed(row=None),)"


def test_loading_asks_for_nothing():
    Note.objects.create(text="one")
    keyring.forget()

    with CaptureQueriesContext(connection) as queries:
        list(Note.objects.all())

    assert len(queries) == 1


def test_a_migration_writes_the_field_down_whole():
    name, path, args, kwargs = Note._meta.get_field("text").deconstruct()

    assert (name, path, args) == ("text", "echt.vault.fields.EncryptedTextField", [])
    assert kwargs == {"purpose": "mail", "subject": "owner_id", "blank": True, "default": ""}
