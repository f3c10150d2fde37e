import { type FieldViolation, invalidRequest } from "../../errors.ts";
import type { ChatRequest, SubmitChatRequest } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import { checkOutput } from "../../stored/output.ts";
import {
  checkGeneration,
  checkHistory,
  checkLanguage,
  checkLength,
  checkName,
  checkSession,
  checkText,
  refuse,
  sessionIdForm,
} from "../validate.ts";
import { requestLimits } from "./limits.ts";

/** Validates a request. Throws INVALID_ARGUMENT with a violation for every invalid field. */
export function checkChat(request: ChatRequest): void {
  refuse(chatFaults(request));
}

/** Returns the question of a job. Throws INVALID_ARGUMENT with a violation for every invalid field of the request. */
export function checkSubmit({ chat, requestId }: SubmitChatRequest): ChatRequest {
  if (chat === undefined)
    throw invalidRequest([{ field: "chat", reason: "REQUIRED", description: "must hold the question" }]);
  const named = checkName(
    "request_id",
    requestId,
    sessionIdForm,
    "1 to 64 characters out of A-Z a-z 0-9 . _ -, or empty",
  );
  refuse(jobFaults(chat), requestId === "" ? [] : named);
  return chat;
}

function* jobFaults(chat: ChatRequest): Generator<FieldViolation> {
  for (const fault of chatFaults(chat)) yield { ...fault, field: `chat.${fault.field}` };
  if (chat.sessionId !== "")
    yield {
      field: "chat.session_id",
      reason: "NOT_ALLOWED",
      description: "must be empty: a job may run more than once, which would add its answer to the session twice",
    };
}

function* chatFaults(request: ChatRequest): Generator<FieldViolation> {
  yield* checkText(request.text);
  yield* checkSession(request);
  yield* checkHistory(request.history, request.sessionId);
  yield* checkLength("instructions", request.instructions, requestLimits.instructionsCharacters);
  yield* checkLanguage(request.language);
  yield* checkGeneration(request.generation);
  yield* checkOutput(request.output);
}
