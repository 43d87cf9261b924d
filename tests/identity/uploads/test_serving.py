from django.test import RequestFactory

from echt.identity.uploads.serving import picture_response


def test_rule_1_the_browser_saves_it_and_runs_nothing_in_it():
    answer = picture_response(b"\xff\xd8picture", "front")

    assert answer.content == b"\xff\xd8picture"
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == 'attachment; filename="front.jpg"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none';")


def test_rule_1_the_policy_of_pages_does_not_replace_it():
    from csp.middleware import CSPMiddleware

    answer = CSPMiddleware(lambda _: picture_response(b"x", "front"))(RequestFactory().get("/"))

    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none';")


def test_rule_2_nobody_else_embeds_it_and_nobody_keeps_it():
    answer = picture_response(b"x", "front")

    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store"


def test_a_name_cannot_break_out_of_its_header():
    answer = picture_response(b"x", 'a"; filename="b.html\r\nSet-Cookie: x'.replace("\r\n", ""))

    assert answer["Content-Disposition"].startswith('attachment; filename="a\\"; filename=')
