import { countCodePoints } from "../../infra/text/code-points.ts";
import { parseJson } from "../../infra/text/json.ts";
import { type FieldViolation, InvalidRequestError } from "../common/errors/request-error.ts";
import { toCount } from "../common/server/counts.ts";
import { Severity } from "../gen/duet/config/v1/drift.ts";
import { EngineConfig } from "../gen/duet/config/v1/engine.ts";
import {
  type DeepPartial,
  FinishReason,
  type GenerateRequest,
  type GenerateResponse,
  type GetEngineResponse,
  Role,
  SpeculationAction,
  ThinkingMode,
} from "../gen/duet/generate/v1/generate.ts";
import type { ChatEvent, ChatMessage, ChatRequest, Constraint, Sampling, Usage } from "./chat.ts";
import { openingFaults } from "./layers/openings.ts";
import type { Member } from "./pool/member.ts";
import type { EngineReport } from "./report/report.ts";
import type { FirstTextWaits } from "./waits.ts";

/** Values that a request does not set itself, or cannot set. */
export interface CallDefaults {
  /** The id for a request that has none of its own. */
  readonly requestId: string;
  /** The token limit for a request that sets none. */
  readonly maxTokens: number;
  /** The caller's trace context. */
  readonly traceparent: string | undefined;
}

const maxCharacters = 1_000_000;
/** The maximum number of violations that are reported: nobody would read more, and a request may contain a million. */
const maxFaults = 20;
const roles: Partial<Record<Role, ChatMessage["role"]>> = {
  [Role.SYSTEM]: "system",
  [Role.USER]: "user",
  [Role.ASSISTANT]: "assistant",
  [Role.TOOL]: "tool",
};
const reasons = {
  stop: FinishReason.STOP,
  length: FinishReason.LENGTH,
  repetition: FinishReason.REPETITION,
  toolCalls: FinishReason.TOOL_CALLS,
  other: FinishReason.UNSPECIFIED,
} as const;

/** Validates a request and fills in defaults. Throws InvalidRequestError with all violations, up to 20. */
export function readRequest(request: GenerateRequest, defaults: CallDefaults): ChatRequest {
  const faults: FieldViolation[] = [];
  const check = (holds: boolean, field: string, description: string) => {
    if (!holds && faults.length < maxFaults) faults.push({ field, description });
  };
  for (const [field, name] of [
    ["request_id", request.requestId],
    ["session_id", request.sessionId],
  ] as const)
    check(/^[A-Za-z0-9._-]{0,64}$/.test(name), field, "must be 1 to 64 characters (A-Z a-z 0-9 . _ -), or empty");
  check(request.maxTokens <= 32_768, "max_tokens", "must be at most 32768; 0 means the service's default");
  check(request.stop.length <= 4, "stop", "holds more than 4 strings");
  request.stop.forEach((text, i) => {
    check(text !== "", `stop[${i}]`, "is empty: leave it out");
  });
  for (const [field, description] of openingFaults(request.openings)) check(false, field, description);
  const chat: ChatRequest = {
    requestId: request.requestId || defaults.requestId,
    model: request.model || undefined,
    messages: readMessages(request, check),
    maxTokens: request.maxTokens || defaults.maxTokens,
    sampling: readSampling(request, check),
    stop: request.stop,
    constraint: readConstraint(request, check),
    ...(request.openings.length > 0 && { openings: request.openings }),
    ...readTools(request, check),
    priority: request.priority,
    traceparent: defaults.traceparent,
    ...(request.thinking === ThinkingMode.ON && { thinking: true }),
    ...(request.sessionId !== "" && { sessionId: request.sessionId }),
    ...(request.firstTokenTimeoutMs > 0 && { firstTokenTimeoutMs: request.firstTokenTimeoutMs }),
  };
  if (faults.length > 0) throw new InvalidRequestError(...faults);
  return chat;
}

/** How an answer went, as the service observed it; sent with the first text and with the end of the answer. */
export interface Course {
  /** Milliseconds since the engine was asked for the answer: at the first text, and at the current event. */
  readonly firstTokenMs: number;
  readonly totalMs: number;
  /** Whether something that the model wrote was removed from the answer. */
  readonly leftOut: boolean;
  /** What the first text waited for; set only when the first text is sent. */
  readonly first: FirstTextWaits | undefined;
}

/** Converts an engine's event to a response. `Course` gives the timings sent with the first text and with the end. */
export function writeEvent(
  event: Exclude<ChatEvent, { type: "accepted" | "leftOut" }>,
  requestId: string,
  { firstTokenMs, totalMs, leftOut, first }: Course,
): { event: GenerateResponse["event"] } {
  switch (event.type) {
    case "started":
      return {
        event: { $case: "started", value: { requestId, model: event.model, openingHeld: event.openingHeld ?? false } },
      };
    case "thinking":
      return { event: { $case: "thinking", value: { elapsedMs: toCount(event.elapsedMs), done: event.done } } };
    case "delta":
      return { event: { $case: "delta", value: { text: event.text, first } } };
    case "finished": {
      const { reason, usage, toolCalls = [] } = event;
      const timings = { firstTokenMs, totalMs };
      const said = { reason: reasons[reason], usage: usage && writeUsage(usage), timings, leftOut };
      return { event: { $case: "finished", value: { ...said, toolCalls: [...toolCalls] } } };
    }
  }
}

function writeUsage({ promptTokens, cachedTokens, completionTokens }: Usage): Usage {
  return {
    promptTokens: toCount(promptTokens),
    cachedTokens: toCount(cachedTokens),
    completionTokens: toCount(completionTokens),
  };
}

const severities = { minor: Severity.MINOR, severe: Severity.SEVERE } as const;
const actions = {
  keep: SpeculationAction.KEEP,
  turnOff: SpeculationAction.TURN_OFF,
  limitBatch: SpeculationAction.LIMIT_BATCH,
  changeMethod: SpeculationAction.CHANGE_METHOD,
  turnOn: SpeculationAction.TURN_ON,
} as const;

/** Converts a report about the engine to a response; `config` is the serialized config in force. */
export function writeReport(config: Uint8Array | undefined, report: EngineReport): DeepPartial<GetEngineResponse> {
  const { members, admission, differences, advice } = report;
  return {
    ...(config && { config: EngineConfig.decode(config).vllm }),
    servers: members.map(writeMember),
    admission: { ...admission, refused: BigInt(admission.refused) },
    differences: differences.map((difference) => ({ ...difference, severity: severities[difference.severity] })),
    ...(advice && { speculation: { ...advice, action: actions[advice.action] } }),
  };
}

function writeMember({ server, watch, inFlight, reason }: Member) {
  const { seen, rates } = watch;
  const counts = seen?.counts;
  return {
    url: server.url,
    available: reason === undefined,
    reason: reason ?? "",
    version: seen?.version ?? "",
    model: seen?.model ?? "",
    maxModelLen: seen?.maxModelLen ?? 0,
    inFlight,
    ...(counts && {
      load: {
        running: counts.running,
        waiting: counts.waiting,
        kvCacheUsage: counts.kvCacheUsage,
        prefixCacheHitRate: rates?.prefixCacheHitRate,
        acceptanceRate: rates?.acceptanceRate,
        meanAcceptanceLength: rates?.meanAcceptanceLength,
      },
    }),
  };
}

type Check = (holds: boolean, field: string, description: string) => void;

function readMessages({ messages }: GenerateRequest, check: Check): ChatMessage[] {
  check(messages.length > 0, "messages", "is empty: send at least one message");
  check(withinCharacters(messages), "messages", "holds more than 1000000 characters: send less of the conversation");
  return messages.map(({ role, content, toolCalls, toolCallId }, i) => {
    const name = roles[role];
    check(name !== undefined, `messages[${i}].role`, "must be ROLE_SYSTEM, ROLE_USER, ROLE_ASSISTANT or ROLE_TOOL");
    const mayBeEmpty = name === "tool" || toolCalls.length > 0;
    check(content !== "" || mayBeEmpty, `messages[${i}].content`, "is empty: leave the message out");
    check(toolCalls.length === 0 || name === "assistant", `messages[${i}].tool_calls`, "requires ROLE_ASSISTANT");
    check((toolCallId !== "") === (name === "tool"), `messages[${i}].tool_call_id`, "must be set for ROLE_TOOL alone");
    return {
      role: name ?? "user",
      content,
      ...(toolCalls.length > 0 && { toolCalls }),
      ...(toolCallId !== "" && { toolCallId }),
    };
  });
}

const mostTools = 128;

function readTools(request: GenerateRequest, check: Check): Pick<ChatRequest, "tools"> {
  const { tools, toolChoice, parallelToolCalls: parallel } = request;
  check(tools.length <= mostTools, "tools", `holds more than ${mostTools}`);
  const definitions = tools.map((text, i) => {
    const tool = parseObject(text);
    check(tool !== undefined, `tools[${i}]`, "must be a JSON object");
    return tool ?? {};
  });
  const choice = toolChoice === "" ? undefined : parseJson(toolChoice);
  check(toolChoice === "" || choice !== undefined, "tool_choice", "must be JSON");
  check(tools.length > 0 || toolChoice === "", "tool_choice", "requires tools");
  if (tools.length === 0) return {};
  return {
    tools: { definitions, ...(choice && { choice: choice.parsed }), ...(parallel !== undefined && { parallel }) },
  };
}

/** Whether messages have few enough code points. Code points are counted only if there are too many UTF-16 units. */
function withinCharacters(messages: GenerateRequest["messages"]): boolean {
  const sum = (lengthOf: (text: string) => number) => messages.reduce((all, { content }) => all + lengthOf(content), 0);
  return sum((text) => text.length) <= maxCharacters || sum(countCodePoints) <= maxCharacters;
}

function readSampling({ sampling }: GenerateRequest, check: Check): Sampling {
  if (sampling === undefined) return {};
  const { temperature, topP, topK, minP, presencePenalty, frequencyPenalty, repetitionPenalty, seed } = sampling;
  const range = (value: number | undefined, name: string, holds: (value: number) => boolean, allowed: string) =>
    check(value === undefined || holds(value), `sampling.${name}`, `must be ${allowed}, or left out`);
  range(temperature, "temperature", (value) => value >= 0 && value <= 2, "0 to 2");
  range(topP, "top_p", (value) => value > 0 && value <= 1, "above 0 and at most 1");
  range(topK, "top_k", (value) => value >= -1, "-1 or more");
  range(minP, "min_p", (value) => value >= 0 && value <= 1, "0 to 1");
  range(presencePenalty, "presence_penalty", (value) => value >= -2 && value <= 2, "-2 to 2");
  range(frequencyPenalty, "frequency_penalty", (value) => value >= -2 && value <= 2, "-2 to 2");
  range(repetitionPenalty, "repetition_penalty", (value) => value > 0 && Number.isFinite(value), "above 0");
  const biases = Object.entries(sampling.logitBias);
  check(biases.length <= 1024, "sampling.logit_bias", "holds more than 1024 tokens");
  check(
    biases.every(([, bias]) => bias >= -100 && bias <= 100),
    "sampling.logit_bias",
    "must be -100 to 100 for each token",
  );
  const given = Object.entries({
    temperature,
    topP,
    topK,
    minP,
    presencePenalty,
    frequencyPenalty,
    repetitionPenalty,
    seed,
    logitBias: biases.length > 0 ? sampling.logitBias : undefined,
  }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

function readConstraint({ constraint }: GenerateRequest, check: Check): Constraint | undefined {
  switch (constraint?.$case) {
    case "jsonSchema": {
      const schema = parseObject(constraint.value);
      check(schema !== undefined, "json_schema", "must be a JSON object that holds a JSON Schema");
      return { type: "jsonSchema", schema: schema ?? {} };
    }
    case "regex":
      check(constraint.value !== "", "regex", "is empty: leave it out for free text");
      return { type: "regex", pattern: constraint.value };
    case "choice": {
      const { options } = constraint.value;
      check(options.length > 0, "choice.options", "is empty: give at least one text");
      options.forEach((option, i) => {
        check(option !== "", `choice.options[${i}]`, "is empty: leave it out");
      });
      return { type: "choice", options };
    }
    default:
      return undefined;
  }
}

function parseObject(text: string): object | undefined {
  const value = parseJson(text)?.parsed;
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
}
