import type { ConverseRequest } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { SpeechOptions } from "../turn/speech.ts";
import type { Question } from "../turn/writer.ts";
import type { AskedQuestion } from "./answers.ts";

/** The parts of a request after its profile has been applied to them. */
export interface Worded {
  /** The id of the profile. */
  readonly profile: string;
  readonly instructions: string;
  readonly generation: Question["options"];
  /** A text that the answer begins with. */
  readonly notice: string;
  readonly speech: Omit<SpeechOptions, "questionLanguage">;
}

/**
 * The question of a request, in the form in which cached answers are looked up. Undefined if the answer also depends on
 * something else, such as history or a constraint, or if the caller wants a new answer.
 */
export function toQuestion(request: ConverseRequest, worded: Worded): AskedQuestion | undefined {
  const { text, history, sessionId, constraint, stop, instructions, skipAnswerCache } = request;
  const stands = history.length === 0 && sessionId === "" && constraint === undefined && stop.length === 0;
  if (!stands || skipAnswerCache) return undefined;
  const { maxTokens, temperature, topP, seed, thinking } = worded.generation;
  const { voice, language, lexicon, opener } = worded.speech;
  const depends = [
    worded.instructions,
    worded.notice,
    [maxTokens, temperature, topP, seed, thinking].map((value) => value ?? null),
    [voice, language, lexicon, opener].map((value) => value ?? null),
  ];
  return { text, profile: worded.profile, isInstructed: instructions !== "", depends };
}
