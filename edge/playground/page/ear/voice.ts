import type { Turn } from "../turn/turn.ts";
import type { Voice } from "./hands-free.ts";

/**
 * A transcript may contain an echo of what the assistant said up to this many milliseconds ago: the duration of the
 * transcribed speech, plus the room's reverberation.
 */
const lateMs = 4000;
// The assistant's text counts as spoken up to this many characters beyond the last word that was played to its end:
// parts of the next few words may already be in the echo.
const aheadCharacters = 24;

/** What `rememberVoice` needs to know about playback. */
export interface VoiceSource {
  /** The turn whose audio is playing, if any. */
  sounding(): Turn | undefined;
  /** How long a sample takes from the page to the ear, in ms: a paused voice is heard for this much longer. */
  latencyMs(): number;
  nowMs(): number;
}

/** Returns a function that tells what the assistant is saying now. Call that function about once per frame. */
export function rememberVoice({ sounding, latencyMs, nowMs }: VoiceSource): () => Voice {
  let heard: { readonly ms: number; readonly turn: Turn; readonly end: number }[] = [];
  return () => {
    const ms = nowMs();
    const turn = sounding();
    heard = heard.filter((one) => ms - one.ms < lateMs);
    if (turn !== undefined) heard.push({ ms, turn, end: turn.caption?.end ?? turn.heard });
    const last = heard.at(-1);
    if (last === undefined) return { id: undefined, lately: "" };
    const ends = heard.filter((one) => one.turn === last.turn).map(({ end }) => end);
    const lately = last.turn.written.slice(Math.min(...ends), Math.max(...ends) + aheadCharacters);
    return { id: ms - last.ms <= latencyMs() ? last.turn.id : undefined, lately };
  };
}
