// Warns before a session ends, and keeps it alive when asked. Without this script the page says until when one is signed in.
const dialog = document.getElementById("ui-session");

if (dialog && typeof dialog.showModal === "function") {
  const { expiresAt, now, warnSeconds, extendUrl, expiredUrl, stateUrl, keepUrl } = dialog.dataset;
  const left = dialog.querySelector(".ui-session__left");
  const spoken = dialog.querySelector('[role="status"]');
  const failed = dialog.querySelector("[data-failed]");
  const form = dialog.querySelector("form");
  const warn = Number(warnSeconds);
  let ends = Date.now() + (Date.parse(expiresAt) - Date.parse(now));
  let lastSpoken = "";
  let opener = null;

  const words = (seconds) =>
    seconds > 60
      ? `${Math.ceil(seconds / 60)} ${left.dataset.minutes}`
      : `${Math.max(0, Math.ceil(seconds / 10) * 10)} ${left.dataset.seconds}`;

  const asJson = { headers: { Accept: "application/json" }, credentials: "same-origin" };
  // Whatever was being typed when the time ran out, in any form that would have been sent: the last one, where several.
  let typed = null;
  document.addEventListener("input", (event) => {
    const each = event.target.form;
    if (each && each !== form && each.method === "post") typed = each;
  });
  let leaving = false;
  let lastAsked = 0;

  // Another window may have kept the session alive. Asking does not.
  const askServer = async () => {
    lastAsked = Date.now();
    if (!stateUrl) return;
    try {
      const answer = await fetch(stateUrl, asJson);
      const { seconds_left: served } = await answer.json();
      ends = Math.max(ends, Date.now() + served * 1000);
    } catch {
      // Without an answer the clock of this page stands.
    }
  };

  // Sends what was typed to be kept for its writer; the server drops passwords, and this page never sends files. Answers
  // with where to sign in, or with nothing where the session is still alive.
  const keep = async (each) => {
    const body = new FormData(each);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    const way = new URL(each.getAttribute("action") || window.location.href, window.location.href);
    body.set("kept-path", way.pathname + way.search);
    const answer = await fetch(keepUrl, { ...asJson, method: "POST", body });
    return (await answer.json()).sign_in;
  };

  // What was typed goes first: once the server has been asked about a session that is over, it forgets whose it was.
  const leave = async () => {
    leaving = true;
    let target = expiredUrl;
    if (typed && keepUrl) {
      try {
        target = (await keep(typed)) || expiredUrl;
      } catch {
        // Nothing more can be done for it here: signing in still leads back to this page.
      }
    }
    if (target === expiredUrl) await askServer();
    if (ends > Date.now()) leaving = false;
    else window.location.assign(target);
  };

  const tick = () => {
    const seconds = (ends - Date.now()) / 1000;
    if (leaving) return;
    if (seconds <= 0) {
      leave();
      return;
    }
    if (seconds > warn) {
      if (dialog.open) dialog.close();
      return;
    }
    if (!dialog.open && Date.now() - lastAsked > 30000) {
      askServer().then(tick);
      return;
    }
    left.textContent = words(seconds);
    if (!dialog.open) {
      opener = document.activeElement;
      dialog.showModal();
    }
    if (left.textContent !== lastSpoken && (seconds <= 20 || left.textContent.includes(left.dataset.minutes))) {
      lastSpoken = left.textContent;
      spoken.textContent = left.textContent;
    }
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      const answer = await fetch(extendUrl, {
        ...asJson,
        method: "POST",
        body: new FormData(form),
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const { expires_at: until, now: served } = await answer.json();
      ends = Date.now() + (Date.parse(until) - Date.parse(served));
      dialog.close();
    } catch {
      failed.hidden = false;
    }
  });

  dialog.addEventListener("close", () => opener?.focus());
  // Escape means "go on", never "ignore".
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    form.requestSubmit();
  });

  tick();
  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && tick());
}
