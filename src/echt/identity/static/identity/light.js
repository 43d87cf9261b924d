// Light and sharpness of a face in the oval, in the middle of an upright picture. Pure functions on pixels; whether a
// face is there, and whose it is, the server says.

import { blurOf, lumaOf } from "./frame.js";

const OVAL = { width: 0.42, height: 0.43 }; // half of its size, as shares of the picture
const DARK = 55; // mean luma of the oval
const BRIGHT = 215;
const BURNT = 250;
const MOST_BURNT = 0.12; // share of the oval
const UNEVEN = 2.4; // how much brighter one half of the oval is than the other
const BLURRED = 0.62;

/** What to do about the light: dark, bright, uneven, blurred; "good" where nothing is to be done. */
export function faceHintOf(frame) {
  const luma = lumaOf(frame);
  const { mean, left, right, burnt } = ovalOf(luma);
  if (mean < DARK) return "dark";
  if (mean > BRIGHT || burnt > MOST_BURNT) return "bright";
  if (Math.max(left, right) > UNEVEN * Math.min(left, right)) return "uneven";
  return blurOf(luma) > BLURRED ? "blurred" : "good";
}

function ovalOf({ width, height, values }) {
  const sums = { left: 0, right: 0, burnt: 0, count: 0 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [(x + 0.5) / width - 0.5, (y + 0.5) / height - 0.5];
      if ((dx / OVAL.width) ** 2 + (dy / OVAL.height) ** 2 > 1) continue;
      const value = values[y * width + x];
      sums[dx < 0 ? "left" : "right"] += value;
      sums.count++;
      if (value >= BURNT) sums.burnt++;
    }
  }
  const { left, right, burnt, count } = sums;
  return { mean: (left + right) / count, left: (2 * left) / count, right: (2 * right) / count, burnt: burnt / count };
}

/** Follows look after look: a hint stays until another has held for a while; what is good long enough is ready. */
export class Calm {
  constructor({ patience = 300, steady = 1500 } = {}) {
    Object.assign(this, { patience, steady, hint: "look", coming: null });
  }

  /** What to say now. `at`: milliseconds, on any clock. */
  see(hint, at) {
    if (hint !== this.coming?.hint) this.coming = { hint, since: at };
    const held = at - this.coming.since;
    if (held >= this.patience) this.hint = hint;
    return { hint: this.hint, ready: hint === "good" && held >= this.steady };
  }
}
