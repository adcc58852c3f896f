// Keeps the state of long work up to date. Without scripts the page reloads itself instead.
const region = document.querySelector("[data-progress]");
const waits = [1000, 1000, 2000, 2000, 3000];
const over = new Set(["done", "failed", "cancelled"]);

async function look(round) {
  let wait = waits[Math.min(round, waits.length - 1)];
  try {
    const response = await fetch(region.dataset.progress, { headers: { Accept: "text/html" } });
    if (response.redirected || response.status === 404) {
      window.location.reload();
      return;
    }
    if (response.ok) {
      const held = document.activeElement;
      const keepsFocus = region.contains(held);
      const text = await response.text();
      const next = new DOMParser().parseFromString(text, "text/html").querySelector("[data-state]");
      const shown = region.querySelector("[data-state]");
      if (next && next.outerHTML !== shown.outerHTML) {
        // A button that someone is on is left where it is while the work goes on.
        if (keepsFocus && !over.has(next.dataset.state)) {
          const from = next.querySelectorAll("p");
          const to = shown.querySelectorAll("p");
          if (from.length === to.length) {
            to.forEach((paragraph, index) => paragraph.replaceWith(from[index]));
          } else {
            shown.replaceWith(next);
          }
        } else {
          shown.replaceWith(next);
        }
      }
      if (next && over.has(next.dataset.state)) {
        return;
      }
    }
  } catch {
    wait = 5000;
  }
  setTimeout(look, wait, round + 1);
}

if (region && region.dataset.over === "false") {
  setTimeout(look, waits[0], 1);
}
