// Photographing a side of a document: the camera takes the picture by itself as soon as everything is right. It is sent
// at once, and the server's verdict is shown on it. Files take the same way, as they are.

import { Camera, count, draw, isAllowed, jpegOf, problemOf, wholeOf } from "./camera.js";
import { Refused, judged } from "./case.js";
import { Watch, look } from "./frame.js";
import { drawFound, drawVerdict, wipe } from "./overlay.js";
import { upload } from "./upload.js";

const SMALL = 240; // longer side of the picture in which corners are found
const DETAIL = { width: 400, height: 260 }; // in the camera's own pixels, for the sharpness
const PAUSE = 110; // milliseconds between two looks
const READABLE = 900; // pixels that a document must be wide
const LARGEST = 2600; // longer side of what is sent
const RARELY = 2500; // milliseconds between two sentences for a screen reader

const page = document.querySelector("[data-capture]");
const dialog = document.getElementById("camera");
const find = (name) => dialog.querySelector(`[data-${name}]`);
const video = dialog.querySelector("video");
const [overlay, shot] = [find("overlay"), find("shot")];
const { item, shape } = page.dataset;
const small = document.createElement("canvas");
const detail = document.createElement("canvas");
const camera = new Camera(video, { facing: "environment", width: 2560, height: 1440 });

let watch = new Watch();
let running = null; // the AbortController of what goes on now
let spoken = { at: 0, words: "" };

// Opening and closing ---------------------------------------------------------------------------------------------

/** Opens the camera over the whole window. */
export async function open() {
  clearProblem();
  try {
    if (!dialog.open) dialog.showModal();
    await camera.open();
    await aim();
  } catch (error) {
    dialog.close();
    showProblem(problemOf(error));
  }
}

function close() {
  running?.abort();
  camera.close();
}

/** The same, where the browser need not ask first. */
export async function openAtOnce() {
  if (await isAllowed()) await open();
}

async function aim() {
  show("aim");
  watch = new Watch({ least: leastWidth() });
  find("torch").hidden = !camera.hasTorch;
  find("flip").hidden = (await count()) < 2;
  running?.abort();
  running = new AbortController();
  follow(running.signal);
}

// The document must be so wide in the picture that the server can read it.
const leastWidth = () => Math.min(0.85, READABLE / camera.size.width);

// Looking ---------------------------------------------------------------------------------------------------------

async function follow(signal) {
  while (!signal.aborted) {
    await new Promise((done) => setTimeout(done, PAUSE));
    if (signal.aborted || !video.videoWidth) continue;
    const seen = look(...frames());
    const told = watch.see(seen, performance.now());
    tell(told.hint, seen);
    drawFound(overlay, video, { seen, hint: told.hint, shape: Number(shape) });
    if (told.ready) await take();
  }
}

function frames() {
  const scale = SMALL / Math.max(video.videoWidth, video.videoHeight);
  const size = { width: Math.round(video.videoWidth * scale), height: Math.round(video.videoHeight * scale) };
  const whole = draw(video, small, size, wholeOf(video)).getImageData(0, 0, size.width, size.height);
  const piece = { x: (video.videoWidth - DETAIL.width) / 2, y: (video.videoHeight - DETAIL.height) / 2, ...DETAIL };
  return [whole, draw(video, detail, DETAIL, piece).getImageData(0, 0, DETAIL.width, DETAIL.height)];
}

function tell(hint, { corners, cut }) {
  const one = hint === "cut" && cut.length === 1 ? `cut-${cut[0]}` : hint;
  const words = page.querySelector(`[data-hint="${one}"]`).textContent;
  dialog.dataset.hint = hint;
  find("hint").textContent = words;
  say(words);
  measure("corners", corners ? 4 - cut.length : 0, corners && !cut.length);
  measure("sharp", null, !["blurred", "moving"].includes(hint) && corners);
  measure("light", null, !["dark", "bright"].includes(hint) && corners);
  measure("glare", null, hint !== "glare" && corners);
}

function measure(name, figure, good) {
  const line = dialog.querySelector(`[data-measure="${name}"]`);
  line.className = `state ${good ? "success" : ""}`;
  const number = line.querySelector("[data-figure]");
  if (number) number.textContent = figure;
  line.querySelector("[data-good]").hidden = !good;
  line.querySelector("[data-bad]").hidden = Boolean(good);
}

// Politely, and not at every change.
function say(words) {
  if (words === spoken.words || performance.now() - spoken.at < RARELY) return;
  spoken = { at: performance.now(), words };
  find("say").textContent = words;
}

// Taking and sending ----------------------------------------------------------------------------------------------

async function take() {
  if (!video.videoWidth || dialog.dataset.state !== "aim") return;
  const scale = Math.min(1, LARGEST / Math.max(video.videoWidth, video.videoHeight));
  const size = { width: Math.round(video.videoWidth * scale), height: Math.round(video.videoHeight * scale) };
  draw(video, shot, size, wholeOf(video));
  await sendPicture(await jpegOf(shot, 0.92), {});
}

/** Sends a file from the disk, as it is. */
export async function takeFile(file) {
  if (!file) return;
  if (!dialog.open) dialog.showModal();
  await paint(file);
  await sendPicture(file, { scan: page.querySelector("[name=scan]")?.checked });
}

async function paint(file) {
  const picture = await createImageBitmap(file).catch(() => null); // HEIC: not every browser can show it
  const size = picture ?? { width: 1, height: 1 };
  const scale = Math.min(1, 1600 / Math.max(size.width, size.height));
  const context = Object.assign(shot, {
    width: Math.round(size.width * scale),
    height: Math.round(size.height * scale),
  }).getContext("2d");
  if (picture) context.drawImage(picture, 0, 0, shot.width, shot.height);
}

async function sendPicture(blob, { scan }) {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  show("send");
  try {
    const id = await upload(blob, { item, onProgress: progress, signal });
    show("judge");
    result(await judged(item, id, { scan, signal }));
  } catch (error) {
    if (!signal.aborted) refuse([error instanceof Refused && error.message ? error.message : sentence(error)]);
  }
}

function progress(share) {
  find("progress").value = Math.round(100 * share);
}

function sentence(error) {
  return error?.sentence ?? page.querySelector("[data-problem=sending]").textContent;
}

function result(verdict) {
  drawVerdict(overlay, shot, verdict);
  if (verdict.state === "refused") refuse(verdict.sentences);
  else {
    show("done");
    say(find("done").textContent);
    camera.close();
    location.assign(verdict.next.includes("/photo/") ? `${verdict.next}#camera` : verdict.next);
  }
}

function refuse(sentences) {
  show("refused");
  const list = find("faults");
  list.replaceChildren(...sentences.map((words) => Object.assign(document.createElement("p"), { textContent: words })));
  find("again").focus();
}

// The page --------------------------------------------------------------------------------------------------------

function show(state) {
  dialog.dataset.state = state;
  if (state === "aim" || state === "send") wipe(overlay);
  progress(0);
}

function clearProblem() {
  for (const problem of page.querySelectorAll("[data-problem]")) problem.hidden = true;
}

function showProblem(name) {
  const problem = page.querySelector(`[data-problem="${name}"]`) ?? page.querySelector("[data-problem=unknown]");
  problem.hidden = false;
  problem.focus();
}

async function again() {
  if (!camera.stream) return open();
  return aim();
}

find("shutter").addEventListener("click", take);
find("again").addEventListener("click", again);
find("flip").addEventListener("click", async () => {
  await camera.flip();
  await aim();
});
find("torch").addEventListener("click", async ({ currentTarget: button }) => {
  const on = button.getAttribute("aria-pressed") !== "true";
  await camera.light(on);
  button.setAttribute("aria-pressed", String(on));
});
dialog.addEventListener("close", close);
addEventListener("pagehide", close);
