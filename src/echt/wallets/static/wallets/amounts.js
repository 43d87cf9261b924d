// Hides all amounts of the page, and shows them again. Runs before the first paint, so that hidden ones do not flash.
// What is remembered is that they are hidden, in this browser alone; the server is not told.
{
  const root = document.documentElement;
  const NAME = "amounts";
  const DOTS = "•••••";
  const texts = new WeakMap();

  const amounts = () => document.querySelectorAll("[data-amount]");
  const isHidden = () => root.dataset.amounts === "hidden";

  function remember() {
    try {
      if (isHidden()) localStorage.setItem(NAME, "hidden");
      else localStorage.removeItem(NAME);
    } catch { /* storage is closed: holds for this page */ }
  }

  function mask(node) {
    if (!texts.has(node)) texts.set(node, node.textContent);
    node.textContent = DOTS;
    node.setAttribute("data-masked", "");
  }

  function unmask(node) {
    if (texts.has(node)) node.textContent = texts.get(node);
    node.removeAttribute("data-masked");
  }

  function draw() {
    amounts().forEach(isHidden() ? mask : unmask);
    for (const eye of document.querySelectorAll("[data-hide-amounts]")) {
      const use = eye.querySelector("use");
      use.setAttribute("href", use.getAttribute("href").replace(/#.*$/, isHidden() ? "#eye-off" : "#eye"));
      eye.setAttribute("aria-label", isHidden() ? eye.dataset.show : eye.dataset.hide);
    }
  }

  // A page that was made without amounts cannot show them: its link leads to one that has them.
  function toggle(event) {
    event.preventDefault();
    if (isHidden()) delete root.dataset.amounts;
    else root.dataset.amounts = "hidden";
    remember();
    draw();
  }

  try { if (localStorage.getItem(NAME) === "hidden") root.dataset.amounts = "hidden"; } catch { /* closed: shown */ }
  addEventListener("DOMContentLoaded", () => {
    const eyes = document.querySelectorAll("[data-hide-amounts]");
    if ([...eyes].some((eye) => "madeHidden" in eye.dataset)) return;
    if (isHidden()) draw();
    for (const eye of eyes) eye.addEventListener("click", toggle);
  });
}
