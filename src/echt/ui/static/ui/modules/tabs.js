// Links to the parts of a page become tabs that show one part at a time. Arrows move, Home and End jump.

import { all } from "./page.js";

function select(tabs, chosen) {
  for (const tab of tabs) {
    const here = tab === chosen;
    tab.setAttribute("aria-selected", String(here));
    tab.tabIndex = here ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !here;
  }
}

function upgrade(tab) {
  const part = document.querySelector(tab.hash);
  tab.id ||= `${part.id}-tab`;
  tab.setAttribute("role", "tab");
  tab.setAttribute("aria-controls", part.id);
  part.setAttribute("role", "tabpanel");
  part.setAttribute("aria-labelledby", tab.id);
}

function move(tabs, event) {
  const at = tabs.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const tab = tabs[(to + tabs.length) % tabs.length];
  select(tabs, tab);
  tab.focus();
}

for (const list of all("[data-tabs]")) {
  const tabs = all("a", list);
  if (!tabs.length || !tabs.every((tab) => tab.hash && document.querySelector(tab.hash))) continue;
  list.setAttribute("role", "tablist");
  tabs.forEach(upgrade);
  select(tabs, tabs.find((tab) => tab.hash === location.hash) ?? tabs[0]);
  list.addEventListener("keydown", (event) => move(tabs, event));
  list.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (!tab) return;
    event.preventDefault();
    select(tabs, tab);
  });
}
