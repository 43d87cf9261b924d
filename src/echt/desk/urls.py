"""Addresses of the desk."""

from django.urls import path

from echt.desk.audit import views as audit
from echt.desk.identity.views import case, deciding, figures, pictures, queue, steps

app_name = "desk"
urlpatterns = [
    path("desk/", queue.index, name="queue"),
    path("desk/cases/<uuid:case>/", case.case, name="case"),
    path("desk/cases/<uuid:case>/look/", case.look, name="look"),
    path("desk/cases/<uuid:case>/claim/", case.take, name="claim"),
    path("desk/cases/<uuid:case>/release/", case.give_back, name="release"),
    path("desk/cases/<uuid:case>/decide/", deciding.decide, name="decide"),
    path("desk/cases/<uuid:case>/preview/", deciding.preview, name="preview"),
    path("desk/cases/<uuid:case>/revoke/", deciding.revoke, name="revoke"),
    path("desk/cases/<uuid:case>/note/", steps.note, name="note"),
    path("desk/cases/<uuid:case>/hold/", steps.put_on_hold, name="hold"),
    path("desk/cases/<uuid:case>/resume/", steps.take_off_hold, name="resume"),
    path("desk/decisions/<uuid:decision>/confirm/", deciding.confirm_it, name="confirm"),
    path("desk/decisions/<uuid:decision>/reject/", deciding.reject_it, name="reject"),
    path("desk/decisions/<uuid:decision>/take-back/", deciding.take_it_back, name="take_back"),
    path("desk/pictures/<uuid:picture>/", pictures.picture, name="picture"),
    path("desk/hits/", steps.hits, name="hits"),
    path("desk/hits/<uuid:hit>/", steps.hit, name="hit"),
    path("desk/figures/", figures.index, name="figures"),
    path("desk/audit/", audit.index, name="audit"),
    path("desk/audit/check/", audit.check, name="audit_check"),
    path("desk/audit/export/", audit.export_record, name="audit_export"),
]
