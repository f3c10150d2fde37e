import type { Usage } from "../../chat.ts";
import { type Complaint, complaintOf, errorIn } from "./complaint/complaint.ts";

/** What one event of a streamed chat completion brings. */
export interface Chunk {
  /** Part of the answer; empty for none. */
  readonly text: string;
  /** It brings something that the model thought. */
  readonly thought: boolean;
  /** It brings part of the call of a tool. */
  readonly call: boolean;
  /** Those parts, where they are such as vLLM and OpenAI send them. */
  readonly callParts: readonly CallPart[];
  /** Why the answer ended; undefined if it goes on. */
  readonly finish: string | undefined;
  readonly usage: Usage | undefined;
}

/** Part of the call of a tool: the first has its id and name, all have more of its arguments. */
export interface CallPart {
  /** Which call it is of, from 0. */
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** What an event turned out to be, if it is no part of an answer. */
export type NoChunk =
  | { readonly complaint: Complaint }
  /** What it is, without a word of it. */
  | { readonly broken: string };

/** The few fields that are read; another server may leave out any of them, or fill it with something else. */
interface Shape {
  choices?: readonly { index?: unknown; delta?: Delta | null; finish_reason?: unknown }[] | null;
  usage?: unknown;
}

/** Where thoughts stand that the server has taken out of the text. */
const thoughtFields = ["reasoning_content", "reasoning", "thinking", "reasoning_text", "reasoning_details"] as const;

type Delta = {
  readonly [Field in (typeof thoughtFields)[number] | "content" | "refusal" | "tool_calls" | "function_call"]?: unknown;
};

/** Reads an event by its shape. Nothing that it may hold makes this throw. */
export function readChunk(data: string): Chunk | NoChunk {
  let value: Shape;
  try {
    value = JSON.parse(data);
  } catch {
    return { broken: "an event that is no JSON" };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { broken: "an event that is no JSON object" };
  const error = errorIn(value);
  if (error !== undefined) return { complaint: complaintOf(error, 500) };
  // One answer was asked for: what has another number belongs to none.
  const choice = Array.isArray(value.choices) ? value.choices.find((each) => !each?.index) : undefined;
  const delta: Delta = choice?.delta ?? {};
  const content = readContent(delta.content ?? delta.refusal);
  const finish = choice?.finish_reason;
  return {
    text: content.text,
    thought: content.thought || thoughtFields.some((field) => isFilled(delta[field])),
    call: isFilled(delta.tool_calls) || isFilled(delta.function_call),
    callParts: readCallParts(delta.tool_calls),
    finish: typeof finish === "string" ? finish : undefined,
    usage: readUsage(value.usage),
  };
}

/**
 * Text as it is, or in parts, as Mistral sends it: those that were thought are not the answer. A figure is text that a server without
 * types took for a number; what is no text at all is none.
 */
function readContent(content: unknown): { text: string; thought: boolean } {
  let text = "";
  let thought = false;
  for (const part of Array.isArray(content) ? content : [content]) {
    if (typeof part === "string" || typeof part === "number") text += part;
    if (typeof part !== "object" || part === null) continue;
    const type: unknown = part.type ?? "text";
    if (type === "thinking" || type === "reasoning") thought ||= isFilled(part[type]) || isFilled(part.text);
    else if ((type === "text" || type === "output_text") && typeof part.text === "string") text += part.text;
  }
  return { text, thought };
}

/** More calls than anybody makes at once. */
const mostCalls = 128;

function readCallParts(calls: unknown): CallPart[] {
  if (!Array.isArray(calls)) return [];
  return calls.filter(isObject).flatMap(({ index = 0, id, function: called }): CallPart[] => {
    if (!isObject(called) || typeof index !== "number" || !(index >= 0 && index < mostCalls)) return [];
    const text = (value: unknown) => (typeof value === "string" ? value : "");
    const given = isObject(called.arguments) ? JSON.stringify(called.arguments) : text(called.arguments);
    return [{ index: Math.trunc(index), id: text(id), name: text(called.name), arguments: given }];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Counts that are no counts are taken for not told: what is written is not worth less for them. */
function readUsage(usage: unknown): Usage | undefined {
  if (typeof usage !== "object" || usage === null) return undefined;
  const { prompt_tokens, completion_tokens, prompt_tokens_details: details } = usage as Record<string, unknown>;
  const cached = typeof details === "object" && details !== null && "cached_tokens" in details && details.cached_tokens;
  return {
    promptTokens: readCount(prompt_tokens),
    cachedTokens: readCount(cached),
    completionTokens: readCount(completion_tokens),
  };
}

/** No context of today is longer. */
const mostTokens = 100_000_000;

function readCount(value: unknown): number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= mostTokens ? (value as number) : 0;
}

function isFilled(value: unknown): boolean {
  return typeof value === "object" && value !== null ? Object.keys(value).length > 0 : Boolean(value);
}
