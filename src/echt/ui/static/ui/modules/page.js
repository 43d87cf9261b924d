// The page's elements, and the drawing of an icon.

export const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/** Shows another drawing of icons.svg in an icon that is already there. */
export function redraw(icon, name) {
  const use = icon.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*$/, `#${name}`));
}
