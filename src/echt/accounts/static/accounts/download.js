// A form whose answer is a file: the page stays, so its button must not stay busy.

const UNTIL_THE_FILE_COMES = 2000; // milliseconds

for (const form of document.querySelectorAll("form[data-download]")) {
  form.addEventListener("submit", () => {
    setTimeout(() => {
      delete form.dataset.sent;
      form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
    }, UNTIL_THE_FILE_COMES);
  });
}
