import type { Position, Speech } from "../../../session/heard.ts";

/**
 * The position in the sound of a turn at which so many of its sample frames were heard; behind all that has come, its
 * end.
 */
export function positionAt({ segments }: Speech, heardFrames: number): Position {
  let rest = Math.max(0, Math.floor(heardFrames));
  for (const [segment, { frames }] of segments.entries()) {
    if (rest <= frames && frames > 0) return { segment, offset: rest };
    rest -= frames;
  }
  return { segment: Math.max(0, segments.length - 1), offset: segments.at(-1)?.frames ?? 0 };
}
