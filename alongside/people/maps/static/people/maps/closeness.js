// The board of buttons. The lists beside it say the same and stay in step: whoever cannot drag chooses there.
const form = document.querySelector("form.buttons");
const board = form?.querySelector("[data-board]");
const tray = form?.querySelector("[data-tray]");
const LEFT_OUT = "out";
const EDGE = 1.05;

const drawn = (name, attributes) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
};

const drawRings = (rings) => {
  const svg = drawn("svg", { viewBox: `${-EDGE} ${-EDGE} ${2 * EDGE} ${2 * EDGE}`, "aria-hidden": "true" });
  for (let ring = rings; ring > 0; ring -= 1) {
    svg.append(drawn("circle", { r: ring / rings, class: ring % 2 ? "ring ring--odd" : "ring" }));
  }
  svg.append(drawn("circle", { r: 0.05, class: "me" }));
  board.append(svg);
};

class Button {
  constructor(row, number, count, rings) {
    Object.assign(this, { row, number, count, rings });
    const part = (name) => row.querySelector(`[name$="-${name}"]`);
    this.ring = part("ring");
    this.size = part("size");
    this.pattern = part("pattern");
    this.x = part("x");
    this.y = part("y");
    this.face = document.createElement("button");
    this.face.type = "button";
    this.face.className = "buttons__token";
    this.face.textContent = row.dataset.label;
    this.face.setAttribute("aria-describedby", "buttons-help");
    [this.ring, this.size, this.pattern].forEach((field) => field.addEventListener("change", () => this.follow()));
    this.face.addEventListener("pointerdown", (event) => this.drag(event));
    this.face.addEventListener("keydown", (event) => this.press(event));
    this.follow();
  }

  ringAt(x, y) {
    return Math.min(this.rings - 1, Math.floor(Math.min(1, Math.hypot(x, y)) * this.rings));
  }

  // The lists were changed: a button in another ring goes to its own place in it.
  follow() {
    const placed = this.x.value !== "" && this.ringAt(Number(this.x.value), Number(this.y.value)) === Number(this.ring.value);
    if (this.ring.value !== LEFT_OUT && !placed) {
      const distance = (Number(this.ring.value) + 0.5) / this.rings;
      const [x, y] = this.ownWay();
      this.x.value = (distance * x).toFixed(4);
      this.y.value = (distance * y).toFixed(4);
    }
    this.show();
  }

  // Each button has a direction of its own, so that two never begin on one spot.
  ownWay() {
    const angle = (2 * Math.PI * this.number) / this.count - Math.PI / 2;
    return [Math.cos(angle), Math.sin(angle)];
  }

  show() {
    const out = this.ring.value === LEFT_OUT;
    const home = out ? tray : board;
    if (this.face.parentElement !== home) {
      const held = document.activeElement === this.face;
      home.append(this.face);
      if (held) this.face.focus();
    }
    this.face.dataset.size = this.size.value;
    this.face.dataset.pattern = this.pattern.value;
    this.face.style.left = out ? "" : `${((Number(this.x.value) + EDGE) / (2 * EDGE)) * 100}%`;
    this.face.style.top = out ? "" : `${((Number(this.y.value) + EDGE) / (2 * EDGE)) * 100}%`;
    this.face.setAttribute("aria-label", `${this.row.dataset.label}: ${this.ring.options[this.ring.selectedIndex].text}`);
  }

  place(x, y) {
    const far = Math.hypot(x, y);
    const scale = far > 0.999 ? 0.999 / far : 1;
    this.x.value = (x * scale).toFixed(4);
    this.y.value = (y * scale).toFixed(4);
    this.ring.value = String(this.ringAt(x * scale, y * scale));
    this.show();
  }

  leaveOut() {
    this.ring.value = LEFT_OUT;
    this.x.value = "";
    this.y.value = "";
    this.show();
  }

  drag(event) {
    if (event.button !== 0) return;
    const move = (moved) => {
      const box = board.getBoundingClientRect();
      const x = ((moved.clientX - box.left) / box.width) * 2 * EDGE - EDGE;
      const y = ((moved.clientY - box.top) / box.height) * 2 * EDGE - EDGE;
      if (Math.hypot(x, y) < 1.3) this.place(x, y);
      else this.leaveOut();
    };
    const end = () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", end);
      window.removeEventListener("pointercancel", end);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end);
    window.addEventListener("pointercancel", end);
  }

  press(event) {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const out = this.ring.value === LEFT_OUT;
    if (out && (event.key === "Enter" || event.key === " ")) this.place(...this.ownWay().map((way) => way / 2));
    else if (!out && steps[event.key]) {
      const size = event.shiftKey ? 0.15 : 0.04;
      this.place(Number(this.x.value) + steps[event.key][0] * size, Number(this.y.value) + steps[event.key][1] * size);
    } else if (!out && event.key === "Delete") this.leaveOut();
    else return;
    event.preventDefault();
  }
}

if (board && tray) {
  const rings = Number(form.dataset.rings);
  const rows = [...form.querySelectorAll("[data-token]")];
  drawRings(rings);
  rows.forEach((row, number) => new Button(row, number, rows.length, rings));
  form.classList.add("buttons--live");
  form.querySelector("[data-table]").hidden = false;
}
