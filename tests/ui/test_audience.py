import pytest
from django.http import HttpResponse
from django.views import View

from echt.ui.audience import Audience, declaration_of, page


def library_view(request):
    return HttpResponse("library")


class LibraryView(View):
    def get(self, request):
        return HttpResponse("class")


def test_rule_1_a_view_that_says_nothing_has_no_declaration():
    assert declaration_of(library_view) is None


def test_rule_2_a_librarys_view_stays_untouched():
    declared = page(Audience.ANYONE, "GET")(library_view)

    assert declaration_of(declared).audience is Audience.ANYONE
    assert declared(None).content == b"library"
    assert declaration_of(library_view) is None


def test_a_class_is_declared_where_it_gets_its_address(rf):
    declared = page(Audience.STAFF, "GET")(LibraryView.as_view())

    assert declared.audience is Audience.STAFF
    assert declared(rf.get("/")).content == b"class"


def test_rule_3_head_comes_with_get_and_nothing_else_by_itself():
    assert page(Audience.ANYONE, "GET")(library_view).methods == {"GET", "HEAD"}
    assert page(Audience.ANYONE, "POST")(library_view).methods == {"POST"}


@pytest.mark.parametrize("methods", [(), ("get",), ("GET", "TRACE")])
def test_methods_are_named_and_known(methods):
    with pytest.raises(ValueError, match="names its methods"):
        page(Audience.ANYONE, *methods)


@pytest.mark.parametrize("audience", sorted(set(Audience) - {Audience.ANYONE}))
def test_what_is_not_for_anyone_is_secret(audience):
    assert page(audience, "GET")(library_view).secret


def test_only_what_is_for_anyone_can_be_shared():
    with pytest.raises(ValueError, match="cannot be shared"):
        page(Audience.CUSTOMER, "GET", shared=True)
    with pytest.raises(ValueError, match="cannot be shared"):
        page(Audience.ANYONE, "GET", secret=True, shared=True)


def test_rule_4_the_camera_is_asked_for_by_name_and_for_customers_alone():
    assert not page(Audience.CUSTOMER, "GET")(library_view).declaration.camera
    assert page(Audience.CUSTOMER, "GET", camera=True)(library_view).declaration.camera
    for audience in set(Audience) - {Audience.CUSTOMER}:
        with pytest.raises(ValueError, match="can have the camera"):
            page(audience, "GET", camera=True)


def test_a_decorator_around_it_keeps_the_declaration():
    from django.views.decorators.csrf import csrf_exempt

    assert csrf_exempt(page(Audience.DEMO, "GET")(library_view)).audience is Audience.DEMO
