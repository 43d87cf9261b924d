// The face step: first light and sharpness are measured here, so that nobody tries in vain. Then the server names
// movements, they are shown one after the other, and the frames that are taken meanwhile go to it. It alone judges.

import { Camera, draw, jpegOf, problemOf } from "./camera.js";
import { Refused, later, send, until } from "./case.js";
import { Calm, faceHintOf } from "./light.js";
import { containerOf } from "./frames.js";
import { upload } from "./upload.js";

const SIZE = { width: 480, height: 640 };
const SMALL = { width: 120, height: 160 }; // of the picture in which light is measured
const LOOK = 150; // milliseconds between two looks
const LONG = 20_000; // after which other ways are named
const READY = 1400; // before the first movement: look straight
const MOVE = 3300; // for each movement
const REST = 500; // between two
const FRAME = 165; // between two frames
const HEAVY = 46_000; // bytes of a frame, above which the next ones are compressed more
const RARELY = 2500; // milliseconds between two sentences for a screen reader

const page = document.querySelector("[data-face]");
const dialog = document.getElementById("camera");
const find = (name) => dialog.querySelector(`[data-${name}]`);
const camera = new Camera(dialog.querySelector("video"), { facing: "user", width: 1280, height: 960 });
const canvas = document.createElement("canvas");
const small = document.createElement("canvas");
const words = (name) => page.querySelector(`[data-words="${name}"]`).textContent;

let running = null;
let spokenAt = -RARELY;

// Opening and closing ---------------------------------------------------------------------------------------------

/** Opens the camera over the whole window. */
export async function open() {
  for (const problem of page.querySelectorAll("[data-problem]")) problem.hidden = true;
  try {
    if (!dialog.open) dialog.showModal();
    show("open");
    await camera.open();
  } catch (error) {
    dialog.close();
    showProblem(problemOf(error));
    return;
  }
  await begin();
}

async function begin() {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  try {
    await position(signal);
    await perform(signal);
  } catch (error) {
    if (!signal.aborted) fail(error);
  }
}

function close() {
  running?.abort();
  camera.close();
}

function fail(error) {
  const sentence = error instanceof Refused ? error.message : error?.sentence;
  find("problem-text").textContent = sentence || words("sending");
  show("failed");
  find("again").focus();
}

// Position and light ----------------------------------------------------------------------------------------------

async function position(signal) {
  show("position");
  hint(words("look"), { loud: true });
  const calm = new Calm();
  for (const begun = performance.now(); ; ) {
    await later(LOOK, signal);
    if (!camera.video.videoWidth) continue;
    const frame = draw(camera.video, small, SMALL).getImageData(0, 0, SMALL.width, SMALL.height);
    const { hint: name, ready } = calm.see(faceHintOf(frame), performance.now());
    if (ready) return;
    hint(words(name));
    if (performance.now() - begun > LONG) dialog.dataset.help = "yes";
  }
}

async function still(quality) {
  draw(camera.video, canvas, SIZE);
  return jpegOf(canvas, quality);
}

// The movements ---------------------------------------------------------------------------------------------------

async function perform(signal) {
  const { challenge, movements } = await send("challenge", {}, signal);
  const recording = new AbortController();
  const stop = AbortSignal.any ? AbortSignal.any([signal, recording.signal]) : recording.signal;
  const frames = record(stop);
  try {
    await present(movements, signal);
  } finally {
    recording.abort();
  }
  await answer(challenge, await frames, signal);
}

// Shows the movements in their order, each for its time.
async function present(movements, signal) {
  show("ready");
  hint(words("ready"), { loud: true });
  await later(READY, signal);
  for (const [at, { id, text }] of movements.entries()) {
    show("move");
    find("count").textContent = words("count").replace("%1", at + 1).replace("%2", movements.length);
    for (const drawing of dialog.querySelectorAll("[data-movement]")) drawing.hidden = drawing.dataset.movement !== id;
    hint(text, { loud: true });
    await countdown(MOVE, signal);
    show("ready");
    hint(words("straight"));
    await later(REST, signal);
  }
}

async function countdown(time, signal) {
  const begun = performance.now();
  for (let gone = 0; gone < time; gone = performance.now() - begun) {
    find("time").value = Math.min(100, (100 * gone) / time);
    await later(100, signal);
  }
}

// Frames as they come, with their time since the challenge, until it is stopped.
async function record(signal) {
  const frames = [];
  const begun = performance.now();
  let quality = 0.82;
  for (let next = 0; !signal.aborted; next += FRAME) {
    await later(Math.max(0, begun + next - performance.now()));
    if (signal.aborted) break;
    const at = Math.round(performance.now() - begun);
    const jpeg = new Uint8Array(await (await still(quality)).arrayBuffer());
    if (jpeg.length > HEAVY) quality = Math.max(0.4, quality - 0.08);
    frames.push([at, jpeg]);
    next = Math.max(next, at);
  }
  return frames;
}

// The answer ------------------------------------------------------------------------------------------------------

async function answer(challenge, frames, signal) {
  show("send");
  hint(words("sending-frames"), { loud: true });
  const content = new Blob([containerOf(frames)], { type: "application/octet-stream" });
  const onProgress = (share) => Object.assign(find("progress"), { value: Math.round(100 * share) });
  const id = await upload(content, { item: "face", onProgress, signal });
  await send("answer", { challenge, upload: id, camera: camera.label }, signal);
  show("judge");
  hint(words("judging"), { loud: true });
  const { face, next } = await until((now) => (now.face.challenge === challenge ? now : null), signal);
  if (face.sentence) throw new Refused(face.sentence);
  show("done");
  hint(words("done"), { loud: true });
  camera.close();
  location.assign(next);
}

// The page --------------------------------------------------------------------------------------------------------

function show(state) {
  dialog.dataset.state = state;
  dialog.dataset.help = "";
}

// What to do now; read out at once where it is loud, otherwise now and then.
function hint(text, { loud = false } = {}) {
  find("hint").textContent = text;
  if (!loud && performance.now() - spokenAt < RARELY) return;
  spokenAt = performance.now();
  find("say").textContent = text;
}

function showProblem(name) {
  const problem = page.querySelector(`[data-problem="${name}"]`) ?? page.querySelector("[data-problem=unknown]");
  problem.hidden = false;
  problem.focus();
}

find("again").addEventListener("click", () => (camera.stream ? begin() : open()));
dialog.addEventListener("close", close);
addEventListener("pagehide", close);
