// The drawing by keyboard and by finger. Everything it does can be done without it, by links and forms.

const frame = document.querySelector("[data-map]");
const KEPT = "alongside.map.size";

if (frame) {
  const svg = frame.querySelector("svg");
  const neighbours = JSON.parse(frame.dataset.neighbours || "{}");
  const people = [...svg.querySelectorAll(".gm-link")];
  const naturalWidth = svg.viewBox.baseVal.width;
  const naturalHeight = svg.viewBox.baseVal.height;
  const roomy = Math.min(1.3, (frame.clientWidth - 4) / naturalWidth);
  let scale = Number(sessionStorage.getItem(KEPT)) || Math.max(1, roomy);

  const find = (key) => people.find((link) => link.dataset.person === key);
  const chosen = () => people.find((link) => link.getAttribute("aria-current") === "true");

  const resize = (next, keep = true) => {
    scale = Math.min(2.5, Math.max(0.15, next));
    svg.setAttribute("width", naturalWidth * scale);
    svg.setAttribute("height", naturalHeight * scale);
    if (keep) sessionStorage.setItem(KEPT, String(scale));
  };

  const fit = () => resize(Math.min(1.3, (frame.clientWidth - 4) / naturalWidth));

  const centre = (link) => {
    if (!link) return;
    frame.scrollLeft = Number(link.dataset.x) * scale - frame.clientWidth / 2;
    frame.scrollTop = Number(link.dataset.y) * scale - frame.clientHeight / 2;
  };

  const go = (link) => {
    if (!link) return;
    link.focus({ preventScroll: true });
    centre(link);
  };

  const add = (button, key) => {
    const form = document.getElementById("map-add");
    form.elements.of.value = key;
    submit(form, button);
  };

  const submit = (form, button) => {
    const drawn = document.createElement("input");
    drawn.type = "hidden";
    drawn.name = "drawn";
    drawn.value = "yes";
    form.append(drawn);
    form.requestSubmit(button);
  };

  const ARROWS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" };

  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const here = document.activeElement.closest(".gm-link");
    const key = event.key.toLowerCase();
    if (event.key in ARROWS && (here || people.length)) {
      const from = here || chosen();
      const next = from ? neighbours[from.dataset.person]?.[ARROWS[event.key]] : people[0].dataset.person;
      if (!here && from) go(from);
      else if (next) go(find(next));
      event.preventDefault();
    } else if (key === "+" || key === "=") {
      resize(scale * 1.2);
      event.preventDefault();
    } else if (key === "-") {
      resize(scale / 1.2);
      event.preventDefault();
    } else if (key === "0") {
      fit();
      event.preventDefault();
    } else if (key === "u") {
      const undo = document.querySelector("[data-undo]");
      if (undo) submit(undo.form, undo);
    } else if (key === "n") {
      const name = document.getElementById("map-name");
      if (name) {
        name.focus();
        name.select();
        event.preventDefault();
      }
    } else if (here || chosen()) {
      const button = document.querySelector(`#map-add [data-key="${CSS.escape(key)}"]`);
      if (button) {
        add(button, (here || chosen()).dataset.person);
        event.preventDefault();
      }
    }
  });

  // Dragging the paper moves it; a press on a person is still a press.
  let held = null;
  frame.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0 || event.target.closest(".gm-link")) return;
    held = { x: event.clientX + frame.scrollLeft, y: event.clientY + frame.scrollTop };
  });
  frame.addEventListener("pointermove", (event) => {
    if (!held) return;
    frame.scrollLeft = held.x - event.clientX;
    frame.scrollTop = held.y - event.clientY;
  });
  for (const end of ["pointerup", "pointerleave"]) frame.addEventListener(end, () => (held = null));

  const zoom = document.querySelector("[data-zoom]");
  if (zoom) {
    zoom.hidden = false;
    zoom.addEventListener("click", (event) => {
      const by = Number(event.target.closest("button")?.dataset.by ?? NaN);
      if (by === 0) fit();
      else if (by) resize(scale * (by > 0 ? 1.25 : 0.8));
      centre(chosen());
    });
  }
  for (const hint of document.querySelectorAll("[data-keys]")) hint.hidden = false;

  resize(scale, false);
  const start = chosen();
  if (start) {
    centre(start);
    if (!location.hash) start.focus({ preventScroll: true });
  }
}

// After a change the focus goes back to the drawing, to the person whom the change was about.
for (const form of document.querySelectorAll(".map-panel form, .map-tools form, .map-begin form")) {
  form.addEventListener("submit", () => {
    if (form.elements.drawn) return;
    const drawn = document.createElement("input");
    drawn.type = "hidden";
    drawn.name = "drawn";
    drawn.value = "yes";
    form.append(drawn);
  });
}

// A page that the browser kept in memory is asked for again, so that nothing drawn before shows after leaving.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
