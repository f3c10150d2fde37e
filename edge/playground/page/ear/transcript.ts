import type { Key } from "../i18n/strings.ts";
import { problemOfCall } from "../turn/problem.ts";

/** Has 16-bit PCM at `earRateHertz` written down; empty if nobody speaks in it. */
export type Transcribe = (pcm: Uint8Array<ArrayBuffer>, signal: AbortSignal) => Promise<string>;

const away: readonly Key[] = ["problem.engine", "problem.slow", "problem.internal", "problem.refused"];

/** What a person is told of a recording that could not be written down. */
export function problemOfTranscript(error: unknown): Key {
  const { sentence } = problemOfCall(error, false);
  return away.includes(sentence) ? "ear.away" : sentence;
}
