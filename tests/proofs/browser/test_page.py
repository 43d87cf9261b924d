"""The page of one file: what it is made of, and what it can't do."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from echt.proofs.browser import page

ADDRESSES = {"http://www.w3.org/2000/svg"}
"""Names of vocabularies, where nothing is fetched from."""
REACHES_OUT = re.compile(
    r"\b(?:fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|localStorage|indexedDB)\b"
)
TOUCHES_THE_PAGE = re.compile(r"\b(?:document|window|navigator|location)\.")
MAKES_MARKUP = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function")


@pytest.fixture(scope="module")
def built():
    return page.build()


def test_rule_1_the_same_bytes_every_time(built):
    assert page.build() == built


def test_rule_2_the_policy_names_script_and_style_and_nothing_else(built):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', built)[1]
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", built, re.DOTALL)
        digest = b64encode(sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}';" in policy
    for rule in ("default-src 'none'", "connect-src 'none'", "form-action 'none'", "base-uri 'none'"):
        assert rule in policy.split("; ")
    assert "unsafe" not in policy


def test_rule_2_there_is_no_address_in_it(built):
    assert set(re.findall(r"(?:https?:)?//[\w.-]+\.\w+[\w./]*", built)) - {"//www.w3.org/2000/svg"} == ADDRESSES


def test_rule_2_nothing_reaches_out_stores_or_makes_markup(built):
    script = built.partition("<script")[2]
    assert REACHES_OUT.findall(script) == []
    assert MAKES_MARKUP.findall(script) == []


def test_rule_2_no_inline_style_and_no_handler(built):
    assert re.findall(r"<[^>]*\s(?:style|on\w+)=", built.partition("<script")[0]) == []


def test_rule_3_every_module_is_in_it_line_for_line(built):
    for name in ("strict_json", "ed25519", "commitment", "check_tree", "proof", "words"):
        source = (page.MODULES / f"{name}.js").read_text("utf-8")
        lines = [line.removeprefix("export ") for line in source.splitlines() if not line.startswith("import ")]
        assert all(one in built for one in "\n".join(lines).split("\n\n\n")), name


def test_rule_3_what_is_joined_does_what_the_modules_do(tmp_path, node):
    script = tmp_path / "joined.mjs"
    script.write_text(page.joined("proof") + "\nexport const { verify } = proof_js;\n", "utf-8")
    joined = node.call(f"{script.as_uri()} verify", b"{}", {})
    assert joined == node.verify(b"{}")


@pytest.mark.parametrize(
    "source",
    [
        'import * as all from "./bytes.js";\n',
        'import { concat as join } from "./bytes.js";\n',
        "export default 1;\n",
        "const text = '</script>';\n",
        "const text = '<!--';\n",
        'import { itself } from "./odd.js";\nexport const itself = 1;\n',
    ],
)
def test_rule_3_a_module_of_another_form_is_refused(monkeypatch, tmp_path, source):
    (tmp_path / "odd.js").write_text(source, "utf-8")
    (tmp_path / "bytes.js").write_text("export function concat() {}\n", "utf-8")
    monkeypatch.setattr(page, "MODULES", tmp_path)
    with pytest.raises(page.NotJoined):
        page.joined("odd")


def test_the_verifier_itself_knows_nothing_of_pages():
    joined = re.sub(r"//.*|/\*.*?\*/", "", page.joined("proof"))
    assert TOUCHES_THE_PAGE.findall(joined) == []
    assert re.findall(r"\bDate\b|Math\.random|performance", joined) == []


def test_no_line_is_longer_than_those_of_the_house():
    long = [
        f"{file.name}:{number}"
        for file in page.MODULES.iterdir()
        if file.name.endswith(".js")
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if len(line) > 120
    ]
    assert long == []


def test_both_languages_say_the_same_things(node):
    said = node.value("words.js WORDS")
    assert _shape(said["en"]) == _shape(said["de"])


def _shape(words):
    """Every text as what is filled in there; lists and objects as they are."""
    if isinstance(words, dict):
        return {name: _shape(text) for name, text in words.items()}
    if isinstance(words, list):
        return [_shape(text) for text in words]
    return sorted(re.findall(r"\{(\w+)\}", words)) if isinstance(words, str) else words


def test_every_text_of_the_template_is_there_and_none_is_left_over(node, built):
    english = node.value("words.js WORDS")["en"]
    head, _, script = built.partition("<script")
    in_page = set(re.findall(r'data-say(?:-label)?="([\w.]+)"', head))
    assert in_page - english.keys() == set()
    quoted = set(re.findall(r'["`]([\w. ]+)["`]', script.replace("words_js", ""))) | set(re.findall(r"\.(\w+)", script))
    made = {f"{notice}.{part}" for notice in ("crypto", "foreign", "fault") for part in ("title", "text")}
    made |= {f"role.{slot}.{part}" for slot in ("statement", "older_checkpoint") for part in ("title", "text")}
    assert {name for name in english if name not in in_page | quoted | made} == set()
