"""Addresses of wallets."""

from django.urls import path, register_converter

from echt.wallets.converters import AssetCode
from echt.wallets.views import (
    addresses,
    asset,
    buying,
    callbacks,
    converting,
    gifts,
    held,
    history,
    overview,
    sandbox,
    selling,
    sending,
    withdrawing,
)

register_converter(AssetCode, "asset_code")

app_name = "wallets"
urlpatterns = [
    path("wallets/", overview.overview, name="overview"),
    path("wallets/held/", held.held, name="held"),
    path("wallets/history/", history.history, name="history"),
    path("wallets/history/csv/", history.history_csv, name="history_csv"),
    path("wallets/buy/", buying.buy, name="buy"),
    path("wallets/buy/confirm/", buying.confirm, name="buy_confirm"),
    path("wallets/purchases/<uuid:purchase>/", buying.purchase, name="purchase"),
    path("wallets/purchases/<uuid:purchase>/pay/", sandbox.sandbox, name="sandbox"),
    path("wallets/convert/", converting.conversion, name="convert"),
    path("wallets/convert/confirm/", converting.confirm, name="convert_confirm"),
    path("wallets/sell/", selling.sale, name="sell"),
    path("wallets/sell/confirm/", selling.confirm, name="sell_confirm"),
    path("wallets/addresses/", addresses.addresses, name="addresses"),
    path("wallets/addresses/<uuid:address>/remove/", addresses.remove, name="address_remove"),
    path("wallets/withdraw/", withdrawing.withdraw, name="withdraw"),
    path("wallets/withdraw/confirm/", withdrawing.confirm, name="withdraw_confirm"),
    path("wallets/withdraw/<uuid:withdrawal>/", withdrawing.withdrawal, name="withdrawal"),
    path("wallets/withdraw/<uuid:withdrawal>/cancel/", withdrawing.cancel, name="withdrawal_cancel"),
    path("wallets/send/", sending.send, name="send"),
    path("wallets/send/confirm/", sending.confirm, name="send_confirm"),
    path("wallets/gifts/", gifts.gifts, name="gifts"),
    path("wallets/gifts/confirm/", gifts.confirm, name="gift_confirm"),
    path("wallets/gifts/<uuid:gift>/", gifts.gift, name="gift"),
    path("wallets/gifts/<uuid:gift>/take-back/", gifts.bring_back, name="gift_take_back"),
    path("gift/<slug:secret>/", gifts.gift_link, name="gift_link"),
    path("gift/<slug:secret>/claim/", gifts.gift_claim, name="gift_claim"),
    path("payments/<slug:processor>/", callbacks.callback, name="callback"),
    path("wallets/<asset_code:code>/", asset.asset, name="asset"),
]
