"""Addresses of the desk."""

from django.urls import path

from echt.desk import start
from echt.desk.assets import views as assets
from echt.desk.audit import views as audit
from echt.desk.holds.views import hold as held
from echt.desk.holds.views import queue as holds
from echt.desk.holds.views import steps as held_steps
from echt.desk.identity.views import case, deciding, figures, pictures, steps
from echt.desk.limits import views as limits
from echt.desk.policies import exempting
from echt.desk.policies import views as policies

app_name = "desk"
urlpatterns = [
    path("desk/", start.index, name="queue"),
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
    path("desk/holds/", holds.index, name="holds"),
    path("desk/holds/<uuid:hold>/", held.hold, name="held"),
    path("desk/holds/<uuid:hold>/look/", held.look, name="held_look"),
    path("desk/holds/<uuid:hold>/extend/", held_steps.extend, name="held_extend"),
    path("desk/holds/<uuid:hold>/freeze/", held_steps.freeze, name="held_freeze"),
    path("desk/holds/<uuid:hold>/unfreeze/", held_steps.unfreeze, name="held_unfreeze"),
    path("desk/holds/<uuid:hold>/release/", held_steps.propose_release, name="held_release"),
    path("desk/holds/<uuid:hold>/claw-back/", held_steps.propose_claw_back, name="held_claw_back"),
    path("desk/proposals/<uuid:proposal>/agree/", held_steps.agree, name="proposal_agree"),
    path("desk/proposals/<uuid:proposal>/reject/", held_steps.reject, name="proposal_reject"),
    path("desk/proposals/<uuid:proposal>/take-back/", held_steps.take_back, name="proposal_take_back"),
    path("desk/appeals/<uuid:appeal>/refuse/", held_steps.refuse_appeal, name="appeal_refuse"),
    path("desk/appeals/documents/<uuid:file>/", held.document, name="appeal_document"),
    path("desk/policies/", policies.index, name="policies"),
    path("desk/policies/<slug:name>/", policies.policy, name="policy"),
    path("desk/policies/<slug:name>/change/", policies.change, name="policy_change"),
    path("desk/policies/<slug:name>/end/", policies.end, name="policy_end"),
    path("desk/new-policy/", policies.make, name="policy_make"),
    path("desk/policy-trial/", policies.trial, name="policy_trial"),
    path("desk/exemptions/", exempting.exemptions, name="exemptions"),
    path("desk/exemptions/propose/", exempting.propose, name="exemption_propose"),
    path("desk/exemptions/<uuid:exemption>/agree/", exempting.agree, name="exemption_agree"),
    path("desk/exemptions/<uuid:exemption>/end/", exempting.end, name="exemption_end"),
    path("desk/limits/", limits.index, name="limits"),
    path("desk/limits/change/", limits.change, name="limit_change"),
    path("desk/limits/<uuid:limit>/end/", limits.end, name="limit_end"),
    path("desk/assets/", assets.index, name="assets"),
    path("desk/assets/add/", assets.add, name="asset_add"),
    path("desk/assets/<slug:code>/", assets.asset, name="asset"),
    path("desk/assets/<slug:code>/change/", assets.change, name="asset_change"),
    path("desk/assets/<slug:code>/network/", assets.network, name="asset_network"),
    path("desk/figures/", figures.index, name="figures"),
    path("desk/audit/", audit.index, name="audit"),
    path("desk/audit/check/", audit.check, name="audit_check"),
    path("desk/audit/export/", audit.export_record, name="audit_export"),
]
