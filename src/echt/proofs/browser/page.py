"""The page of one file: `python -m echt.proofs.browser.page > verify.html`.

1. The same modules give the same bytes.
2. Everything is in the file; its policy names the script and the style by their hashes and allows no connection.
3. Browsers load no modules from a disk, so they are joined: each becomes a function that gives what the module exports,
   after those that it imports from. Their text stays as it is, line for line, for whoever reads it.
"""

import re
import sys
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files

MODULES = files(__package__)
IMPORT = re.compile(r'^import \{ (\w+(?:, \w+)*) \} from "\./(\w+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
LEFT_OVER = re.compile(r"^(?:import|export)\b|</script|<!--", re.MULTILINE)
FIRST = "page"


class NotJoined(ValueError):
    """A module is written in a way that cannot be joined."""


def build() -> str:
    """The page."""
    style, script = "\n" + _text("page.css"), "\n" + joined(FIRST)
    parts = {"policy": policy(style, script), "style": style, "script": script}
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], _text("page.html"))


def policy(style: str, script: str) -> str:
    """The page's Content-Security-Policy: what is not in the file does not happen."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src '{_hash(script)}'",
            f"style-src '{_hash(style)}'",
            "img-src data:",
            "connect-src 'none'",
            "form-action 'none'",
            "base-uri 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


def _hash(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"


def joined(name: str) -> str:
    """A module and all that it needs, as one script in which `NAME_js` has what the module exports."""
    return "\n".join(_as_function(one) for one in _order(name, {}))


def _order(name: str, seen: dict[str, bool]) -> Iterator[str]:
    """The module and those that it needs, which come first."""
    if name in seen:
        if not seen[name]:
            raise NotJoined(f"{name}.js imports from itself, in the end")
        return
    seen[name] = False
    for _, other in IMPORT.findall(_text(f"{name}.js")):
        yield from _order(other, seen)
    seen[name] = True
    yield name


def _as_function(name: str) -> str:
    """The module as `const name_js = (() => { ...; return { what it exports }; })();`."""
    source = _text(f"{name}.js")
    exported = EXPORT.findall(source)
    body = EXPORT.sub("", IMPORT.sub(r"const { \1 } = \2_js;\n", source))
    if LEFT_OVER.search(body):
        raise NotJoined(f"{name}.js has an import or export of another form, or a tag that would end the script")
    return f"// {name}.js\nconst {name}_js = (() => {{\n{body}\nreturn {{ {', '.join(exported)} }};\n}})();\n"


def _text(name: str) -> str:
    return (MODULES / name).read_text("utf-8")


if __name__ == "__main__":
    sys.stdout.write(build())
