import { countCodePoints } from "../../infra/text/code-points.ts";
import { parseJson } from "../../infra/text/json.ts";
import { canonicalTag } from "../../infra/text/language/tag.ts";
import { type FieldViolation, invalidRequest } from "../errors.ts";
import {
  type Constraint,
  type ConverseRequest,
  type GenerationOptions,
  type ListSessionsRequest,
  type Message,
  OpenerMode,
  type Position,
  type ReportPlaybackRequest,
  Role,
  type SpeakRequest,
  ThinkingMode,
  type TranscribeRequest,
} from "../gen/duet/assistant/v1/assistant_pb.ts";
import { checkAgain } from "./request/again.ts";
import { requestLimits as limits } from "./request/limits.ts";

const maxPageSize = 100;
const maxHintCharacters = 1_000;
/** The maximum number of violations that are reported for a request. */
const mostViolations = 10;
export const sessionIdForm = /^[A-Za-z0-9._-]{1,64}$/;
export const userIdForm = /^[A-Za-z0-9._@:-]{1,128}$/;

/** Throws INVALID_ARGUMENT with a violation for every invalid field. */
export function checkConverse(request: ConverseRequest): void {
  refuse(
    checkAsked(request),
    checkAgain(request),
    checkSession(request),
    checkHistory(request.history, request.sessionId),
    checkLength("instructions", request.instructions, limits.instructionsCharacters),
    checkLanguage(request.language),
    checkOpener(request.opener),
    checkGeneration(request.generation),
    checkStop(request.stop),
    checkConstraint(request.constraint),
  );
}

/**
 * Returns the language of a recording, or an empty string if the request names none. Throws INVALID_ARGUMENT with a
 * violation for every invalid field except the recording itself.
 */
export function checkTranscribe({ language, hints }: TranscribeRequest): string {
  refuse(checkLanguage(language), checkLength("hints", hints, maxHintCharacters));
  return canonicalTag(language) ?? "";
}

/** Validates a request. Throws INVALID_ARGUMENT with a violation for every invalid field. */
export function checkSpeak(request: SpeakRequest): void {
  refuse(
    checkText(request.text),
    checkAgain(request),
    checkSession(request),
    checkLanguage(request.language),
    checkOpener(request.opener),
  );
}

/** Throws INVALID_ARGUMENT unless `turnId` is well-formed. */
export function checkTurnId(turnId: string): void {
  if (turnId === "")
    refuse([{ field: "turn_id", reason: "REQUIRED", description: "must be the started.turn_id of a turn" }]);
}

/** The position in a playback report. Throws INVALID_ARGUMENT unless the report names a turn and a position. */
export function readReport({ turnId, played }: ReportPlaybackRequest): Position {
  checkTurnId(turnId);
  if (played === undefined)
    throw invalidRequest([
      { field: "played", reason: "REQUIRED", description: "must give the position up to which the turn was heard" },
    ]);
  return played;
}

/** Throws INVALID_ARGUMENT unless `sessionId` is well-formed. */
export function checkSessionId(sessionId: string): void {
  refuse(checkName("session_id", sessionId, sessionIdForm, "1 to 64 characters out of A-Z a-z 0-9 . _ -"));
}

/** Validates a request. Throws INVALID_ARGUMENT with a violation for every invalid field. */
export function checkListSessions({ userId, pageSize, pageToken }: ListSessionsRequest): void {
  refuse(checkSession({ sessionId: "", userId }), checkPage(pageSize, pageToken));
}

function* checkPage(size: number, token: string): Generator<FieldViolation> {
  if (size > maxPageSize)
    yield { field: "page_size", reason: "OUT_OF_RANGE", description: `must be at most ${maxPageSize}` };
  if (!/^\d{0,20}$/.test(token))
    yield {
      field: "page_token",
      reason: "INVALID_FORMAT",
      description: "must be the next_page_token of an earlier page",
    };
}

/**
 * Throws INVALID_ARGUMENT with the violations that the checks find, at most `mostViolations`; returns if there are
 * none.
 */
export function refuse(...checks: readonly Iterable<FieldViolation>[]): void {
  const violations: FieldViolation[] = [];
  for (const check of checks)
    for (const violation of check) {
      violations.push(violation);
      // A request may have a million violations: nobody reads them all, and describing them would take gigabytes.
      if (violations.length >= mostViolations) throw invalidRequest(violations);
    }
  if (violations.length > 0) throw invalidRequest(violations);
}

/** Checks that a question is either text or a recording. */
function* checkAsked({ text, audio }: ConverseRequest): Generator<FieldViolation> {
  if (audio === undefined) return yield* checkText(text);
  if (text === "") return;
  yield {
    field: "audio",
    reason: "NOT_ALLOWED",
    description: "must be left out if text is set: send only one of the two",
  };
}

export function* checkText(text: string): Generator<FieldViolation> {
  yield* checkLength("text", text, limits.textCharacters);
  if (!/[\p{L}\p{N}]/u.test(text))
    yield { field: "text", reason: "NOT_SPEAKABLE", description: "must hold at least one letter or digit" };
}

export function* checkSession({
  sessionId,
  userId,
}: Record<"sessionId" | "userId", string>): Generator<FieldViolation> {
  if (sessionId !== "")
    yield* checkName("session_id", sessionId, sessionIdForm, "1 to 64 characters out of A-Z a-z 0-9 . _ -, or empty");
  if (userId !== "")
    yield* checkName("user_id", userId, userIdForm, "1 to 128 characters out of A-Z a-z 0-9 . _ @ : -, or empty");
}

export function* checkName(field: string, name: string, form: RegExp, description: string): Generator<FieldViolation> {
  if (!form.test(name))
    yield { field, reason: name === "" ? "REQUIRED" : "INVALID_FORMAT", description: `must be ${description}` };
}

export function* checkHistory(history: readonly Message[], sessionId: string): Generator<FieldViolation> {
  if (history.length > 0 && sessionId !== "")
    yield {
      field: "history",
      reason: "NOT_ALLOWED",
      description: "must be empty where session_id is set: the session has its own",
    };
  if (history.length > limits.historyMessages)
    yield {
      field: "history",
      reason: "TOO_MANY",
      description: `has ${history.length} messages, but at most ${limits.historyMessages} are allowed: leave out the oldest`,
    };
  for (const [index, { role, content }] of history.entries()) {
    if (role !== Role.USER && role !== Role.ASSISTANT)
      yield {
        field: `history[${index}].role`,
        reason: role === Role.UNSPECIFIED ? "REQUIRED" : "UNKNOWN_VALUE",
        description: "must be ROLE_USER or ROLE_ASSISTANT",
      };
    if (content === "")
      yield { field: `history[${index}].content`, reason: "REQUIRED", description: "must not be empty" };
    yield* checkLength(`history[${index}].content`, content, limits.messageCharacters);
  }
}

export function* checkLanguage(language: string): Generator<FieldViolation> {
  if (language !== "" && canonicalTag(language) === undefined)
    yield {
      field: "language",
      reason: "INVALID_FORMAT",
      description: "must be a BCP 47 tag such as zh, en-US or ja, or empty to have the language detected from the text",
    };
}

function* checkOpener(mode: OpenerMode): Generator<FieldViolation> {
  if (!(Object.values(OpenerMode) as number[]).includes(mode))
    yield {
      field: "opener",
      reason: "UNKNOWN_VALUE",
      description: "must be OPENER_MODE_SOFT, OPENER_MODE_WRITTEN or OPENER_MODE_LIST, or left out",
    };
}

export function* checkGeneration(options: GenerationOptions | undefined): Generator<FieldViolation> {
  const { maxTokens, temperature, topP, thinking } = options ?? {};
  if (maxTokens !== undefined && !(maxTokens >= 1 && maxTokens <= limits.answerTokens))
    yield {
      field: "generation.max_tokens",
      reason: "OUT_OF_RANGE",
      description: `must be 1 to ${limits.answerTokens}`,
    };
  if (temperature !== undefined && !(temperature >= 0 && temperature <= 2))
    yield { field: "generation.temperature", reason: "OUT_OF_RANGE", description: "must be 0 to 2" };
  if (topP !== undefined && !(topP > 0 && topP <= 1))
    yield { field: "generation.top_p", reason: "OUT_OF_RANGE", description: "must be above 0 and at most 1" };
  if (thinking !== undefined && !(Object.values(ThinkingMode) as number[]).includes(thinking))
    yield {
      field: "generation.thinking",
      reason: "UNKNOWN_VALUE",
      description: "must be THINKING_MODE_OFF or THINKING_MODE_ON, or left out",
    };
}

function* checkStop(stop: readonly string[]): Generator<FieldViolation> {
  if (stop.length > limits.stops)
    yield { field: "stop", reason: "TOO_MANY", description: `has ${stop.length} texts: send at most ${limits.stops}` };
  for (const [index, text] of stop.entries()) yield* checkFilled(`stop[${index}]`, text, limits.stopCharacters);
}

function* checkConstraint(constraint: Constraint | undefined): Generator<FieldViolation> {
  if (constraint === undefined) return;
  const { shape, spoken } = constraint;
  if (spoken.length > limits.spokenPaths)
    yield {
      field: "constraint.spoken",
      reason: "TOO_MANY",
      description: `has ${spoken.length} paths: send at most ${limits.spokenPaths}`,
    };
  if (spoken.length > 0 && shape.case !== "jsonSchema")
    yield {
      field: "constraint.spoken",
      reason: "NOT_ALLOWED",
      description: "is allowed only with json_schema: other answers are spoken as they are",
    };
  for (const [index, path] of spoken.entries())
    yield* checkFilled(`constraint.spoken[${index}]`, path, limits.pathCharacters);
  switch (shape.case) {
    case "jsonSchema": {
      yield* checkLength("constraint.json_schema", shape.value, limits.schemaCharacters);
      const schema = parseJson(shape.value)?.parsed;
      if (typeof schema !== "object" || schema === null || Array.isArray(schema))
        yield {
          field: "constraint.json_schema",
          reason: "INVALID_FORMAT",
          description: "must be a JSON object that is a JSON Schema",
        };
      break;
    }
    case "regex":
      yield* checkFilled("constraint.regex", shape.value, limits.regexCharacters);
      break;
    case "choice": {
      const { options } = shape.value;
      if (options.length === 0 || options.length > limits.options)
        yield {
          field: "constraint.choice.options",
          reason: options.length === 0 ? "REQUIRED" : "TOO_MANY",
          description: `must be 1 to ${limits.options} texts`,
        };
      for (const [index, option] of options.entries())
        yield* checkFilled(`constraint.choice.options[${index}]`, option, limits.optionCharacters);
      break;
    }
    default:
      yield { field: "constraint", reason: "REQUIRED", description: "must have one of json_schema, regex and choice" };
  }
}

function* checkFilled(field: string, text: string, most: number): Generator<FieldViolation> {
  if (text === "") yield { field, reason: "REQUIRED", description: "must not be empty" };
  yield* checkLength(field, text, most);
}

export function* checkLength(field: string, text: string, most: number): Generator<FieldViolation> {
  // assistant.proto states the limits on characters in code points.
  const characters = countCodePoints(text);
  if (characters > most)
    yield { field, reason: "TOO_LONG", description: `has ${characters} characters: shorten it to at most ${most}` };
}
