"""The compiled pass over CSV, against a slow one that can be read at a glance."""

import re

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from echt.proofs.input.tokens import Fault, tokenise

FIELD = re.compile(rb'"((?:[^"]|"")*)"(?=,|$)|([^",]*)(?=,|$)', re.DOTALL)


def slowly(text, fields):
    rows = []
    for line in text.removesuffix(b"\n").split(b"\n") if text else []:
        found = fields_of(line.removesuffix(b"\r"))
        if found is None or len(found) != fields:
            break
        rows.append(found)
    return rows


def fields_of(line):
    at, found = 0, []
    while line and at <= len(line):
        field = FIELD.match(line, at)
        if field is None:
            return None
        found.append(field[2] if field[1] is None else field[1].replace(b'""', b'"'))
        at = field.end() + 1
    return found


def quickly(text, fields, most):
    data = np.frombuffer(text, dtype=np.uint8).copy()
    rows, at, fault = [], 0, Fault.NONE
    while at < len(data) and fault == Fault.NONE:
        begins, ends = np.full((fields, most), -1), np.full((fields, most), -1)
        count, at, fault = tokenise(data, at, begins, ends)
        rows += [[data[begins[f, row] : ends[f, row]].tobytes() for f in range(fields)] for row in range(count)]
    return rows, fault


@settings(max_examples=500, deadline=None)
@given(
    st.lists(st.sampled_from([b"a", b"1", b",", b'"', b'""', b"\n", b"\r\n", b"\r", b'"a"', b"a,1\n"]), max_size=14),
    st.integers(1, 3),
    st.integers(1, 4),
)
def test_both_find_the_same_fields(pieces, fields, most):
    text = b"".join(pieces)
    wanted = slowly(text, fields)
    rows, fault = quickly(text, fields, most)
    assert rows == wanted
    assert (fault == Fault.NONE) == (len(rows) == len(text.removesuffix(b"\n").split(b"\n") if text else []))
