"""Each format that is read, and what is refused of a file that is broken or hostile."""

import pytest

from echt.identity.screening import records
from echt.identity.screening.entries import Bad, Entry, ListRefused
from echt.identity.screening.formats import source_of
from tests.identity.screening import lists

RANGE = ("1970", "1971", "1972")
AROUND_1980 = ("1978", "1979", "1980", "1981", "1982")


@pytest.fixture
def file(tmp_path):
    """A file with this content, under a name that says nothing."""
    count = iter(range(100))

    def write(content: str | bytes):
        path = tmp_path / f"list-{next(count)}"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def persons(*paths) -> list[Entry]:
    return [entry for _row, entry in source_of(paths).rows() if entry is not None]


def sentences(*paths) -> list[str]:
    return [entry.sentence for _row, entry in source_of(paths).rows() if isinstance(entry, Bad)]


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (lists.OWN, "CSV (key, names, born, countries, remarks)"),
        (lists.OPENSANCTIONS, "targets.simple.csv"),
        (lists.UNITED_NATIONS, "UN consolidated list (XML)"),
        (lists.EUROPEAN_UNION, "EU consolidated list (XML)"),
        (lists.OFAC_TABLE, "OFAC SDN (sdn.csv, alt.csv)"),
        (lists.OFAC_DOCUMENT, "OFAC SDN (XML)"),
        (lists.UNITED_KINGDOM, "UK list (CSV)"),
        (lists.OFSI, "UK list (CSV)"),
    ],
)
def test_a_format_is_recognised_by_its_content(file, content, title):
    for mark in (b"", b"\xef\xbb\xbf"):
        assert source_of([file(mark + content.encode())]).title == title


def test_own_table(file):
    first, second = persons(file(lists.OWN))

    assert first == Entry(
        key="N-1",
        names=("Ottokar Zwirnbold", "Otokar Swirnbold"),
        born=("1961-02-03",),
        countries=("DEU", "Ruritania"),
        remarks="Made up for tests",
    )
    assert second.names == ("Ludmilla Khlebotsev", "Людмила Хлебоцев")
    assert second.born == ("1970", "1972-05-06")


def test_opensanctions_table_without_companies(file):
    first, second = persons(file(lists.OPENSANCTIONS))

    assert (first.key, first.names) == ("N-1", ("Ottokar Zwirnbold", "Otokar Swirnbold"))
    assert (first.born, first.countries, first.remarks) == (("1961-02-03",), ("DEU",), "Made up · Tests")
    assert (second.born, second.countries) == (("1970", "1972-05-06"), ("RUS",))


def test_united_nations(file):
    first, second = persons(file(lists.UNITED_NATIONS))

    assert first == Entry(
        key="N-1",
        names=("Ottokar Zwirnbold", "Otokar Swirnbold"),
        born=("1961-02-03",),
        countries=("DEU",),
        remarks="Tests · Weaver · Made up",
    )
    assert second.names == ("Ludmilla Khlebotsev", "Людмила Хлебоцев")
    assert (second.born, second.countries) == ((*RANGE, *AROUND_1980), ("RUS",))


def test_european_union(file):
    first, second = persons(file(lists.EUROPEAN_UNION))

    assert first == Entry(
        key="N-1",
        names=("Ottokar Zwirnbold", "Otokar Swirnbold"),
        born=("1961-02-03",),
        countries=("DEU",),
        remarks="TESTS · Weaver · Made up",
    )
    assert (second.born, second.countries) == ((*RANGE, *AROUND_1980), ("RUS",))


def test_ofac_table_with_its_further_names(file):
    table, aliases = file(lists.OFAC_TABLE), file(lists.OFAC_ALIASES)
    first, second = persons(aliases, table)

    assert (first.key, first.names) == ("1", ("Ottokar ZWIRNBOLD", "Otokar SWIRNBOLD"))
    assert (first.born, first.countries) == (("1961-02-03",), ("DEU",))
    assert first.remarks.startswith("TESTS · Weaver · DOB 03 Feb 1961")
    assert (second.names, second.born) == (("Ludmilla KHLEBOTSEV", "LUDA"), (*RANGE, *AROUND_1980))
    assert persons(table)[0].names == ("Ottokar ZWIRNBOLD",)


def test_ofac_document(file):
    first, second = persons(file(lists.OFAC_DOCUMENT))

    assert (first.key, first.names) == ("1", ("Ottokar ZWIRNBOLD", "Otokar SWIRNBOLD"))
    assert (first.born, first.countries, first.remarks) == (("1961-02-03",), ("DEU",), "TESTS · Weaver")
    assert (second.born, second.countries) == ((*RANGE, *AROUND_1980), ("RUS",))


@pytest.mark.parametrize("content", [lists.UNITED_KINGDOM, lists.OFSI])
def test_united_kingdom_joins_the_rows_of_a_person(file, content):
    first, second = persons(file(content))

    assert [name.casefold() for name in first.names] == ["ottokar zwirnbold", "otokar swirnbold"]
    assert first.born[0] == "1961-02-03"
    assert first.countries[0] == "DEU"
    assert [name.casefold() for name in second.names] == ["ludmilla khlebotsev", "людмила хлебоцев"]
    assert (second.born, second.countries) == (("1970",), ("RUS",))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (",Somebody,,,", "Row 2 has no identifier."),
        ("N-1, ; ,,,", "Row 2 has no name."),
        ("N-1,Somebody,about Easter,,", "Row 2: “about Easter” is no date of birth."),
        ("N-1,Somebody,1970,", "Row 2 has 4 fields instead of 5."),
        ("N-1,Some\x08body,,,", "Row 2: a name has characters that cannot be printed."),
        (f"N-1,{'x' * 301},,,", "Row 2: a name is longer than 300 characters."),
        (f"{'x' * 121},Somebody,,,", "Row 2: the identifier is longer than 120 characters."),
        (f"N-1,{';'.join(map(str, range(1001)))},,,", "Row 2 has more than 1000 names."),
    ],
)
def test_a_row_that_cannot_be_used_is_named(file, row, sentence):
    (said,) = sentences(file(f"{lists.OWN.splitlines()[0]}\n{row}\n"))

    assert said.startswith(sentence)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no list that echt knows"),
        (b"name,age\nSomebody,7\n", "no list that echt knows"),
        (b"<html><body>Sign in</body></html>", "no list that echt knows"),
        (b"key,names,born,countries,remarks\nN-1,M\xfcller,,,\n", "Line 2 is not UTF-8"),
        (b'key,names,born,countries,remarks\nN-1,"Somebody,,,\n', "is not CSV"),
        (b"key," + b"x" * (5 * 1024 * 1024), "Line 1 is longer"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "Line 1 is not UTF-8"),
    ],
)
def test_a_file_that_is_no_list_is_refused(file, content, sentence):
    with pytest.raises(ListRefused, match=sentence):
        persons(file(content))


def test_a_document_that_was_cut_off_is_refused(file):
    content = lists.UNITED_NATIONS[:-200]

    with pytest.raises(ListRefused, match="not well-formed XML at line"):
        persons(file(content))


def test_two_files_that_are_no_pair_are_refused(file):
    with pytest.raises(ListRefused, match="one by one"):
        persons(file(lists.OWN), file(lists.OPENSANCTIONS))


LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE CONSOLIDATED_LIST [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
<CONSOLIDATED_LIST><INDIVIDUAL><FIRST_NAME>&c;</FIRST_NAME></INDIVIDUAL></CONSOLIDATED_LIST>
"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE CONSOLIDATED_LIST [<!ENTITY secret SYSTEM "file:///etc/hostname">]>
<CONSOLIDATED_LIST><INDIVIDUAL><FIRST_NAME>&secret;</FIRST_NAME></INDIVIDUAL></CONSOLIDATED_LIST>
"""
ELSEWHERE = """<?xml version="1.0"?>
<!DOCTYPE CONSOLIDATED_LIST SYSTEM "https://lists.example/list.dtd">
<CONSOLIDATED_LIST/>
"""


@pytest.mark.parametrize("content", [LAUGHS, OUTSIDE, ELSEWHERE])
def test_rule_1_a_document_type_is_refused(file, content):
    with pytest.raises(ListRefused, match="declares a document type"):
        persons(file(content))


def test_rule_1_an_entity_that_nothing_declares_is_refused(file):
    with pytest.raises(ListRefused, match="not well-formed"):
        persons(file("<CONSOLIDATED_LIST><INDIVIDUAL>&secret;</INDIVIDUAL></CONSOLIDATED_LIST>"))


@pytest.mark.parametrize(
    "inner",
    [
        "<A>" * records.DEEPEST + "</A>" * records.DEEPEST,
        "<A/>" * (records.MOST_ELEMENTS + 1),
        "x" * (records.MOST_TEXT + 1),
        f'<A a="{"x" * (records.MOST_TEXT + 1)}"/>',
    ],
    ids=["deep", "many", "long", "long attribute"],
)
def test_rule_2_a_record_is_bounded(file, inner):
    document = f"<CONSOLIDATED_LIST><INDIVIDUAL>{inner}</INDIVIDUAL></CONSOLIDATED_LIST>"

    with pytest.raises(ListRefused, match="Entry 1 is larger"):
        persons(file(document))


def test_rule_3_a_document_is_utf_8_whatever_it_says(file):
    content = lists.UNITED_NATIONS.replace("UTF-8", "UTF-16")

    assert persons(file(content))[1].names[1] == "Людмила Хлебоцев"
    with pytest.raises(ListRefused, match="not well-formed"):
        persons(file(lists.UNITED_NATIONS.replace("Ottokar", "Öttokar").encode("latin-1", "replace")))
