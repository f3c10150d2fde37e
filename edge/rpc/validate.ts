import { countCodePoints } from "../../infra/text/code-points.ts";
import { canonicalTag } from "../../infra/text/language/tag.ts";
import { type FieldViolation, invalidRequest } from "../errors.ts";
import {
  type ConverseRequest,
  type GenerationOptions,
  type Message,
  Role,
  type SpeakRequest,
  ThinkingMode,
} from "../gen/duet/assistant/v1/assistant_pb.ts";

// The limits that assistant.proto states.
const maxTextCharacters = 8_000;
const maxHistoryMessages = 200;
const maxMessageCharacters = 32_000;
const maxInstructionsCharacters = 32_000;
const maxAnswerTokens = 8_192;

/** Throws INVALID_ARGUMENT with a violation for every field that is wrong. */
export function checkConverse(request: ConverseRequest): void {
  refuse([
    ...checkText(request.text),
    ...checkHistory(request.history),
    ...checkLength("instructions", request.instructions, maxInstructionsCharacters),
    ...checkLanguage(request.language),
    ...checkGeneration(request.generation),
  ]);
}

/** Throws INVALID_ARGUMENT with a violation for every field that is wrong. */
export function checkSpeak(request: SpeakRequest): void {
  refuse([...checkText(request.text), ...checkLanguage(request.language)]);
}

function refuse(violations: FieldViolation[]): void {
  if (violations.length > 0) throw invalidRequest(violations);
}

function* checkText(text: string): Generator<FieldViolation> {
  yield* checkLength("text", text, maxTextCharacters);
  if (!/[\p{L}\p{N}]/u.test(text)) yield { field: "text", description: "must hold at least one letter or digit" };
}

function* checkHistory(history: readonly Message[]): Generator<FieldViolation> {
  if (history.length > maxHistoryMessages)
    yield {
      field: "history",
      description: `has ${history.length} messages, at most ${maxHistoryMessages}: leave out the oldest`,
    };
  for (const [index, { role, content }] of history.entries()) {
    if (role !== Role.USER && role !== Role.ASSISTANT)
      yield { field: `history[${index}].role`, description: "must be ROLE_USER or ROLE_ASSISTANT" };
    if (content === "") yield { field: `history[${index}].content`, description: "must not be empty" };
    yield* checkLength(`history[${index}].content`, content, maxMessageCharacters);
  }
}

function* checkLanguage(language: string): Generator<FieldViolation> {
  if (language !== "" && canonicalTag(language) === undefined)
    yield {
      field: "language",
      description: "must be a BCP 47 tag such as zh, en-US or ja, or empty to be told from the text",
    };
}

function* checkGeneration(options: GenerationOptions | undefined): Generator<FieldViolation> {
  const { maxTokens, temperature, topP, thinking } = options ?? {};
  if (maxTokens !== undefined && !(maxTokens >= 1 && maxTokens <= maxAnswerTokens))
    yield { field: "generation.max_tokens", description: `must be 1 to ${maxAnswerTokens}` };
  if (temperature !== undefined && !(temperature >= 0 && temperature <= 2))
    yield { field: "generation.temperature", description: "must be 0 to 2" };
  if (topP !== undefined && !(topP > 0 && topP <= 1))
    yield { field: "generation.top_p", description: "must be above 0, up to 1" };
  if (thinking !== undefined && !(Object.values(ThinkingMode) as number[]).includes(thinking))
    yield { field: "generation.thinking", description: "must be THINKING_MODE_OFF or THINKING_MODE_ON, or left out" };
}

function* checkLength(field: string, text: string, most: number): Generator<FieldViolation> {
  // The proto counts characters in code points.
  const characters = countCodePoints(text);
  if (characters > most) yield { field, description: `has ${characters} characters, at most ${most}: shorten it` };
}
