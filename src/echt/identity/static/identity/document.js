// Which kinds of document there are depends on the country: those that it does not issue are not shown. Without this
// module all are shown, and the server says which ones will do.

const country = document.querySelector("select[data-kinds-of]");
const kinds = [...document.querySelectorAll("[data-kind]")];
const offered = JSON.parse(country.dataset.kindsOf); // the kinds of countries that do not issue all of them
const everything = kinds.map((kind) => kind.dataset.kind);

function showKinds() {
  const here = offered[country.value] ?? everything;
  for (const kind of kinds) {
    kind.hidden = !here.includes(kind.dataset.kind);
    const input = kind.querySelector("input");
    input.disabled = kind.hidden;
    if (kind.hidden) input.checked = false;
  }
}

country.addEventListener("change", showKinds);
addEventListener("pageshow", showKinds);
showKinds();
