// Finds the four corners of a document in a small grey picture: long straight edges, two lying and two standing, that
// enclose one lighter or darker thing of a document's shape. Lines are found by voting (Hough); the four that are borne
// out best along their whole length win.

const SLOPES = Array.from({ length: 25 }, (_, at) => (at - 12) * 0.035); // up to 23 degrees off the straight
const BIN = 2; // pixels
const PEAKS = 5; // lines kept of each kind
const NEAR = 1.6; // pixels from a line that still bear it out
const FLOOR = 18; // gradient below which nothing is an edge
const EDGES = 0.12; // at most this share of pixels are edges
const SHAPE = [1.18, 1.95]; // width by height
const SHAPE_CUT = [0.85, 2.9]; // the same, where one side is outside the frame
const LEAST_AREA = 0.08; // of the frame
const LEAST_AREA_CUT = 0.25;
const LEAST_SIDE = 0.45; // share of a side that must be borne out
const LEAST_SIDES = 0.65; // the same, of all four together
const STEP = 3.5; // pixels to either side of an edge, between which it must become lighter or darker
const CONTRAST = 7; // by how much
const LEAST_STEPS = 0.62; // at which share of the places along a side
const OUTSIDE = 3; // pixels outside the frame, where a side is taken to be that is not seen
const WORTH = 0.7; // of a quad with such a side, compared with one that is seen whole
const TRIES = 60; // of the best, until one has this contrast
const RIM = 0.012; // a corner closer to the frame's edge counts as outside

/** The corners from the upper left clockwise, and which of them are outside or at the edge; null where none are. */
export function findCorners(luma) {
  const edges = edgesOf(luma);
  const lying = { light: linesOf(edges.down, luma), dark: linesOf(edges.up, luma) };
  const standing = { light: linesOf(edges.right, turned(luma)), dark: linesOf(edges.left, turned(luma)) };
  const found = [
    ...candidates(1, lying.light, lying.dark, standing.light, standing.dark, luma), // a light thing on dark ground
    ...candidates(-1, lying.dark, lying.light, standing.dark, standing.light, luma),
  ].sort((one, other) => other.score - one.score);
  const quad = found.slice(0, TRIES).find((one) => standsOut(one, luma))?.quad;
  if (!quad) return null;
  return { corners: quad.map(([x, y]) => [x / luma.width, y / luma.height]), cut: cutOf(quad, luma) };
}

const turned = ({ width, height }) => ({ width: height, height: width });

// Edge points by the way in which it becomes lighter: [along, across], for standing edges with the axes exchanged.
function edgesOf({ width, height, values }) {
  const soft = softened(values, width, height);
  const strength = new Float32Array(width * height);
  const across = new Float32Array(width * height);
  const down = new Float32Array(width * height);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      across[at] = soft[at + 1] - soft[at - 1];
      down[at] = soft[at + width] - soft[at - width];
      strength[at] = Math.max(Math.abs(across[at]), Math.abs(down[at]));
    }
  }
  return sorted({ width, height, across, down, strength, least: thresholdOf(strength) });
}

function sorted({ width, height, across, down, strength, least }) {
  const edges = { down: [], up: [], right: [], left: [] };
  for (let y = 2; y < height - 2; y++) {
    for (let x = 2; x < width - 2; x++) {
      const at = y * width + x;
      if (strength[at] < least) continue;
      if (Math.abs(down[at]) >= Math.abs(across[at])) {
        if (isPeak(down, at, width)) (down[at] > 0 ? edges.down : edges.up).push([x, y]);
      } else if (isPeak(across, at, 1)) (across[at] > 0 ? edges.right : edges.left).push([y, x]);
    }
  }
  return edges;
}

const isPeak = (slope, at, step) =>
  Math.abs(slope[at]) >= Math.abs(slope[at - step]) && Math.abs(slope[at]) > Math.abs(slope[at + step]);

function softened(values, width, height) {
  const rows = values.slice();
  for (let at = 1; at < values.length - 1; at++) rows[at] = (values[at - 1] + 2 * values[at] + values[at + 1]) / 4;
  const soft = rows.slice();
  for (let at = width; at < width * (height - 1); at++) {
    soft[at] = (rows[at - width] + 2 * rows[at] + rows[at + width]) / 4;
  }
  return soft;
}

// The gradient that at most a certain share of pixels has.
function thresholdOf(strength) {
  const counts = new Uint32Array(512);
  for (const value of strength) counts[Math.min(511, value | 0)]++;
  let left = EDGES * strength.length;
  let at = 511;
  while (at > 0 && (left -= counts[at]) > 0) at--;
  return Math.max(FLOOR, at);
}

// Lines `across = middle + slope * (along - width / 2)` with most points, and where along them their points are.
function linesOf(points, { width, height }) {
  const rows = Math.ceil(height / BIN);
  const votes = new Uint16Array(SLOPES.length * rows);
  for (const [along, across] of points) {
    for (let slope = 0; slope < SLOPES.length; slope++) {
      const row = Math.floor((across - SLOPES[slope] * (along - width / 2)) / BIN);
      if (row >= 0 && row < rows) votes[slope * rows + row]++;
    }
  }
  return peaksOf(votes, rows, width).map((line) => withPoints(refined(line, points, width), points, width));
}

function peaksOf(votes, rows, width) {
  const lines = [];
  while (lines.length < PEAKS) {
    let top = 0;
    for (let at = 1; at < votes.length; at++) if (votes[at] > votes[top]) top = at;
    if (votes[top] < width / 12) break;
    const [slope, row] = [Math.floor(top / rows), top % rows];
    lines.push({ slope: SLOPES[slope], middle: (row + 0.5) * BIN });
    clear(votes, rows, slope, row);
  }
  return lines;
}

function clear(votes, rows, slope, row) {
  for (let s = Math.max(0, slope - 3); s <= Math.min(SLOPES.length - 1, slope + 3); s++) {
    for (let r = Math.max(0, row - 2); r <= Math.min(rows - 1, row + 2); r++) votes[s * rows + r] = 0;
  }
}

// The straight line closest to the points near this one.
function refined(line, points, width) {
  const near = points.filter((point) => isNear(line, point, width, 2 * NEAR));
  const [n, mx, my] = [near.length, near.reduce((sum, p) => sum + p[0], 0), near.reduce((sum, p) => sum + p[1], 0)];
  const [cx, cy] = [mx / n, my / n];
  const spread = near.reduce((sum, [x]) => sum + (x - cx) ** 2, 0);
  if (spread < n) return line;
  const slope = near.reduce((sum, [x, y]) => sum + (x - cx) * (y - cy), 0) / spread;
  return Math.abs(slope) > 0.5 ? line : { slope, middle: cy + slope * (width / 2 - cx) };
}

const isNear = ({ slope, middle }, [along, across], width, distance) =>
  Math.abs(across - middle - slope * (along - width / 2)) <= distance;

// `upTo[n]`: at how many of the first n places along the line there is an edge; a gap of one pixel does not count.
function withPoints(line, points, width) {
  const there = new Uint8Array(width);
  for (const point of points) {
    if (isNear(line, point, width, NEAR)) there.fill(1, Math.max(0, point[0] - 1), point[0] + 2);
  }
  const upTo = new Uint32Array(width + 1);
  for (let at = 0; at < width; at++) upTo[at + 1] = upTo[at] + there[at];
  return { ...line, upTo };
}

// The share of a stretch of the line that is borne out by edges; what lies outside the frame is not asked for.
function borneOut({ upTo, isOutside }, from, to) {
  if (isOutside) return LEAST_SIDES;
  const last = upTo.length - 1;
  const [start, end] = [Math.max(0, Math.round(from)), Math.min(last, Math.round(to))];
  return end - start < 3 ? 0 : (upTo[end] - upTo[start]) / (end - start);
}

// Every four lines that may be the sides of a document. `lighter`: 1 where it is lighter than its ground, else -1.
function candidates(lighter, tops, bottoms, lefts, rights, size) {
  const pairs = (firsts, lasts, least) =>
    firsts.flatMap((first) => lasts.filter((last) => last.middle - first.middle >= least).map((last) => [first, last]));
  const upright = pairs([...lefts, before], [...rights, after(size.width)], 0.2 * size.width);
  const lying = pairs([...tops, before], [...bottoms, after(size.height)], 0.2 * size.height);
  return lying.flatMap(([top, bottom]) =>
    upright.flatMap(([left, right]) => {
      const one = weighed({ top, bottom, left, right }, size);
      return one ? { ...one, lighter } : [];
    }),
  );
}

// Sides that are outside the frame, just before its first or after its last row.
const before = { slope: 0, middle: -OUTSIDE, isOutside: true };
const after = (length) => ({ slope: 0, middle: length - 1 + OUTSIDE, isOutside: true });

// Whether it is lighter (or darker) than its ground along each of its sides.
function standsOut({ quad, lighter }, luma) {
  return quad.every((from, at) => stepsAlong(from, quad[(at + 1) % 4], lighter, luma) >= LEAST_STEPS);
}

function stepsAlong([x0, y0], [x1, y1], lighter, { width, height, values }) {
  const length = Math.hypot(x1 - x0, y1 - y0);
  const [ix, iy] = [(-(y1 - y0) / length) * STEP, ((x1 - x0) / length) * STEP]; // inwards
  const value = (x, y) => values[Math.round(y) * width + Math.round(x)];
  const within = (x, y) => x >= 0 && y >= 0 && x <= width - 1 && y <= height - 1;
  let [seen, good] = [0, 0];
  for (let at = 0.06; at < 0.95; at += 0.04) {
    const [x, y] = [x0 + at * (x1 - x0), y0 + at * (y1 - y0)];
    if (!within(x - ix, y - iy) || !within(x + ix, y + iy)) continue;
    seen++;
    if ((value(x + ix, y + iy) - value(x - ix, y - iy)) * lighter >= CONTRAST) good++;
  }
  return seen ? good / seen : 1;
}

function weighed(sides, size) {
  const { top, bottom, left, right } = sides;
  const outside = [top, bottom, left, right].filter(({ isOutside }) => isOutside).length;
  if (outside > 1) return null;
  const [a, b] = [crossing(top, left, size), crossing(top, right, size)];
  const quad = [a, b, crossing(bottom, right, size), crossing(bottom, left, size)];
  if (!hasShape(quad, outside ? SHAPE_CUT : SHAPE)) return null;
  const area = areaOf(quad) / (size.width * size.height);
  if (area < (outside ? LEAST_AREA_CUT : LEAST_AREA)) return null;
  const held = heldOf(sides, quad);
  const [least, mean] = [Math.min(...held), held.reduce((sum, one) => sum + one, 0) / 4];
  if (least < LEAST_SIDE || mean < LEAST_SIDES) return null;
  return { quad, score: (least + mean - beyond(sides, quad)) * area ** 0.25 * (outside ? WORTH : 1) };
}

const heldOf = ({ top, bottom, left, right }, [a, b, c, d]) => [
  borneOut(top, a[0], b[0]),
  borneOut(right, b[1], c[1]),
  borneOut(bottom, d[0], c[0]),
  borneOut(left, a[1], d[1]),
];

// A document's side ends at its corners; the edge of a table goes on. How much the four go on, 0 to 0.6.
function beyond({ top, bottom, left, right }, [a, b, c, d]) {
  const over = (line, from, to) => {
    if (line.isOutside) return 0;
    const more = 0.15 * (to - from);
    return Math.max(borneOut(line, from - more, from - 3), borneOut(line, to + 3, to + more));
  };
  return 0.15 * (over(top, a[0], b[0]) + over(bottom, d[0], c[0]) + over(left, a[1], d[1]) + over(right, b[1], c[1]));
}

function crossing(lying, standing, { width, height }) {
  const base = lying.middle - lying.slope * (width / 2);
  const start = standing.middle - standing.slope * (height / 2);
  const y = (base + lying.slope * start) / (1 - lying.slope * standing.slope);
  return [standing.middle + standing.slope * (y - height / 2), y];
}

function areaOf(quad) {
  const twice = quad.reduce((sum, [x, y], at) => {
    const [u, v] = quad[(at + 1) % 4];
    return sum + x * v - u * y;
  }, 0);
  return twice / 2;
}

function hasShape([a, b, c, d], [least, most]) {
  const length = (from, to) => Math.hypot(to[0] - from[0], to[1] - from[1]);
  const shape = (length(a, b) + length(d, c)) / (length(a, d) + length(b, c));
  return shape >= least && shape <= most;
}

function cutOf(quad, { width, height }) {
  const [mx, my] = [RIM * width, RIM * height];
  return [0, 1, 2, 3].filter((at) => {
    const [x, y] = quad[at];
    return x < mx || y < my || x > width - mx || y > height - my;
  });
}
