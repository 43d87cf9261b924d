// The container in which the frames of a challenge travel: `ECHTF1`, how many (u16), and for each its time in
// milliseconds (u32), its length (u32) and its JPEG. Numbers are big-endian. The server refuses what is too much.

export const LIMITS = { frames: 80, bytesOfFrame: 200_000, bytes: 4_000_000 };
const MAGIC = new TextEncoder().encode("ECHTF1");

/** Frames as `[at, Uint8Array]`, in one Uint8Array. What does not fit within the limits is left out, evenly. */
export function containerOf(frames) {
  const kept = fitting(frames.filter(([, jpeg]) => jpeg.length <= LIMITS.bytesOfFrame));
  const bytes = new Uint8Array(sizeOf(kept));
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint16(MAGIC.length, kept.length);
  let place = MAGIC.length + 2;
  for (const [at, jpeg] of kept) {
    view.setUint32(place, at);
    view.setUint32(place + 4, jpeg.length);
    bytes.set(jpeg, place + 8);
    place += 8 + jpeg.length;
  }
  return bytes;
}

const sizeOf = (frames) => frames.reduce((sum, [, jpeg]) => sum + 8 + jpeg.length, MAGIC.length + 2);

function fitting(frames) {
  const share = Math.min(1, LIMITS.frames / frames.length, LIMITS.bytes / sizeOf(frames));
  let kept = frames;
  const fits = () => kept.length <= LIMITS.frames && sizeOf(kept) <= LIMITS.bytes;
  for (let most = Math.floor(share * frames.length); !fits(); most--) {
    kept = Array.from({ length: most }, (_, at) => frames[Math.floor((at * frames.length) / most)]);
  }
  return kept;
}
