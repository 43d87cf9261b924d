"""Each rule of the house finds what breaks it, and leaves alone what keeps it."""

from dataclasses import dataclass

import pytest

from tools.lint.house import RULES, findings_in
from tools.lint.rules import Place


@dataclass(frozen=True)
class Sample:
    rule: str
    place: str
    bad: str
    good: str


VIEWS = "src/echt/accounts/views.py"
PAGE = "src/echt/ui/templates/ui/page.html"

SAMPLES = [
    Sample(
        "mail-around-the-room",
        "src/echt/accounts/adapter.py",
        "from django.core.mail import send_mail",
        "from echt.mail.send import send",
    ),
    Sample("mail-around-the-room", "src/echt/ui/x.py", "import smtplib", "import ssl"),
    Sample(
        "mail-around-the-room",
        "src/echt/ui/x.py",
        "from django.core import mail",
        "from django.core import signing",
    ),
    Sample(
        "mail-around-the-room",
        "src/echt/ui/x.py",
        "from email.message import EmailMessage",
        "from email.parser import BytesParser",
    ),
    Sample("clock", "src/echt/accounts/codes.py", "at = timezone.now()", "at = clock.now()"),
    Sample("clock", "src/echt/accounts/codes.py", "at = datetime.datetime.now(UTC)", "at = datetime(2026, 1, 1)"),
    Sample("clock", "src/echt/ui/x.py", "at = timezone.localtime()", "at = timezone.localtime(moment)"),
    Sample("clock", "src/echt/work/x.py", "began = time.time()", "began = time.monotonic()"),
    Sample("built-text", VIEWS, 'text = _(f"Hello {name}")', 'text = _("Hello %(name)s") % {"name": name}'),
    Sample("built-text", VIEWS, 'text = gettext("Hello {}".format(name))', 'text = gettext("Hello")'),
    Sample("built-text", VIEWS, 'text = ngettext("one", "%d" % n, n)', 'text = ngettext("one", "%(n)s", n)'),
    Sample("built-text", VIEWS, "text = _(words)", 'text = pgettext("month", "May")'),
    Sample("write-in-surface", VIEWS, "user.save()", "form.save()"),
    Sample("write-in-surface", VIEWS, "Code.objects.create(value=1)", "change_code(actor=user, code=code)"),
    Sample("write-in-surface", VIEWS, "user.codes.filter(old=True).delete()", "code.read()"),
    Sample(
        "write-in-surface",
        "src/echt/mail/views/lookup.py",
        "rows.filter(a=1).update(b=2)",
        "context.update(b=2)",
    ),
    Sample("float-money", "src/echt/wallets/amounts.py", "half = amount / 2", "half = amount // 2"),
    Sample("float-money", "src/echt/holds/share.py", "rate = 0.5", "rate = Fraction(1, 2)"),
    Sample("float-money", "src/echt/proofs/read.py", "def f(x: float) -> int: ...", 'path = folder / "tree"'),
    Sample("loads-objects", "tools/x.py", "import pickle", "import json"),
    Sample("loads-objects", "tools/x.py", "from yaml import load\nyaml.load(text)", "yaml.safe_load(text)"),
    Sample("trusted-markup", VIEWS, "html = mark_safe(text)", 'html = format_html("<b>{}</b>", text)'),
    Sample("on-commit", VIEWS, "transaction.on_commit(deliver)", "deliver.enqueue()"),
    Sample("guarded-user", VIEWS, "User.objects.get(pk=pk)", "user_for(actor, pk)"),
    Sample("guarded-user", "src/echt/mail/send.py", "User.objects.filter(pk=1)", "user.mails.all()"),
    Sample(
        "guarded-message",
        "src/echt/mail/views/x.py",
        "Message.objects.get(number=n)",
        "message_for(actor, n)",
    ),
    Sample("guarded-auditevent", VIEWS, "AuditEvent.objects.all()", "history_of(user.pk)"),
    Sample("guarded-datakey", VIEWS, "DataKey.objects.first()", "seal(b'')"),
    Sample(
        "guarded-recoverycode",
        VIEWS,
        "RecoveryCode.objects.filter(user=user)",
        "recovery_codes_of(user)",
    ),
    Sample("guarded-antiphishingcode", VIEWS, "AntiPhishingCode.objects.last()", "current_code(user)"),
    Sample("inline-style", PAGE, '<p class="a" style="color: red">', '<p class="style">'),
    Sample("inline-style", PAGE, "<style>p {}</style>", "{# <style> #}"),
    Sample("inline-handler", PAGE, '<button\n  onclick="go()">', '<button data-on="go">'),
    Sample("inline-handler", PAGE, '<a href="javascript:go()">', '<a href="/go/">'),
    Sample(
        "inline-script",
        PAGE,
        "<script>go()</script>",
        '<script type="module" src="{% static "x.js" %}"></script>',
    ),
    Sample("trusted-markup-in-template", PAGE, "{{ text|safe }}", "{{ text }}"),
    Sample("trusted-markup-in-template", PAGE, "{% autoescape off %}", "{{ safe }}"),
    Sample("foreign-origin", PAGE, '<img src="https://images.example/x.png">', '<a href="https://news.example/">'),
    Sample("untranslated", PAGE, "<p>Hello there</p>", '<p>{% translate "Hello there" %}</p>'),
    Sample(
        "untranslated",
        PAGE,
        '<a aria-label="Close it">',
        '<a aria-label="{% translate \'Close it\' %}" class="menu">',
    ),
    Sample(
        "untranslated",
        PAGE,
        "<p>\n  Hello\n</p>",
        "{% blocktranslate %}\n  Hello\n{% endblocktranslate %}&nbsp;",
    ),
    Sample("room-of-everything", "src/echt/mail/utils.py", "x = 1", ""),
    Sample("room-of-everything", "src/echt/core/models.py", "x = 1", ""),
    Sample("long-file", "src/echt/mail/x.py", "x = 1\n" * 401, "x = 1\n" * 400),
    Sample("long-test", "tests/mail/test_x.py", "x = 1\n" * 601, "x = 1\n" * 600),
    Sample("unfinished", "src/echt/mail/x.py", "# TO" + "DO: finish", "# the to-do list"),
    Sample("host-in-lock", "requirements.lock", "--index-url https://packages.example/", "django==5.2.19"),
    Sample("host-in-lock", "package-lock.json", '"resolved": "https://x.example/a.tgz"', '"version": "1.0"'),
    Sample("machine-path", "docs/deploy.md", "cd /ho" + "me/me/echt", "cd /var/lib/echt and /homepage"),
]


def broken(sample: Sample, source: str) -> set[str]:
    return {finding.rule.name for finding in findings_in(Place(sample.place), source)}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.rule)
def test_what_breaks_the_rule_is_found(sample: Sample):
    assert sample.rule in broken(sample, sample.bad)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.rule)
def test_what_keeps_the_rule_is_left_alone(sample: Sample):
    kept = sample.rule != "room-of-everything"
    place = sample if kept else Sample(sample.rule, "src/echt/mail/letters.py", "", "")

    assert broken(place, sample.good) == set()


def test_every_rule_has_a_sample_that_breaks_it():
    assert {rule.name for rule in RULES} == {sample.rule for sample in SAMPLES}


def test_a_rule_is_broken_where_it_does_not_apply():
    mail = "import smtplib"

    assert not list(findings_in(Place("src/echt/mail/transport/smtp.py"), mail))
    assert list(findings_in(Place("src/echt/mail_reader/smtp.py"), mail))


def test_a_line_may_break_a_rule_with_a_reason_and_not_without():
    line = "began = time.time()  # house: clock:"

    assert list(findings_in(Place("src/echt/work/x.py"), line))
    assert not list(findings_in(Place("src/echt/work/x.py"), f"{line} the operating system's own time of a file"))


def test_a_finding_names_file_line_rule_and_what_to_do():
    (finding,) = findings_in(Place("src/echt/work/x.py"), "\nbegan = time.time()")

    assert str(finding).startswith("src/echt/work/x.py:2: clock: ")
    assert "echt.clock.now()" in str(finding)
