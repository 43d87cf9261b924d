"""Every place of another exchange's JSON file, with something else in it: what hostile hands or a broken disk could send."""

import copy
import json

JUNK = (
    None,
    True,
    0,
    -1,
    2**70,
    1.5,
    "",
    "0",
    "-1",
    "1e99",
    "1e999999999",
    "9" * 300,
    "x",
    "A" * 64,
    "\ud800",
    "1,2",
    [],
    [[]],
    [None],
    {},
    {"": {}},
    {"BTC": "-1"},
)
REMOVED = object()


def every_place(file):
    """`(where and what, content)` for every member and element: taken away, something else in its stead, one more beside."""
    for path in list(_paths(file)):
        for new in (REMOVED, *JUNK):
            changed = _with(file, path, new)
            if changed != file or not _same_kind(file, path, new):
                yield f"{path}: {'nothing' if new is REMOVED else repr(new)[:20]}", json.dumps(changed).encode()


def _paths(value, path=()):
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from _paths(inner, (*path, key))


def _with(file, path, new):
    changed = copy.deepcopy(file)
    place = changed
    for key in path[:-1]:
        place = place[key]
    if new is REMOVED:
        del place[path[-1]]
    else:
        place[path[-1]] = new
    return changed


def _same_kind(file, path, new):
    """`True == 1` for Python, but not for JSON."""
    for key in path:
        file = file[key]
    return type(file) is type(new)
