// The board of buttons. The lists below it say the same and stay in step: whoever cannot drag chooses there.
const form = document.querySelector("form.buttons");
const board = form?.querySelector("[data-board]");

if (board) {
  const rings = Number(form.dataset.rings);
  const rows = [...form.querySelectorAll("[data-token]")];
  const picture = (name, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  };
  const svg = picture("svg", { viewBox: "-1.05 -1.05 2.1 2.1", "aria-hidden": "true" });
  for (let ring = rings; ring > 0; ring -= 1) {
    svg.append(picture("circle", { r: ring / rings, fill: ring % 2 ? "#f4f1ea" : "#fff", stroke: "#8a8f94", "stroke-width": 0.006 }));
  }
  svg.append(picture("circle", { r: 0.06, fill: "#25323a" }));
  board.append(svg);
  const help = document.createElement("p");
  help.className = "govuk-visually-hidden";
  help.id = "buttons-help";
  help.textContent = board.dataset.help;
  board.append(help);
  board.hidden = false;

  const part = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const ringOf = (x, y) => Math.min(rings - 1, Math.floor(Math.min(1, Math.hypot(x, y)) * rings));

  const tokens = rows.map((row, number) => {
    const token = document.createElement("button");
    token.type = "button";
    token.className = "buttons__token";
    token.textContent = row.dataset.label;
    token.setAttribute("aria-describedby", help.id);
    board.append(token);
    const ring = part(row, "ring");
    const x = part(row, "x");
    const y = part(row, "y");

    const show = () => {
      token.hidden = ring.value === "";
      token.dataset.size = part(row, "size").value;
      token.dataset.pattern = part(row, "pattern").value;
      token.style.left = `${((Number(x.value) + 1.05) / 2.1) * 100}%`;
      token.style.top = `${((Number(y.value) + 1.05) / 2.1) * 100}%`;
      const words = ring.options[ring.selectedIndex]?.text ?? "";
      token.setAttribute("aria-label", `${row.dataset.label}: ${words}`);
    };
    const place = (left, top) => {
      const far = Math.hypot(left, top);
      const scale = far > 0.999 ? 0.999 / far : 1;
      x.value = (left * scale).toFixed(4);
      y.value = (top * scale).toFixed(4);
      ring.value = String(ringOf(left * scale, top * scale));
      show();
    };
    const fromRing = () => {
      if (ring.value !== "" && (x.value === "" || ringOf(Number(x.value), Number(y.value)) !== Number(ring.value))) {
        const distance = (Number(ring.value) + 0.5) / rings;
        const angle = (2 * Math.PI * number) / rows.length - Math.PI / 2;
        x.value = (distance * Math.cos(angle)).toFixed(4);
        y.value = (distance * Math.sin(angle)).toFixed(4);
      }
      show();
    };
    ["ring", "size", "pattern"].forEach((name) => part(row, name).addEventListener("change", fromRing));

    token.addEventListener("pointerdown", (event) => {
      token.setPointerCapture(event.pointerId);
      const move = (moved) => {
        const box = board.getBoundingClientRect();
        place(((moved.clientX - box.left) / box.width) * 2.1 - 1.05, ((moved.clientY - box.top) / box.height) * 2.1 - 1.05);
      };
      token.addEventListener("pointermove", move);
      token.addEventListener("pointerup", () => token.removeEventListener("pointermove", move), { once: true });
      token.addEventListener("pointercancel", () => token.removeEventListener("pointermove", move), { once: true });
    });
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    token.addEventListener("keydown", (event) => {
      const step = steps[event.key];
      const size = event.shiftKey ? 0.15 : 0.04;
      if (step) place(Number(x.value) + step[0] * size, Number(y.value) + step[1] * size);
      else if (event.key === "Home") place(0, 0);
      else if (event.key === "Delete") {
        ring.value = "";
        show();
        ring.focus();
      } else return;
      event.preventDefault();
    });
    fromRing();
    return token;
  });
  if (!tokens.length) board.hidden = true;
}
