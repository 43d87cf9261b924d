// A picture that is looked at closely: zoom, turn, move, lens; by buttons, pointer, wheel and keyboard.

const STEP = 1.4;
const MOST = 12;
const NUDGE = 60; // pixels that an arrow moves
const LENS = 2.5; // times larger than shown

function viewer(plate) {
  const stage = plate.querySelector(".stage");
  const image = stage.querySelector("img");
  const lens = plate.querySelector(".lens");
  const tools = plate.parentElement.querySelector(".viewer-tools");
  const button = (name) => tools.querySelector(`[data-do=${name}]`);
  const view = { zoom: 1, turn: 0, x: 0, y: 0 };

  function draw() {
    // turned by a quarter, the picture must fit the other way round
    const across = view.turn % 180 !== 0;
    const fit = across ? Math.min(plate.clientHeight / stage.offsetWidth, plate.clientWidth / stage.offsetHeight) : 1;
    stage.style.transform = `translate(${view.x}px, ${view.y}px) rotate(${view.turn}deg) scale(${view.zoom * fit})`;
    plate.classList.toggle("zoomed", view.zoom > 1);
  }

  function zoom(by) {
    view.zoom = Math.min(MOST, Math.max(1, view.zoom * by));
    if (view.zoom === 1) view.x = view.y = 0;
    draw();
  }

  function move(x, y) {
    if (view.zoom === 1) return false;
    view.x += x;
    view.y += y;
    draw();
  }

  const acts = {
    in: () => zoom(STEP),
    out: () => zoom(1 / STEP),
    turn: () => { view.turn = (view.turn + 90) % 360; draw(); },
    reset: () => { Object.assign(view, { zoom: 1, turn: 0, x: 0, y: 0 }); draw(); },
    lens: () => press("lens"),
    outline: () => plate.classList.toggle("bare", !press("outline")),
  };

  function press(name) {
    const pressed = button(name).getAttribute("aria-pressed") !== "true";
    button(name).setAttribute("aria-pressed", String(pressed));
    if (name === "lens" && !pressed) lens.hidden = true;
    return pressed;
  }

  function magnify(event) {
    if (button("lens").getAttribute("aria-pressed") !== "true" || view.turn) return;
    const box = image.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    lens.hidden = x < 0 || y < 0 || x > box.width || y > box.height;
    const own = plate.getBoundingClientRect();
    const half = lens.offsetWidth / 2;
    lens.style.translate = `${event.clientX - own.left - half}px ${event.clientY - own.top - half}px`;
    enlarge(x / box.width, y / box.height, image.naturalWidth / box.width);
  }

  // Drawn from the picture that is there: asking for it again would be another look.
  function enlarge(across, down, natural) {
    const [size, part] = [lens.width, (lens.offsetWidth * natural) / LENS];
    const [left, top] = [across * image.naturalWidth - part / 2, down * image.naturalHeight - part / 2];
    const paper = lens.getContext("2d");
    paper.clearRect(0, 0, size, size);
    paper.drawImage(image, left, top, part, part, 0, 0, size, size);
  }

  tools.addEventListener("click", (event) => acts[event.target.closest("[data-do]")?.dataset.do]?.());
  plate.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return; // the page scrolls, unless somebody pinches
    event.preventDefault();
    zoom(event.deltaY < 0 ? STEP : 1 / STEP);
  }, { passive: false });
  plate.addEventListener("dblclick", () => (view.zoom > 1 ? acts.reset() : zoom(STEP * STEP)));
  plate.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      "+": acts.in, "=": acts.in, "-": acts.out, r: acts.turn, R: acts.turn, 0: acts.reset,
      ArrowLeft: () => move(NUDGE, 0), ArrowRight: () => move(-NUDGE, 0),
      ArrowUp: () => move(0, NUDGE), ArrowDown: () => move(0, -NUDGE),
    }[event.key];
    if (act && act() !== false) event.preventDefault();
  });
  plate.addEventListener("pointerdown", (event) => {
    if (view.zoom > 1) plate.setPointerCapture(event.pointerId);
  });
  plate.addEventListener("pointermove", (event) => {
    if (plate.hasPointerCapture(event.pointerId)) move(event.movementX, event.movementY);
    magnify(event);
  });
  plate.addEventListener("pointerleave", () => { lens.hidden = true; });
}

document.querySelectorAll("[data-viewer]").forEach(viewer);

// Portrait and face: side by side, or one over the other with a slider.
for (const pair of document.querySelectorAll("[data-pair]")) {
  const line = pair.nextElementSibling;
  const slider = line?.querySelector("[data-slider]");
  if (!slider) continue;
  const buttons = [...line.querySelectorAll("[data-compare]")];
  const show = () => pair.style.setProperty("--face", `${slider.querySelector("input").value / 100}`);
  slider.addEventListener("input", show);
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const over = button.dataset.compare === "over";
      pair.classList.toggle("overlaid", over);
      slider.hidden = !over;
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      show();
    });
  }
}
