import pytest

from echt.ui.redirects import own_path

pytestmark = pytest.mark.urls("tests.ui.urls")


@pytest.mark.parametrize("target", ["/", "/customer/", "/anyone/?number=K7QF"])
def test_a_page_of_ours_is_kept(target):
    assert own_path(target) == target


@pytest.mark.parametrize(
    "target",
    [
        "",
        "customer/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "/\t/evil.example/",
        "https://evil.example/",
        "http:evil.example",
        "javascript:alert(1)",
        "https://127.0.0.1:8000/",
        "/absent/",
        "/undeclared/",
        "/sign-out/",
        "/%0d%0aSet-Cookie:x",
    ],
)
def test_everything_else_leads_home(target):
    assert own_path(target) == "/"
    assert own_path(target, otherwise="/customer/") == "/customer/"
