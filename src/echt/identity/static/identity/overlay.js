// What is drawn over the camera's picture: where to hold the document, where it was found, and what is wrong with it.

import { fitOf, shownAt } from "./frame.js";

const CORNER = 28; // pixels of a bracket's arm

// One of the colours that the style registers, so that they come resolved: aim, found, good, bad, wrong.
const colour = (canvas, name) => getComputedStyle(canvas).getPropertyValue(`--drawn-${name}`) || "white";

// The canvas in the pixels of the screen, empty.
function fresh(canvas) {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const ratio = devicePixelRatio || 1;
  Object.assign(canvas, { width: width * ratio, height: height * ratio });
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  Object.assign(context, { lineWidth: 4, lineCap: "round", lineJoin: "round" });
  return { context, box: { width, height } };
}

/** Nothing over the picture. */
export function wipe(canvas) {
  fresh(canvas);
}

/** While one aims: brackets where the document should be, and an outline where it is. */
export function drawFound(canvas, video, { seen, hint, shape }) {
  const { context, box } = fresh(canvas);
  const picture = { width: video.videoWidth, height: video.videoHeight };
  video.dataset.fit = fitOf(picture, box);
  const good = hint === "good";
  context.strokeStyle = colour(canvas, good ? "good" : "aim");
  brackets(context, aimIn(box, shape));
  if (!seen.corners) return;
  const places = seen.corners.map((corner) => shownAt(corner, picture, box));
  outline(context, places, colour(canvas, good ? "good" : "found"));
  for (const at of seen.cut) mark(context, within(places[at], box), colour(canvas, "bad"));
}

/** After the picture was taken: what the server found. */
export function drawVerdict(canvas, shot, { corners, cut, state }) {
  const { context, box } = fresh(canvas);
  if (!corners) return;
  const places = corners.map((corner) => shownAt(corner, shot, box, "contain"));
  outline(context, places, colour(canvas, state === "refused" ? "bad" : "good"));
  for (const at of cut) mark(context, within(places[at], box), colour(canvas, "wrong"));
}

function aimIn({ width, height }, shape) {
  const wide = Math.min(0.88 * width, 608, 0.82 * height * shape);
  const high = wide / shape;
  return { left: (width - wide) / 2, top: (height - high) / 2, right: (width + wide) / 2, bottom: (height + high) / 2 };
}

function brackets(context, { left, top, right, bottom }) {
  const above = [[left, top, 1, 1], [right, top, -1, 1]];
  const below = [[right, bottom, -1, -1], [left, bottom, 1, -1]];
  for (const [x, y, dx, dy] of [...above, ...below]) {
    context.beginPath();
    context.moveTo(x, y + dy * CORNER);
    context.arcTo(x, y, x + dx * CORNER, y, 12);
    context.lineTo(x + dx * CORNER, y);
    context.stroke();
  }
}

function outline(context, places, style) {
  context.beginPath();
  places.forEach(([x, y], at) => (at ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.closePath();
  Object.assign(context, { strokeStyle: style, lineWidth: 3 });
  context.stroke();
}

function mark(context, [x, y], style) {
  context.beginPath();
  context.arc(x, y, 14, 0, 2 * Math.PI);
  Object.assign(context, { strokeStyle: style, lineWidth: 4 });
  context.stroke();
}

const RIM = 18;
const within = ([x, y], { width, height }) => [
  Math.min(width - RIM, Math.max(RIM, x)),
  Math.min(height - RIM, Math.max(RIM, y)),
];
