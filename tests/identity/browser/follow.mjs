// What one function of the room's modules hands to the next, and what its classes say of one look after another, with
// the milliseconds of each.

export async function corners(modules, frame) {
  const { lumaOf } = await import(`${modules}/frame.js`);
  return (await import(`${modules}/corners.js`)).findCorners(lumaOf(frame));
}

export async function blur(modules, frame) {
  const { blurOf, lumaOf } = await import(`${modules}/frame.js`);
  return blurOf(lumaOf(frame));
}

export async function documents(modules, looks, options = {}) {
  const { Watch } = await import(`${modules}/frame.js`);
  const watch = new Watch(options);
  return looks.map(([at, seen]) => watch.see(seen, at));
}

export async function faces(modules, looks) {
  const { Calm } = await import(`${modules}/light.js`);
  const calm = new Calm();
  return looks.map(([at, hint]) => calm.see(hint, at));
}
