"""Addresses of identification."""

from django.urls import include, path

from echt.identity.uploads import urls as uploads
from echt.identity.views import cases, data, documents, faces, overview, photos, state, submitting

app_name = "identity"

of_a_case = [
    path("", cases.case, name="case"),
    path("document/", documents.document, name="document"),
    path("photo/<slug:item>/", photos.photo, name="photo"),
    path("pictures/", photos.add, name="add_picture"),
    path("data/", data.data, name="data"),
    path("residence/", documents.residence, name="residence"),
    path("consent/", faces.consent, name="consent"),
    path("face/", faces.face, name="face"),
    path("challenge/", faces.challenge, name="challenge"),
    path("answer/", faces.answer, name="answer"),
    path("submit/", submitting.check, name="check"),
    path("withdraw/", cases.withdraw, name="withdraw"),
    path("state/", state.state, name="state"),
]
urlpatterns = [
    path(
        "identification/",
        include(
            [
                path("", overview.overview, name="overview"),
                path("begin/<slug:level>/", cases.begin, name="begin"),
                path("consent/withdraw/", faces.withdraw, name="consent_withdraw"),
                path("pictures/<uuid:picture>/", photos.picture, name="picture"),
                path("uploads/", include(uploads)),
                path("<uuid:case>/", include(of_a_case)),
            ]
        ),
    )
]
