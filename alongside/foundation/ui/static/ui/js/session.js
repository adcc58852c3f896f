// Warns before a session ends, and keeps it alive when asked. Without this script the page says until when one is signed in.
const dialog = document.getElementById("ui-session");

if (dialog && typeof dialog.showModal === "function") {
  const { expiresAt, now, warnSeconds, extendUrl, expiredUrl } = dialog.dataset;
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

  const tick = () => {
    const seconds = (ends - Date.now()) / 1000;
    if (seconds <= 0) {
      window.location.assign(expiredUrl);
      return;
    }
    if (seconds > warn) {
      if (dialog.open) dialog.close();
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
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
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
