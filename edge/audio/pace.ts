import { type Clock, sleep } from "../../infra/clock/clock.ts";

/** What a line takes: frames of one length, one after the other. */
export interface Frames {
  readonly frameBytes: number;
  readonly frameMs: number;
  /** What the last frame is filled up with. */
  readonly silence: number;
}

/**
 * Cuts bytes into frames and gives each when its time has come: the first at once, then one every `frameMs`, counted from the first, so that
 * nothing drifts. A pause of the source puts all that follows off by its length: nothing is made up for in a burst, which a line would drop.
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
    // The line has run dry: its time begins anew.
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
