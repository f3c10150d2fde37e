import type { Turn } from "../turn/turn.ts";
import type { Voice } from "./hands-free.ts";

/** What a microphone hears of an answer is as old as this at most: what is said in it, and what the room keeps. */
const lateMs = 4000;
// A word or two: what is heard is known only at the end of a word.
const aheadCharacters = 24;

/** Where the sound of answers is known from. */
export interface VoiceSource {
  /** The turn whose sound is heard now, if any. */
  sounding(): Turn | undefined;
  /** How long a sample takes to the ear: for so long a voice that is held goes on. */
  latencyMs(): number;
  nowMs(): number;
}

/** Returns a function that tells what the assistant says aloud now; to be called about as often as frames come. */
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
