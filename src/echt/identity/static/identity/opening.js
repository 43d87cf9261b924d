// Opens the camera. Its modules are loaded when somebody reaches for it, so that the page itself stays light.

const MODULES = { capture: () => import("./capture.js"), face: () => import("./face.js") };
const AT_ONCE = "#camera"; // an address that ends so opens the camera without a further click, where it is allowed

const page = document.querySelector("[data-opens]");
const module = MODULES[page.dataset.opens];
const opener = page.querySelector("[data-open]");

opener.addEventListener("pointerenter", module, { once: true });
opener.addEventListener("click", async () => (await module()).open());
for (const input of document.querySelectorAll("[data-file]")) {
  input.addEventListener("change", async () => (await module()).takeFile(input.files[0]));
}

if (location.hash === AT_ONCE) {
  history.replaceState(null, "", location.pathname);
  (await module()).openAtOnce();
}
