"""The rules about Python code, each a walk over the syntax tree."""

import ast
from collections.abc import Callable, Iterator

from tools.lint.guarded import GUARDED, may_ask
from tools.lint.rules import Lines, Place, Rule, in_package, room, within
from tools.texts import FUNCTIONS

FOLDERS = {"folder", "path", "out", "modules"}
MONEY = {"wallets", "holds", "reserves", "proofs"}
SURFACES = {"views.py", "views", "forms.py", "forms"}
LETTERS = ("django.core.mail", "smtplib", "anymail", "aiosmtplib", "email.message", "email.mime")
LOADERS = ("pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "joblib")
CLOCKS = {
    "timezone.now",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
}
CONVERSIONS = {"timezone.localtime", "timezone.localdate"}
QUERIES = {
    "get",
    "filter",
    "exclude",
    "all",
    "first",
    "last",
    "values",
    "values_list",
    "in_bulk",
    "aget",
    "raw",
}
QUERIES |= {
    "select_for_update",
    "select_related",
    "prefetch_related",
    "only",
    "defer",
    "order_by",
    "iterator",
}
WRITES = {
    "create",
    "bulk_create",
    "get_or_create",
    "update_or_create",
    "bulk_update",
    "update",
    "delete",
    "save",
}

Check = Callable[[ast.AST], bool]


def nodes(check: Check) -> Callable[[str], Lines]:
    """The lines of all nodes for which the check holds."""

    def find(source: str) -> Iterator[int]:
        return (node.lineno for node in ast.walk(ast.parse(source)) if check(node) and hasattr(node, "lineno"))

    return find


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a chain of names, with `()` for calls between; the empty text for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{dotted(node.func)}()"
    return ""


def imports(node: ast.AST, modules: tuple[str, ...]) -> bool:
    """Whether the node imports one of the modules or something out of them."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and node.module:
        names = [f"{node.module}.{alias.name}" for alias in node.names]
    else:
        return False
    return any(f"{name}.".startswith(f"{module}.") for name in names for module in modules)


def sends_mail(node: ast.AST) -> bool:
    return imports(node, LETTERS)


def reads_a_clock(node: ast.AST) -> bool:
    """A call that answers with the present; the conversions do so only where nothing is given to convert."""
    if not isinstance(node, ast.Call):
        return False
    name = ".".join(dotted(node.func).split(".")[-2:])
    return name in CLOCKS or (name in CONVERSIONS and not node.args)


def loads_objects(node: ast.AST) -> bool:
    return imports(node, LOADERS) or (isinstance(node, ast.Call) and dotted(node.func) == "yaml.load")


def builds_a_text(node: ast.AST) -> bool:
    """A call of a translation function with anything but written-out texts."""
    if not isinstance(node, ast.Call) or dotted(node.func).rpartition(".")[2] not in FUNCTIONS:
        return False
    places = [place for place in FUNCTIONS[dotted(node.func).rpartition(".")[2]] if place is not None]
    texts = [node.args[place] for place in places if place < len(node.args)]
    return any(not isinstance(text, ast.Constant) for text in texts)


def trusts_markup(node: ast.AST) -> bool:
    called = isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2]
    return called in {"mark_safe", "SafeString", "SafeText"}


def waits_for_the_commit(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and dotted(node.func).endswith("on_commit")


def uses_a_float(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, float)
    if isinstance(node, ast.Name):
        return node.id == "float"
    if isinstance(node, ast.BinOp | ast.AugAssign):
        return isinstance(node.op, ast.Div) and not _joins_paths(node)
    return False


def _joins_paths(node: ast.BinOp | ast.AugAssign) -> bool:
    """A stroke beside a written-out text, or after a folder, joins paths."""
    sides = [node.left, node.right] if isinstance(node, ast.BinOp) else [node.value]
    if dotted(sides[0]).rpartition(".")[2].lower().lstrip("_") in FOLDERS:
        return True
    if isinstance(sides[0], ast.BinOp) and _joins_paths(sides[0]):
        return True
    return any(isinstance(side, ast.JoinedStr) or isinstance(getattr(side, "value", None), str) for side in sides)


def writes_to_a_table(node: ast.AST) -> bool:
    """A call that writes: on a manager or a query, or `save` and `delete` on an object other than a form."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES):
        return False
    owner = dotted(node.func.value)
    if "objects" in owner.split(".") or any(f".{query}()" in owner for query in QUERIES):
        return True
    return node.func.attr in {"save", "delete"} and owner.split(".")[-1] not in {"form", "super()", "session"}


def asks_for(model: str) -> Check:
    """The check for a query of the model through its manager."""
    managers = {f"{model}.objects", f"{model}._default_manager"}

    def asks(node: ast.AST) -> bool:
        return isinstance(node, ast.Attribute) and node.attr in QUERIES and dotted(node.value) in managers

    return asks


def _outside(*places: str) -> Callable[[Place], bool]:
    return lambda place: in_package(place) and not str(place).startswith(places)


def _in_surface(place: Place) -> bool:
    return in_package(place) and bool(room(place)) and within(place).parts[0] in SURFACES


RULES = [
    Rule(
        "mail-around-the-room",
        "a message that leaves by another way carries no code and no number and is in no ledger. "
        "Declare a kind in mails.py and call echt.mail.send.send.",
        _outside("src/echt/mail/"),
        nodes(sends_mail),
    ),
    Rule(
        "clock",
        "there is one clock, so that tests can set it and no time is naive. Call echt.clock.now().",
        _outside("src/echt/clock.py"),
        nodes(reads_a_clock),
    ),
    Rule(
        "built-text",
        "a text put together before translation is in no catalogue. "
        "Translate a written-out text with named places, then fill them: _(...) % {...}.",
        in_package,
        nodes(builds_a_text),
    ),
    Rule(
        "write-in-surface",
        "pages only parse input and call an action, so that every surface has the same authority check, "
        "audit event and mail. Move the write into actions/.",
        _in_surface,
        nodes(writes_to_a_table),
    ),
    Rule(
        "float-money",
        "an amount is a whole number of the asset's smallest unit; a float loses some of it. "
        "Use int, // and divmod, or fractions.Fraction for a rate.",
        lambda place: in_package(place) and room(place) in MONEY,
        nodes(uses_a_float),
    ),
    Rule(
        "loads-objects",
        "reading such data runs what its writer put in. Use JSON.",
        lambda place: place.suffix == ".py" and place.parts[0] != "tests",
        nodes(loads_objects),
    ),
    Rule(
        "trusted-markup",
        "markup that is called safe is no longer escaped. Use format_html or a template.",
        _outside("src/echt/ui/templatetags/"),  # where components are made from templates
        nodes(trusts_markup),
    ),
    Rule(
        "on-commit",
        "work that begins after the commit is lost if the process ends between the two. "
        "Enqueue the job inside the transaction: the table is the outbox.",
        _outside("src/echt/vault/"),  # which forgets keys in memory, nothing that could be lost
        nodes(waits_for_the_commit),
    ),
]

RULES += [
    Rule(
        f"guarded-{model.lower()}",
        f"{model} carries rights: one that is found without asking for them may be a stranger's. "
        f"Get it through echt.{home}.access.",
        lambda place, model=model: in_package(place) and not may_ask(place, model),  # type: ignore[misc]
        nodes(asks_for(model)),
    )
    for model, home in GUARDED.items()
]
