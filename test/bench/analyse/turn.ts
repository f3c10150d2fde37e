import type { Sound, TurnRecord } from "../record.ts";
import { openerSeconds } from "./openers.ts";
import { play } from "./playback.ts";

/** Players that are tried on every turn: how long they wait after the first sound. */
export const buffersMs = [0, 100, 200] as const;

/** A buffer of `buffersMs`. */
export type BufferMs = (typeof buffersMs)[number];

/** The latencies of one turn, in milliseconds from when it was meant to begin; infinite if it never came to that. */
export interface TurnFigures {
  /** To the first text. */
  readonly ttftMs: number;
  /** To the first sample that can be heard. */
  readonly ttfaMs: number;
  /** To the first sound that is no opener: what a listener came for. */
  readonly ttfiMs: number;
  /** To the end of the answer, text and sound. */
  readonly endToEndMs: number;
  readonly soundSeconds: number;
  /** What a player of each buffer did. */
  readonly stalls: Readonly<Record<BufferMs, { readonly underruns: number; readonly stallMs: number }>>;
}

/**
 * Measures one turn. A player runs dry also where sound stops before the turn does: what never came is a failure, not a
 * stall.
 */
export function measureTurn(turn: TurnRecord): TurnFigures {
  const { intendedAtMs, sounds, end } = turn;
  const never = Number.POSITIVE_INFINITY;
  const since = (atMs: number | undefined) => (atMs === undefined ? never : atMs - intendedAtMs);
  const stallsAt = (bufferMs: BufferMs) => {
    const { underruns, stallMs } = play(sounds, bufferMs);
    return { underruns, stallMs };
  };
  return {
    ttftMs: since(turn.textsAtMs[0]),
    ttfaMs: since(heardAtMs(sounds)),
    ttfiMs: since(informedAtMs(turn)),
    endToEndMs: end === "finished" ? since(turn.endedAtMs) : never,
    soundSeconds: sounds.reduce((sum, { seconds }) => sum + seconds, 0),
    stalls: { 0: stallsAt(0), 100: stallsAt(100), 200: stallsAt(200) },
  };
}

/**
 * When the first sample that can be heard was played, by a player without a buffer: the silence that an engine begins
 * with counts.
 */
function heardAtMs(sounds: readonly Sound[]): number | undefined {
  const first = sounds.findIndex(({ seconds, silentSeconds }) => silentSeconds < seconds);
  if (first === -1) return undefined;
  const before = sounds.slice(0, first).reduce((sum, { seconds }) => sum + seconds, 0);
  return play(sounds, 0).playedAtMs(before + (sounds[first] as Sound).silentSeconds);
}

/** When the first sound was played, by a player without a buffer, that belongs to no opener. */
function informedAtMs({ sounds, segments }: TurnRecord): number | undefined {
  const { playedAtMs } = play(sounds, 0);
  let position = 0;
  for (const [index, { text }] of segments.entries()) {
    const own = sounds.filter(({ segment }) => segment === index);
    const seconds = own.reduce((sum, one) => sum + one.seconds, 0);
    const opening = openerSeconds(text);
    if (opening === Number.POSITIVE_INFINITY) {
      position += seconds;
      continue;
    }
    // The silence that the segment begins with.
    const heard = own.findIndex((one) => one.silentSeconds < one.seconds);
    if (heard === -1) return undefined;
    const silence = own.slice(0, heard + 1).reduce((sum, { silentSeconds }) => sum + silentSeconds, 0);
    return playedAtMs(position + Math.min(silence + opening, seconds));
  }
  return undefined;
}
