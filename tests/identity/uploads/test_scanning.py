import socket
import threading
from contextlib import contextmanager

import pytest

from echt.identity.uploads.reasons import Reason
from echt.identity.uploads.refusals import UploadRefused
from echt.identity.uploads.sanitise import sanitise, sanitise_all
from echt.identity.uploads.scanning import Both, ClamdScanner, ScannerSilent, SignatureScanner, scanner_at
from tests.identity.uploads.corpus import EICAR, jpegs, zipped
from tests.identity.uploads.drawing import SIZE, after_start, jpeg, png, segment

own = SignatureScanner()


class Finds:
    def __init__(self, found=""):
        self.found = found
        self.seen = []

    def scan(self, content):
        self.seen.append(content)
        return self.found


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (EICAR, "EICAR"),
        (jpeg() + EICAR, "EICAR"),
        (after_start(jpeg(), segment(0xFE, EICAR)), "EICAR"),
        (jpeg() + b"MZ\x90\0" + bytes(80) + b"This program cannot be run in DOS mode", "Windows"),
        (jpeg() + b"\x7fELF\2\1\1" + bytes(8) + b"\x02\0\x3e\0", "Linux"),
        (jpeg() + zipped("META-INF/MANIFEST.MF"), "Java"),
        (jpeg() + zipped("word/vbaProject.bin"), "office"),
        (after_start(jpeg(), segment(0xFE, b"<?php\n@eval($_POST['x']); ?>")), "web server"),
        (after_start(jpeg(), segment(0xFE, b"<?PHP SYSTEM('id')")), "web server"),
        (after_start(jpeg(), segment(0xFE, b"<?=`$_GET[0]`?>")), "web server"),
    ],
)
def test_rule_1_what_is_known_as_harmful_has_a_name(content, name):
    assert name in own.scan(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        jpeg(),
        png(),
        b"<?xpacket begin=''?><x:xmpmeta>system</x:xmpmeta>",
        b"MZ in a text",
        b"PK\3\4",
        bytes(1_000_000),
    ],
)
def test_rule_1_what_is_harmless_has_none(content):
    assert own.scan(content) == ""


def test_rule_1_harmful_pictures_of_the_corpus_are_refused_before_they_are_opened():
    found = {name for name, sample in jpegs().items() if own.scan(sample.content)}

    assert found >= {
        "jpeg and jar",
        "jpeg with php in a comment",
        "jpeg with eicar in a comment",
        "jpeg with php in its exif",
    }


def test_rule_1_a_finding_is_a_refusal():
    with pytest.raises(UploadRefused) as refused:
        sanitise(jpeg() + EICAR)

    assert refused.value.reason is Reason.INFECTED
    assert "virus scanner" in refused.value.sentence


def test_rule_1_the_scanner_sees_the_bytes_as_they_came():
    scanner = Finds()
    content = jpeg() + b"tail"
    clean = sanitise(content, scanner=scanner)

    assert scanner.seen == [content]
    assert (clean.width, clean.height) == SIZE


def test_rule_1_one_harmful_frame_refuses_them_all():
    with pytest.raises(UploadRefused):
        sanitise_all([png(), png()], scanner=Finds("bad"))


def test_frames_that_are_no_pictures_are_left_out():
    assert [bool(clean) for clean in sanitise_all([png(), b"x", b"", jpeg()], scanner=Finds())] == [
        True,
        False,
        False,
        True,
    ]


def test_what_is_too_big_is_refused_before_anybody_looks_at_it():
    scanner = Finds()
    with pytest.raises(UploadRefused) as refused:
        sanitise(bytes(10_000_001), scanner=scanner)

    assert refused.value.reason is Reason.TOO_BIG
    assert scanner.seen == []


@contextmanager
def clamd(answer, *, family=socket.AF_INET, place=None, keeps=True):
    """A clamd that says this; yields its address and what it was sent."""
    sent = bytearray()
    with socket.socket(family) as server:
        server.bind(place or ("127.0.0.1", 0))
        server.listen()
        thread = threading.Thread(target=_serve, args=(server, answer, sent, keeps))
        thread.start()
        yield place or "{}:{}".format(*server.getsockname()), sent
        thread.join(10)


def _serve(server, answer, sent, keeps):
    connection, _ = server.accept()
    with connection:
        while keeps and not sent.endswith(bytes(4)):
            if not (data := connection.recv(65536)):
                return
            sent += data
        connection.sendall(answer)


def received(sent):
    """The file that came in blocks."""
    assert sent.startswith(b"zINSTREAM\0")
    place, content = len(b"zINSTREAM\0"), b""
    while length := int.from_bytes(sent[place : place + 4], "big"):
        content += sent[place + 4 : place + 4 + length]
        place += 4 + length
    return content


def test_clamd_is_sent_the_bytes_in_blocks():
    content = b"a picture " * 20_000
    with clamd(b"stream: OK\0") as (address, sent):
        assert ClamdScanner(address).scan(content) == ""

    assert received(bytes(sent)) == content


def test_clamd_is_reached_by_its_socket(tmp_path):
    place = str(tmp_path / "clamd.sock")
    with clamd(b"stream: OK\0", family=socket.AF_UNIX, place=place) as (address, _):
        assert ClamdScanner(address).scan(b"x") == ""


def test_clamd_names_what_it_finds():
    with clamd(b"stream: Win.Test.EICAR_HDB-1 FOUND\0") as (address, _):
        assert ClamdScanner(address).scan(EICAR) == "Win.Test.EICAR_HDB-1"


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"UNKNOWN COMMAND\0", b"stream: ", b"OKAY\0"]
)
def test_rule_2_an_answer_that_is_no_verdict_refuses(answer):
    with clamd(answer) as (address, _), pytest.raises(ScannerSilent):
        ClamdScanner(address).scan(b"x")


def test_rule_2_nobody_there_refuses(tmp_path):
    for address in (str(tmp_path / "none.sock"), "127.0.0.1:1"):
        with pytest.raises(ScannerSilent):
            ClamdScanner(address).scan(b"x")


def test_rule_2_a_scanner_that_does_not_answer_in_time_refuses():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        with pytest.raises(ScannerSilent):
            ClamdScanner("{}:{}".format(*server.getsockname()), seconds=0.05).scan(b"x")


def test_rule_2_a_silent_scanner_lets_nothing_pass():
    with pytest.raises(UploadRefused) as refused:
        sanitise(jpeg(), scanner=ClamdScanner("127.0.0.1:1"))

    assert refused.value.reason is Reason.BUSY


def test_our_own_scanner_is_always_there():
    assert scanner_at("") == own
    with clamd(b"stream: OK\0", keeps=False) as (address, _):
        assert "EICAR" in scanner_at(address).scan(EICAR)
        socket.create_connection(address.split(":")).close()


def test_the_first_finding_counts():
    assert Both([Finds(), Finds("a"), Finds("b")]).scan(b"x") == "a"
