"""A passkey made of software: it answers a page's requests as a browser with a security key would (WebAuthn, level 2)."""

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.utils import websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
NO_MODEL = bytes(16)


class SoftAuthenticator:
    """One passkey. `verifies`: whether it asks its owner for fingerprint or PIN."""

    def __init__(self, *, origin: str = "http://testserver", verifies: bool = True) -> None:
        self.origin = origin
        self.flags = PRESENT | (VERIFIED if verifies else 0)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)
        self.owner = ""
        self.uses = 0

    def create(self, request: dict[str, Any]) -> str:
        """The answer to a registration, as JSON."""
        self.owner = request["user"]["id"]
        attested = NO_MODEL + len(self.id).to_bytes(2, "big") + self.id + cbor.encode(self._public_key())
        data = self._data(request["rp"]["id"], ATTESTED) + attested
        statement = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        told = {"clientDataJSON": self._client("webauthn.create", request), "attestationObject": statement}
        return self._answer(told, {"credProps": {"rk": True}})

    def get(self, request: dict[str, Any]) -> str:
        """The answer to an authentication, as JSON."""
        self.uses += 1
        data, client = self._data(request["rpId"]), self._client("webauthn.get", request)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        told = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        return self._answer(told, {}, userHandle=self.owner)

    def _public_key(self) -> dict[int, Any]:
        """COSE: an ES256 key on P-256 (RFC 9053)."""
        point = self.key.public_key().public_numbers()
        return {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}

    def _data(self, site: str, more: int = 0) -> bytes:
        return hashlib.sha256(site.encode()).digest() + bytes([self.flags | more]) + self.uses.to_bytes(4, "big")

    def _client(self, kind: str, request: dict[str, Any]) -> bytes:
        told = {"type": kind, "challenge": request["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _answer(self, told: dict[str, bytes], results: dict[str, Any], **more: str) -> str:
        name = websafe_encode(self.id)
        response = {part: websafe_encode(value) for part, value in told.items()} | more
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": results}
        )
