import type { Usage } from "../../chat.ts";
import { type Complaint, complaintOf, errorIn } from "./complaint/complaint.ts";

/** The contents of one event of a streamed chat completion. */
export interface Chunk {
  /** The part of the answer's text that the event contains; may be empty. */
  readonly text: string;
  /** Whether the event contains a part of a thought. */
  readonly thought: boolean;
  /** Whether the event contains a part of a tool call. */
  readonly call: boolean;
  /** The parts of tool calls in the event, if they have the format of vLLM and OpenAI. */
  readonly callParts: readonly CallPart[];
  /** Why the answer ended; undefined if it continues. */
  readonly finish: string | undefined;
  readonly usage: Usage | undefined;
}

/** A part of a tool call: the first part has the call's id and name, and every part has more of its arguments. */
export interface CallPart {
  /** The index of the call, from 0. */
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** An event that is not part of an answer: an error of the server (`complaint`), or a malformed event (`broken`). */
export type NoChunk =
  | { readonly complaint: Complaint }
  /** A description of the malformed event, without any of its content. */
  | { readonly broken: string };

/** The few fields of an event that are read; a server may omit any of them, or use other types. */
interface Shape {
  choices?: readonly { index?: unknown; delta?: Delta | null; finish_reason?: unknown }[] | null;
  usage?: unknown;
}

/** The fields in which servers put thoughts that they have separated from the text. */
const thoughtFields = ["reasoning_content", "reasoning", "thinking", "reasoning_text", "reasoning_details"] as const;

type Delta = {
  readonly [Field in (typeof thoughtFields)[number] | "content" | "refusal" | "tool_calls" | "function_call"]?: unknown;
};

/** Parses an event. It never throws, whatever the event contains. */
export function readChunk(data: string): Chunk | NoChunk {
  let value: Shape;
  try {
    value = JSON.parse(data);
  } catch {
    return { broken: "an event that is not JSON" };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { broken: "an event that is not a JSON object" };
  const error = errorIn(value);
  if (error !== undefined) return { complaint: complaintOf(error, 500) };
  // Only one choice was requested, so choices with another index are ignored.
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
 * The text of `content`: a string or, from Mistral, a list of parts. Parts that are thoughts do not belong to the
 * answer. A number counts as text, since some servers send text that looks like a number as a number. Anything else
 * is ignored.
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

/** Tool calls with this index or a higher one are ignored: no model makes so many at once. */
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

/** The token counts of an event; an invalid count is read as 0, since the event's text is valid all the same. */
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

/** The largest token count that is taken as valid: more than any current context window holds. */
const mostTokens = 100_000_000;

function readCount(value: unknown): number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= mostTokens ? (value as number) : 0;
}

function isFilled(value: unknown): boolean {
  return typeof value === "object" && value !== null ? Object.keys(value).length > 0 : Boolean(value);
}
