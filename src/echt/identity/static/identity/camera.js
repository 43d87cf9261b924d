// The camera: opened with a reason, closed as soon as it is not needed any more, and pictures out of it.

/** Why there is no picture, as a word: denied, absent, busy, insecure, unknown. */
export function problemOf(error) {
  if (!navigator.mediaDevices?.getUserMedia) return "insecure";
  const words = {
    NotAllowedError: "denied",
    SecurityError: "denied",
    NotFoundError: "absent",
    OverconstrainedError: "absent",
    NotReadableError: "busy",
    AbortError: "busy",
  };
  return words[error?.name] ?? "unknown";
}

/** Whether the camera may be opened without asking again. */
export async function isAllowed() {
  try {
    return (await navigator.permissions.query({ name: "camera" })).state === "granted";
  } catch {
    return false; // this browser does not tell
  }
}

/** One camera in one video element. */
export class Camera {
  constructor(video, { facing, width, height }) {
    Object.assign(this, { video, facing, wanted: { width: { ideal: width }, height: { ideal: height } } });
  }

  async open() {
    this.close();
    const video = { facingMode: { ideal: this.facing }, ...this.wanted };
    this.stream = await navigator.mediaDevices.getUserMedia({ video, audio: false });
    this.video.srcObject = this.stream;
    await this.video.play();
  }

  close() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.video.srcObject = null;
  }

  /** The other way round: from the back of the telephone to its front, or back again. */
  async flip() {
    this.facing = this.facing === "environment" ? "user" : "environment";
    await this.open();
  }

  get track() {
    return this.stream?.getVideoTracks()[0];
  }

  /** The name that the browser gives for the camera. */
  get label() {
    return this.track?.label ?? "";
  }

  get hasTorch() {
    return Boolean(this.track?.getCapabilities?.().torch);
  }

  async light(on) {
    await this.track.applyConstraints({ advanced: [{ torch: on }] });
  }

  get size() {
    return { width: this.video.videoWidth, height: this.video.videoHeight };
  }
}

/** How many cameras there are; browsers tell once one of them is allowed. */
export async function count() {
  const devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  return devices.filter(({ kind }) => kind === "videoinput").length;
}

/** Draws a piece of the source into a canvas of this size; the middle of it where no piece is named. */
export function draw(source, canvas, { width, height }, piece = middleOf(source, width / height)) {
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(source, piece.x, piece.y, piece.width, piece.height, 0, 0, width, height);
  return context;
}

/** The whole of it. */
export function wholeOf(source) {
  return { x: 0, y: 0, width: source.videoWidth ?? source.width, height: source.videoHeight ?? source.height };
}

/** The largest piece of this shape, in the middle. */
export function middleOf(source, shape) {
  const { width, height } = wholeOf(source);
  const piece = { width: Math.min(width, height * shape), height: Math.min(height, width / shape) };
  return { x: (width - piece.width) / 2, y: (height - piece.height) / 2, ...piece };
}

/** The canvas as JPEG. */
export function jpegOf(canvas, quality) {
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
}
