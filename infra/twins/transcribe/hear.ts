/** What the twin makes of a recording: it understands no speech, so that its length decides on the words. */
import type { Answer } from "./answer.ts";
import type { EarsTwinKind } from "./kinds.ts";
import type { EarsTwinOptions } from "./options.ts";
import type { Wave } from "./wave.ts";

// Quieter than this nobody speaks.
const silentDb = -50;

/** What decides on an answer. */
export interface AnswerOptions extends Pick<EarsTwinOptions, "says" | "language"> {
  readonly kind: EarsTwinKind;
  readonly model: string;
  readonly format: string;
  readonly streams: boolean;
  readonly trigger: Answer["trigger"];
  readonly wave: Wave | undefined;
}

/** The words of the table at a recording's length. */
export function saidIn(wave: Wave | undefined, says: readonly string[]): string {
  return says[Math.round((wave?.seconds ?? 1) * 10) % Math.max(1, says.length)] ?? "";
}

/** The words of a recording, or what is made of silence. */
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
