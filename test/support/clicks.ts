/** Curvature is compared with that of so much sound around it. */
const aroundSeconds = 0.004;
/**
 * A click is so many times as sharp as the sharpest of what is around it, and as sharp as a step of −36 dBFS at least.
 */
const sharper = 4;
const leastSharpness = 500;

/**
 * Where sound clicks, in samples: a sample or two that fit neither those before them nor those after them, such as a
 * step, a spike, or a wave that was cut in the middle. Speech has none: what is sharp in it, an s or a t, is so for
 * milliseconds.
 */
export function findClicks(samples: Int16Array, sampleRateHertz: number): number[] {
  const around = Math.round(aroundSeconds * sampleRateHertz);
  const sharpness = new Int32Array(samples.length);
  for (let at = 0; at < samples.length; at++)
    sharpness[at] = Math.abs((samples[at - 1] ?? 0) - 2 * (samples[at] as number) + (samples[at + 1] ?? 0));
  const clicks: number[] = [];
  for (let at = 0; at < samples.length; at++) {
    const sharp = sharpness[at] as number;
    if (sharp < leastSharpness) continue;
    const before = most(sharpness, at - around, at - 3);
    const after = most(sharpness, at + 4, at + 1 + around);
    // A sound may begin or end there; but not at once.
    if (sharp > sharper * Math.max(before, after)) clicks.push(at);
  }
  return clicks.filter((at, index) => index === 0 || at - (clicks[index - 1] as number) > around);
}

function most(values: Int32Array, from: number, until: number): number {
  let found = 0;
  for (let at = Math.max(0, from); at < Math.min(values.length, until); at++)
    if ((values[at] as number) > found) found = values[at] as number;
  return found;
}
