"""The browser's verifier, run by Node: one process for many proofs."""

import json
import shutil
import subprocess
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Self

RUNNER = Path(__file__).with_name("node_verifier.mjs")


class NodeFault(AssertionError):
    """The modules threw; its text is the code of an `Unreadable`, or the stack of what nobody expected."""


class Whole(int):
    """A whole number that JavaScript gets as `BigInt`; other numbers it gets as its own."""


class NodeVerifier:
    """`NodeVerifier().verify(content, knowledge)` gives the report as a dict; the process is kept until `close`.

    `knowledge` has the names of `Knowledge`: `statement` and `older_checkpoint` are bytes, the rest is text.
    """

    def __init__(self) -> None:
        node = shutil.which("node")
        assert node, "Install Node (Debian: apt-get install nodejs), 20 or later."
        self.process = subprocess.Popen([node, RUNNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def verify(self, content: bytes, knowledge: dict[str, object] | None = None) -> dict:
        return self._ask({"content": content, "knowledge": knowledge or {}})

    def call(self, function: str, *arguments: object) -> object:
        """What a module's function gives: `call("ed25519.js isSignature", signature, message, key)`."""
        return self._ask({"call": function, "arguments": arguments})["result"]

    def value(self, name: str) -> object:
        """What a module exports under this name: `value("words.js WORDS")`."""
        return self._ask({"value": name})["result"]

    def canonical(self, text: str) -> str:
        """What `strict_json.js` reads there, as `canonical_json.js` writes it."""
        return self._ask({"canonical": text})["result"]

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=10)
        self.process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, task: dict[str, object]) -> dict:
        self.process.stdin.write(json.dumps(_for_json(task)) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline(), object_hook=_from_json)
        if "fault" in answer:
            raise NodeFault(answer["fault"])
        return answer


def _for_json(value: object) -> object:
    match value:
        case bytes():
            return {"base64": b64encode(value).decode()}
        case dict():
            return {name: _for_json(member) for name, member in value.items() if member is not None}
        case list() | tuple():
            return [_for_json(item) for item in value]
        case Whole():
            return {"whole": str(value)}
    return value


def _from_json(value: dict) -> object:
    if value.keys() == {"base64"}:
        return b64decode(value["base64"])
    return Whole(value["whole"]) if value.keys() == {"whole"} else value
