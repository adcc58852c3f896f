// Passkeys: the browser makes or uses one, and its answer goes to the server in an ordinary form. A form says with
// data-passkey whether to create or to get, and with data-passkey-options where the server's challenge is: the id of a
// JSON block in the page, or an address that answers with JSON.
const toBytes = (text) => {
  const padded = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(padded), (character) => character.charCodeAt(0));
};

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const described = (credentials) => (credentials ?? []).map((each) => ({ ...each, id: toBytes(each.id) }));

const challengeOf = async (place) => {
  if (place.startsWith("#")) return JSON.parse(document.querySelector(place).textContent);
  const answer = await fetch(place, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).request_options;
};

const create = async ({ publicKey }) => {
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
      excludeCredentials: described(publicKey.excludeCredentials),
    },
  });
  return withResponse(made, {
    attestationObject: toText(made.response.attestationObject),
    transports: made.response.getTransports?.() ?? [],
  });
};

const get = async ({ publicKey }) => {
  const used = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      allowCredentials: described(publicKey.allowCredentials),
    },
  });
  const { userHandle } = used.response;
  return withResponse(used, {
    authenticatorData: toText(used.response.authenticatorData),
    signature: toText(used.response.signature),
    userHandle: userHandle ? toText(userHandle) : null,
  });
};

const withResponse = (credential, response) => ({
  id: credential.id,
  rawId: toText(credential.rawId),
  type: credential.type,
  authenticatorAttachment: credential.authenticatorAttachment,
  clientExtensionResults: credential.getClientExtensionResults(),
  response: { clientDataJSON: toText(credential.response.clientDataJSON), ...response },
});

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    const error = form.querySelector("[data-passkey-error]");
    const button = form.querySelector("button");
    const run = async () => {
      error.hidden = true;
      button.disabled = true;
      try {
        const challenge = await challengeOf(form.dataset.passkeyOptions);
        const answer = await (form.dataset.passkey === "create" ? create(challenge) : get(challenge));
        form.elements.credential.value = JSON.stringify(answer);
        HTMLFormElement.prototype.submit.call(form);
      } catch {
        error.hidden = false;
        button.disabled = false;
      }
    };
    button.addEventListener("click", run);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run();
    });
  }
}
