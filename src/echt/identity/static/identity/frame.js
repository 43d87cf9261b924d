// What a frame of the camera shows of a document: whether light, glare, sharpness and distance will do. Pure functions
// on pixels: no page, no clock. They only help to aim; the server judges every picture again, and its word counts.
// A frame is an ImageData, or anything with `width`, `height` and `data` (RGBA). Places are shares of width and height.

import { findCorners } from "./corners.js";

/** What is asked of a frame: `enter` must be reached to be good; once good, `leave` is enough to stay so. */
export const LIMITS = {
  dark: { enter: 70, leave: 60 }, // least mean luma of the document
  bright: { enter: 226, leave: 232 }, // most
  glare: { enter: 0.012, leave: 0.018 }, // most share of the document that is burnt out
  blur: { enter: 0.46, leave: 0.5 }, // most, see `blurOf`
  width: { enter: 0.5, leave: 0.46 }, // least share of the frame that the document is wide
  tilt: { enter: 1.22, leave: 1.3 }, // most ratio of two opposite sides
  shift: { enter: 0.012, leave: 0.02 }, // most way of a corner from frame to frame
};
const NIGHT = 40; // mean luma of a frame in which nothing can be found
const BURNT = 246; // luma that has lost its drawing
const ABOVE_PAPER = 30; // how much brighter than the document's middle tone glare is
const PURE = 253; // luma that is glare on the whitest paper
const COLOURLESS = 14; // most difference of a burnt pixel's colours
const LEAST_BLOB = 0.0025; // share of the document below which a bright spot is print, not glare

/** The brightness of each pixel, 0 to 255. */
export function lumaOf({ width, height, data }) {
  const values = new Float32Array(width * height);
  for (let at = 0; at < values.length; at++) {
    values[at] = 0.299 * data[4 * at] + 0.587 * data[4 * at + 1] + 0.114 * data[4 * at + 2];
  }
  return { width, height, values };
}

/** Everything that a frame shows. `detail`: a piece of it in the camera's own resolution, for the sharpness. */
export function look(frame, detail = frame) {
  const luma = lumaOf(frame);
  const found = findCorners(luma);
  if (!found) return { corners: null, cut: [], light: mean(luma.values) };
  const inside = pixelsWithin(found.corners, luma);
  return {
    corners: found.corners,
    cut: found.cut,
    light: mean(inside.map((at) => luma.values[at])),
    glare: glareOf(frame, luma, inside),
    blur: blurOf(lumaOf(detail)),
    width: widthOf(found.corners),
    tilt: tiltOf(found.corners, frame),
  };
}

/** How wide the document is, as a share of the frame. */
export const widthOf = ([a, b, c, d]) => (b[0] - a[0] + (c[0] - d[0])) / 2;

/** How much longer a side is than the opposite one: 1 seen from straight above. */
export function tiltOf(corners, { width, height }) {
  const [a, b, c, d] = corners.map(([x, y]) => [x * width, y * height]);
  const length = (from, to) => Math.hypot(to[0] - from[0], to[1] - from[1]);
  const ratio = (one, other) => Math.max(one, other) / Math.max(1, Math.min(one, other));
  return Math.max(ratio(length(a, b), length(d, c)), ratio(length(a, d), length(b, c)));
}

/** How far the corner goes that moved most. */
export function shiftOf(before, now) {
  return Math.max(...now.map(([x, y], at) => Math.hypot(x - before[at][0], y - before[at][1])));
}

/** From 0 (sharp) to 1 (nothing left to blur): how little a picture changes when it is blurred once more.
 *
 * After Crété and others (2007): what is sharp loses much by blurring, what is blurred loses little.
 */
export function blurOf({ width, height, values }) {
  return Math.max(blurAlong(values, width, height, 1, width), blurAlong(values, height, width, width, 1));
}

function blurAlong(values, length, lines, step, next) {
  const half = 4; // of a window of nine
  let varied = 0;
  let kept = 0;
  for (let line = 0; line < lines; line++) {
    const start = line * next;
    let sum = 0;
    for (let at = 0; at < 2 * half; at++) sum += values[start + at * step];
    let before = null;
    for (let at = half; at < length - half; at++) {
      sum += values[start + (at + half) * step];
      if (at > half) sum -= values[start + (at - half - 1) * step];
      const smooth = sum / (2 * half + 1);
      if (before !== null) {
        const sharp = Math.abs(values[start + at * step] - values[start + (at - 1) * step]);
        varied += sharp;
        kept += Math.max(0, sharp - Math.abs(smooth - before));
      }
      before = smooth;
    }
  }
  return varied ? (varied - kept) / varied : 1;
}

/** The indexes of the pixels inside a quad, a little away from its edge. */
export function pixelsWithin(corners, { width, height }) {
  const [cx, cy] = [0, 1].map((axis) => corners.reduce((sum, corner) => sum + corner[axis], 0) / 4);
  const quad = corners.map(([x, y]) => [(cx + 0.96 * (x - cx)) * width, (cy + 0.96 * (y - cy)) * height]);
  const inside = [];
  for (let y = 0; y < height; y++) {
    const [from, to] = rowOf(quad, y + 0.5);
    for (let x = Math.max(0, Math.ceil(from - 0.5)); x < Math.min(width, to - 0.5); x++) inside.push(y * width + x);
  }
  return inside;
}

// Where a row enters and leaves a quad.
function rowOf(quad, y) {
  let [from, to] = [Infinity, -Infinity];
  quad.forEach(([x0, y0], at) => {
    const [x1, y1] = quad[(at + 1) % quad.length];
    if ((y0 <= y) === (y1 <= y)) return;
    const x = x0 + ((y - y0) / (y1 - y0)) * (x1 - x0);
    [from, to] = [Math.min(from, x), Math.max(to, x)];
  });
  return [from, to];
}

/** The share of the document that is burnt out in spots that belong together. */
export function glareOf({ width, data }, { values }, inside) {
  if (!inside.length) return 0;
  const middle = middleOf(values, inside);
  const least = Math.min(PURE, Math.max(BURNT, middle + ABOVE_PAPER));
  const burnt = new Set(inside.filter((at) => values[at] >= least && isColourless(data, at)));
  const around = [1, -1, width, -width];
  const isFringe = (at) => around.some((step) => !burnt.has(at + step));
  const spots = new Set(inside.filter((at) => burnt.has(at) && !isFringe(at)));
  let glare = 0;
  for (const start of spots) {
    const size = take(spots, start, width);
    if (size >= LEAST_BLOB * inside.length) glare += size;
  }
  return glare / inside.length;
}

// The luma that half of the pixels are darker than.
function middleOf(values, places) {
  const counts = new Uint32Array(256);
  for (const at of places) counts[values[at] | 0]++;
  let [luma, darker] = [0, counts[0]];
  while (darker < places.length / 2) darker += counts[++luma];
  return luma;
}

function isColourless(data, at) {
  const colours = [data[4 * at], data[4 * at + 1], data[4 * at + 2]];
  return Math.max(...colours) - Math.min(...colours) <= COLOURLESS;
}

// Takes what belongs together out of the set, and says how much it was.
function take(pixels, start, width) {
  const waiting = [start];
  pixels.delete(start);
  let size = 0;
  while (waiting.length) {
    const at = waiting.pop();
    size++;
    for (const next of [at - 1, at + 1, at - width, at + width]) if (pixels.delete(next)) waiting.push(next);
  }
  return size;
}

function mean(values) {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length ? sum / values.length : 0;
}

/** The one thing to do next, the most helpful first; "good" where nothing is left to do. */
export function hintOf(seen, { good = false, before = null, least = 0 } = {}) {
  const keeps = (name, figure) => figure <= LIMITS[name][good ? "leave" : "enter"];
  const has = (name, figure, more = 0) => figure >= Math.max(LIMITS[name][good ? "leave" : "enter"], more);
  if (!seen.corners) return seen.light < NIGHT ? "dark" : "missing";
  if (seen.cut.length) return "cut";
  if (!has("width", seen.width, least)) return "far";
  if (!keeps("tilt", seen.tilt)) return "tilted";
  if (!has("dark", seen.light)) return "dark";
  if (!keeps("bright", seen.light)) return "bright";
  if (!keeps("glare", seen.glare)) return "glare";
  if (before && !keeps("shift", shiftOf(before, seen.corners))) return "moving";
  return keeps("blur", seen.blur) ? "good" : "blurred";
}

/** Follows frame after frame: a hint stays until another has held for a while; what is good long enough is ready. */
export class Watch {
  constructor({ patience = 250, steady = 700, least = 0 } = {}) {
    Object.assign(this, { patience, steady, least });
    this.hint = "missing";
    this.forget();
  }

  /** As if nothing had been seen yet. */
  forget() {
    this.coming = null;
    this.goodSince = null;
    this.before = null;
  }

  /** What to say now. `at`: milliseconds, on any clock. */
  see(seen, at) {
    const hint = hintOf(seen, { good: this.goodSince !== null, before: this.before, least: this.least });
    this.before = seen.corners;
    this.goodSince = hint === "good" ? (this.goodSince ?? at) : null;
    if (hint !== this.coming?.hint) this.coming = { hint, since: at };
    if (at - this.coming.since >= this.patience) this.hint = hint;
    return { hint: this.hint, ready: this.goodSince !== null && at - this.goodSince >= this.steady };
  }
}

const LEAST_SHOWN = 0.7; // share of a picture that must be seen where it covers its box

/** How a picture fills a box: it covers it, unless too much would be hidden. */
export function fitOf(picture, box) {
  const [across, down] = [box.width / picture.width, box.height / picture.height];
  return Math.min(across, down) / Math.max(across, down) >= LEAST_SHOWN ? "cover" : "contain";
}

/** Where a place of the picture is seen in the box, in the box's pixels. */
export function shownAt([x, y], picture, box, fit = fitOf(picture, box)) {
  const [across, down] = [box.width / picture.width, box.height / picture.height];
  const scale = fit === "cover" ? Math.max(across, down) : Math.min(across, down);
  return [
    (x - 0.5) * picture.width * scale + box.width / 2,
    (y - 0.5) * picture.height * scale + box.height / 2,
  ];
}
