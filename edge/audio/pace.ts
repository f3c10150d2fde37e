import { type Clock, sleep } from "../../infra/clock/clock.ts";

/** The frames that a telephone line expects, all of one length. */
export interface Frames {
  readonly frameBytes: number;
  readonly frameMs: number;
  /** The byte that encodes silence; it fills up the last frame. */
  readonly silence: number;
}

/**
 * Cuts bytes into frames and yields each on time: the first at once, then one every `frameMs` counted from the first,
 * so that timing does not drift. If the source pauses, everything after the pause is delayed: frames are never sent in
 * a burst to catch up, since a line would drop them.
 */
export async function* paceFrames(
  source: AsyncIterable<Uint8Array>,
  { frameBytes, frameMs, silence }: Frames,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let dueAt = clock.now();
  const wait = async () => {
    const now = clock.now();
    // If the source has paused, timing starts again from here.
    if (now - dueAt > frameMs) dueAt = now;
    if (dueAt > now) await sleep(clock, dueAt - now, signal);
    dueAt += frameMs;
  };
  let frame = new Uint8Array(frameBytes);
  let filled = 0;
  for await (const bytes of source) {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + frameBytes - filled);
      frame.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < frameBytes) break;
      await wait();
      yield frame;
      frame = new Uint8Array(frameBytes);
      filled = 0;
    }
  }
  if (filled === 0) return;
  await wait();
  yield frame.fill(silence, filled);
}
