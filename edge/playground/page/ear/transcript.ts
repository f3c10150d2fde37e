import type { Key } from "../i18n/strings.ts";
import { problemOfCall } from "../turn/problem.ts";

/** Transcribes 16-bit PCM at `earRateHertz`; resolves to an empty string if the recording contains no speech. */
export type Transcribe = (pcm: Uint8Array<ArrayBuffer>, signal: AbortSignal) => Promise<string>;

const away: readonly Key[] = ["problem.engine", "problem.slow", "problem.internal", "problem.refused"];

/** The message for the user about a recording that could not be transcribed. */
export function problemOfTranscript(error: unknown): Key {
  const { sentence } = problemOfCall(error, false);
  return away.includes(sentence) ? "ear.away" : sentence;
}
