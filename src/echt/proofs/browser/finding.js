// What one step of a verification found.

/**
 * The same in English and German. @typedef {[string, string]} Bilingual
 * @typedef {{title: string, passed: boolean | null, detail: string, title_de: string, detail_de: string}} Step
 * @typedef {{step: Step, reasons: import("./reasons.js").Reason[]}} Finding
 */

/**
 * The step failed for these reasons, or else passed with this detail; or there was nothing to compare.
 * @param {Bilingual} title @param {import("./reasons.js").Reason[]} reasons @param {Bilingual} detail
 * @returns {Finding}
 */
export function finding(title, reasons, detail, isCompared = true) {
  const [first] = reasons;
  const [said, german] = first ? [first.text, first.text_de] : detail;
  const passed = first ? false : isCompared ? true : null;
  return { step: { title: title[0], passed, detail: said, title_de: title[1], detail_de: german }, reasons };
}
