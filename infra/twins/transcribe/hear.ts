/**
 * Answers a recording. The stand-in does not recognize speech: the recording's length decides which of the given texts
 * is its transcript.
 */
import type { Answer } from "./answer.ts";
import type { EarsTwinKind } from "./kinds.ts";
import type { EarsTwinOptions } from "./options.ts";
import type { Wave } from "./wave.ts";

// Sound below this level, in dBFS, counts as silence.
const silentDb = -50;

/** What determines the answer to a recording. */
export interface AnswerOptions extends Pick<EarsTwinOptions, "says" | "language"> {
  readonly kind: EarsTwinKind;
  readonly model: string;
  readonly format: string;
  readonly streams: boolean;
  readonly trigger: Answer["trigger"];
  readonly wave: Wave | undefined;
}

/** Selects one of the transcripts in `says` by the recording's length. */
export function saidIn(wave: Wave | undefined, says: readonly string[]): string {
  return says[Math.round((wave?.seconds ?? 1) * 10) % Math.max(1, says.length)] ?? "";
}

/** The answer to a recording: its words, or the server's answer to silence. */
export function answerOf({
  kind,
  model,
  format,
  streams,
  trigger,
  wave,
  says,
  language: named,
}: AnswerOptions): Answer {
  const seconds = wave?.seconds ?? 1;
  const isSilent = wave !== undefined && wave.db < silentDb;
  const said = saidIn(wave, says);
  const spoken = trigger?.words?.(said) ?? said;
  const isChinese = /\p{Script=Han}/u.test(spoken);
  const language = trigger?.language ?? named ?? (isChinese ? "zh" : "en");
  const silence = kind.filters ? "" : kind.ghost;
  const text = isSilent
    ? silence
    : trigger?.words === undefined
      ? kind.tags(spoken, isChinese ? "Chinese" : "English")
      : spoken;
  return { kind, text, language, seconds, format, stream: streams, model, trigger };
}
