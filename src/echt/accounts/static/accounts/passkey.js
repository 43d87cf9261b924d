// Passkeys. A form with data-passkey="create" or "get" asks the browser before it is sent: the request stands in
// data-passkey-request as JSON, or comes from the address in data-passkey-options. The browser's answer goes into the
// hidden field that data-passkey-into names (`credential` where it does not). When there is none, data-passkey-problem
// shows.

const FROM_BASE64URL = { "-": "+", _: "/" };
const TO_BASE64URL = { "+": "-", "/": "_", "=": "" };

function bytes(text) {
  const plain = atob(text.replace(/[-_]/g, (sign) => FROM_BASE64URL[sign]));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function text(buffer) {
  const plain = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return plain.replace(/[+/=]/g, (sign) => TO_BASE64URL[sign]);
}

const withBytes = (list = []) => list.map((entry) => ({ ...entry, id: bytes(entry.id) }));

// For browsers without PublicKeyCredential.parse…FromJSON.
const parse = {
  create: (json) => ({
    ...json,
    challenge: bytes(json.challenge),
    user: { ...json.user, id: bytes(json.user.id) },
    excludeCredentials: withBytes(json.excludeCredentials),
  }),
  get: (json) => ({ ...json, challenge: bytes(json.challenge), allowCredentials: withBytes(json.allowCredentials) }),
};

function request(kind, json) {
  const native = { create: "parseCreationOptionsFromJSON", get: "parseRequestOptionsFromJSON" }[kind];
  return PublicKeyCredential[native]?.(json) ?? parse[kind](json);
}

function answer(credential) {
  if (credential.toJSON) return credential.toJSON();
  const { id, type, rawId, response, authenticatorAttachment } = credential;
  const given = { clientDataJSON: response.clientDataJSON };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) given[part] = response[part];
  }
  const told = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, text(value)]));
  const clientExtensionResults = credential.getClientExtensionResults();
  return { id, type, rawId: text(rawId), response: told, authenticatorAttachment, clientExtensionResults };
}

async function options({ passkeyRequest, passkeyOptions }) {
  if (passkeyRequest) return JSON.parse(passkeyRequest);
  const response = await fetch(passkeyOptions, { headers: { Accept: "application/json" } });
  const told = await response.json();
  return told.request_options ?? told;
}

async function ask(kind, dataset) {
  const { publicKey } = await options(dataset);
  return navigator.credentials[kind]({ publicKey: request(kind, publicKey) });
}

function problem(form, happened) {
  form.querySelector("[data-passkey-problem]").hidden = !happened;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("[type=submit]");
  const field = form.elements[form.dataset.passkeyInto ?? "credential"];
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.hasAttribute("aria-busy")) return;
    problem(form, false);
    button.setAttribute("aria-busy", "true");
    try {
      field.value = JSON.stringify(answer(await ask(form.dataset.passkey, form.dataset)));
      form.submit();
    } catch {
      button.removeAttribute("aria-busy");
      problem(form, true);
    }
  });
}
