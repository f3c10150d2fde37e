import type { Sound, TurnEnd, TurnRecord } from "../record.ts";
import { firstAudible } from "./audible.ts";

/** Sample frames a second of all engines here. */
const sampleRateHertz = 44_100;

/** Notes what one client sees of one turn. */
export interface Listener {
  text(): void;
  segment(text: string, writtenEnd?: number): void;
  sound(pcm: Buffer): void;
  /** Only the first call counts: a turn ends once. */
  end(how: TurnEnd, reason?: string): void;
  /** The record; call it after the end. */
  record(): TurnRecord;
}

/**
 * Makes a listener of a turn that begins now. `now` gives milliseconds since the cell began; `onHeard` is told of its
 * first sound.
 */
export function createListener(
  turn: Pick<TurnRecord, "user" | "nth" | "reply" | "intendedAtMs">,
  now: () => number,
  onHeard: () => void = () => {},
): Listener {
  const startedAtMs = now();
  const textsAtMs: number[] = [];
  const segments: { text: string; writtenEnd?: number }[] = [];
  const sounds: Sound[] = [];
  let ending: { end: TurnEnd; endedAtMs: number; reason: string | undefined } | undefined;
  /** Sound of this segment was heard: the rest of it need not be looked at. */
  let audibleSegment = -1;
  return {
    text: () => void textsAtMs.push(now()),
    segment: (text, writtenEnd) => void segments.push({ text, ...(writtenEnd !== undefined && { writtenEnd }) }),
    sound(pcm) {
      const atMs = now();
      const segment = segments.length - 1;
      const seconds = (pcm.length >> 1) / sampleRateHertz;
      const silentSeconds = audibleSegment === segment ? 0 : firstAudible(pcm) / sampleRateHertz;
      if (silentSeconds < seconds) {
        if (audibleSegment === -1) onHeard();
        audibleSegment = segment;
      }
      sounds.push({ atMs, segment, seconds, silentSeconds });
    },
    end(end, reason) {
      ending ??= { end, endedAtMs: now(), reason };
    },
    record: () => ({
      ...turn,
      startedAtMs,
      textsAtMs,
      segments,
      sounds,
      ...(ending ?? { end: "unfinished", endedAtMs: now(), reason: undefined }),
    }),
  };
}
