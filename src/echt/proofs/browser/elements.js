// Elements of the page, and numbers and moments as its reader writes them. Text is only ever text, never markup.

const SVG = "http://www.w3.org/2000/svg";
const LOCALES = { en: "en-GB", de: "de-DE" };
const SIGNS = { en: [",", "."], de: [".", ","] };

/** An element: `element("p", { class: "small" }, "text", child)`; what is null is left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

export function icon(name, size = "") {
  const [svg, use] = ["svg", "use"].map((tag) => document.createElementNS(SVG, tag));
  svg.setAttribute("class", `icon ${size}`.trim());
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#${name}`);
  svg.append(use);
  return svg;
}

/** Decimal text in the reader's way: `6204.500000` is `6,204.500000` or `6.204,500000`. */
export function amount(text, language) {
  const [group, point] = SIGNS[language];
  const [whole, decimals] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return decimals === undefined ? grouped : grouped + point + decimals;
}

/** A moment: text of RFC 3339, or seconds since 1970. */
export function moment(when, language) {
  const date = new Date(/^\d+$/.test(when) ? Number(when) * 1000 : when);
  if (Number.isNaN(date.getTime())) return when;
  const form = new Intl.DateTimeFormat(LOCALES[language], { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
  return `${form.format(date)} UTC`;
}

/** A hash in groups of four. */
export function hash(text) {
  return element("span", { class: "hash" }, text.match(/.{1,4}/g).join(" "));
}

/** A size in bytes. */
export function size(bytes, language) {
  const [number, unit] =
    bytes < 1000 ? [bytes, "byte"] : bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
  const options = { style: "unit", unit, maximumFractionDigits: number < 10 ? 1 : 0 };
  return new Intl.NumberFormat(LOCALES[language], options).format(number);
}
