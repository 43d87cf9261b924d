"""The profile: nickname, language, time zone; on narrow screens also the way to all that is personal."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from echt.accounts.actions.profile import change_profile
from echt.accounts.security_forms import ProfileForm
from echt.accounts.views.answers import reader, show, typed
from echt.ui.audience import Audience, page


@page(Audience.CUSTOMER, "GET", "POST")
def profile(request: HttpRequest) -> HttpResponseBase:
    user = reader(request)
    kept = {"nickname": user.nickname, "language": user.language, "zone": user.zone}
    form = ProfileForm(typed(request), initial=kept)
    if not form.is_valid():
        return show(request, "profile.html", form=form, here="profile")
    change_profile(actor=user, **form.cleaned_data)
    with translation.override(form.cleaned_data["language"]):
        messages.success(request, _("Your profile is saved."))
    return redirect("accounts:profile")
