import type { Position, Speech } from "../../../session/heard.ts";

/**
 * The position in a turn's audio at which `heardFrames` sample frames have been heard; at most the end of the audio
 * received so far.
 */
export function positionAt({ segments }: Speech, heardFrames: number): Position {
  let rest = Math.max(0, Math.floor(heardFrames));
  for (const [segment, { frames }] of segments.entries()) {
    if (rest <= frames && frames > 0) return { segment, offset: rest };
    rest -= frames;
  }
  return { segment: Math.max(0, segments.length - 1), offset: segments.at(-1)?.frames ?? 0 };
}
