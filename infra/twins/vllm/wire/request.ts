import { pythonRepr } from "../../python.ts";
import { tokenize } from "../batch/tokens.ts";
import { type Body, fieldFault, lengthFault, modelFault, rangeFault, schemaFault } from "./checks.ts";
import { badSchema } from "./error-body.ts";
import type { ApiError } from "./events.ts";

/** The parts of a chat request that determine the answer, with defaults filled in. */
export interface ChatRequest {
  /** The text of the last user message. */
  question: string;
  /** All text that the model was given: instructions and messages. */
  asked: string;
  promptTokens: number;
  /** What the prefix cache compares: the tokens of the prompt, each message preceded by its role. */
  prompt: readonly string[];
  /** Whether the request uses a sampling field that vLLM does not support together with speculative decoding. */
  unguessable: boolean;
  maxTokens: number;
  stream: boolean;
  usage: boolean;
  continuousUsage: boolean;
  stop: readonly string[];
  includeStop: boolean;
  requestId: string | undefined;
  /** The constraint that the request puts on the answer, such as a pattern or a JSON schema. */
  form: AnswerForm;
}

/** A constraint that a request can put on the form of its answer. */
export type AnswerForm =
  | { type: "text" }
  | { type: "choice"; choices: readonly string[] }
  | { type: "regex"; pattern: string }
  | { type: "json"; schema: unknown };

/** The properties of the served model that a request must respect. */
export interface RequestLimits {
  modelName: string;
  /** The maximum number of tokens of prompt and answer together. */
  maxModelLen: number;
}

type Result = { request: ChatRequest } | { error: ApiError };

/** Validates a body as vLLM does, in the same order: schema, model, ranges, length. */
export function readChatRequest(text: string, { modelName, maxModelLen }: RequestLimits): Result {
  const parsed = parseBody(text);
  if ("error" in parsed) return parsed;
  const { body } = parsed;
  const error = schemaFault(body) ?? modelFault(body, modelName) ?? rangeFault(body);
  if (error !== undefined) return { error };

  const messages = body.messages as Body[];
  const promptTokens = countPromptTokens(messages);
  const asked = (body.max_completion_tokens ?? body.max_tokens) as number | null | undefined;
  const tooLong = lengthFault(promptTokens, asked ?? undefined, maxModelLen);
  if (tooLong !== undefined) return { error: tooLong };

  const options = (body.stream_options ?? {}) as Body;
  const usage = options.include_usage === true;
  const stop = body.stop ?? [];
  return {
    request: {
      question: textOf(messages.findLast(({ role }) => role === "user")?.content),
      asked: messages.map(({ content }) => textOf(content)).join("\n"),
      promptTokens,
      prompt: messages.flatMap(({ role, content }) => [`<${role}>`, ...tokenize(textOf(content))]),
      unguessable: (typeof body.min_p === "number" && body.min_p > 0) || body.logit_bias != null,
      maxTokens: asked ?? maxModelLen - promptTokens,
      stream: body.stream === true,
      usage,
      continuousUsage: usage && options.continuous_usage_stats === true,
      stop: typeof stop === "string" ? [stop] : (stop as string[]),
      includeStop: body.include_stop_str_in_output === true,
      requestId: typeof body.request_id === "string" ? body.request_id : undefined,
      form: formOf(body),
    },
  };
}

/** The input of `POST /tokenize`. */
export interface TokenizeRequest {
  text: string;
  /** The number of tokens that the chat template adds. */
  templateTokens: number;
  returnStrings: boolean;
}

/** Parses the body of `POST /tokenize`: a prompt, or messages. */
export function readTokenizeRequest(text: string): TokenizeRequest | { error: ApiError } {
  const parsed = parseBody(text);
  if ("error" in parsed) return parsed;
  const { prompt, messages, return_token_strs } = parsed.body;
  const returnStrings = return_token_strs === true;
  if (typeof prompt === "string") return { text: prompt, templateTokens: 0, returnStrings };
  if (!Array.isArray(messages)) return { error: fieldFault("missing", "prompt", "Field required", parsed.body) };
  const contents = (messages as Body[]).map(({ content }) => textOf(content));
  return { text: contents.join(""), templateTokens: templateTokens(messages), returnStrings };
}

/** How many tokens Qwen2.5's chat template adds: markers around each message, and the start of the answer. */
function templateTokens(messages: readonly unknown[]): number {
  return 5 * messages.length + 3;
}

function countPromptTokens(messages: readonly Body[]): number {
  return messages.reduce((sum, { content }) => sum + tokenize(textOf(content)).length, templateTokens(messages));
}

/** The text of a message's content: a string, or a list of parts. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part: Body) => (typeof part.text === "string" ? part.text : "")).join("");
}

function parseBody(text: string): { body: Body } | { error: ApiError } {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return { body: body as Body };
    return {
      error: badSchema(
        `1 validation error:\n  {'type': 'model_attributes_type', 'loc': ('body',), 'msg': 'Input should be a valid dictionary or object to extract fields from', 'input': ${pythonRepr(body)}}`,
        "body",
      ),
    };
  } catch {
    return {
      error: badSchema(
        "1 validation error:\n  {'type': 'json_invalid', 'loc': ('body', 0), 'msg': 'JSON decode error', 'input': {}, 'ctx': {'error': 'Expecting value'}}",
        "body.0",
      ),
    };
  }
}

function formOf(body: Body): AnswerForm {
  const structured = (body.structured_outputs ?? {}) as Body;
  const format = (body.response_format ?? {}) as Body;
  if (Array.isArray(structured.choice)) return { type: "choice", choices: structured.choice.map(String) };
  if (typeof structured.regex === "string") return { type: "regex", pattern: structured.regex };
  if (structured.json != null)
    return {
      type: "json",
      schema: typeof structured.json === "string" ? JSON.parse(structured.json) : structured.json,
    };
  if (format.type === "json_schema") return { type: "json", schema: ((format.json_schema ?? {}) as Body).schema };
  if (format.type === "json_object" || structured.json_object === true)
    return { type: "json", schema: { type: "object" } };
  return { type: "text" };
}
