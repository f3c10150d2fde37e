import type { Sound } from "../record.ts";

/** How a listener fared whose player begins a fixed while after the first sound arrived. */
export interface Playback {
  /** How often it ran dry before the end. */
  readonly underruns: number;
  /** How long it was silent for that, in milliseconds. */
  readonly stallMs: number;
  /** When the sound that begins after so many seconds of audio was played, in the time of its arrival. */
  playedAtMs(positionSeconds: number): number;
}

/** A gap shorter than this is not heard, and no sharper than a timer tells. */
const toleranceMs = 1;

/**
 * Plays sounds as they arrive. `bufferMs`: how long the player waits after the first one; it waits no more after it ran
 * dry.
 */
export function play(sounds: readonly Sound[], bufferMs: number): Playback {
  let underruns = 0;
  let stallMs = 0;
  let position = 0;
  /** When all that has arrived so far will have been played. */
  let dryAtMs = (sounds[0]?.atMs ?? 0) + bufferMs;
  const pieces = sounds.map(({ atMs, seconds }) => {
    if (atMs > dryAtMs + toleranceMs) {
      underruns++;
      stallMs += atMs - dryAtMs;
    }
    const playedAtMs = Math.max(dryAtMs, atMs);
    dryAtMs = playedAtMs + seconds * 1000;
    const piece = { from: position, playedAtMs };
    position += seconds;
    return piece;
  });
  return {
    underruns,
    stallMs,
    playedAtMs(at) {
      const piece = pieces.findLast(({ from }) => from <= at + 1e-9) ?? pieces[0];
      return piece === undefined ? Number.POSITIVE_INFINITY : piece.playedAtMs + (at - piece.from) * 1000;
    },
  };
}
