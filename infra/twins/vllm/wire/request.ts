import { pythonFloat, pythonRepr } from "../../python.ts";
import { tokenize } from "../batch/tokens.ts";
import { badRequest, badSchema, unknownModel, unsupported } from "./error-body.ts";
import type { ApiError } from "./events.ts";

/** What of a chat request shapes the answer; all made whole. */
export interface ChatRequest {
  /** The text of the last message of the user. */
  question: string;
  promptTokens: number;
  /** What the prefix cache compares: the tokens of the prompt, each message after its role. */
  prompt: readonly string[];
  /** A sampling field that vLLM cannot honour while it guesses tokens ahead. */
  unguessable: boolean;
  maxTokens: number;
  stream: boolean;
  usage: boolean;
  continuousUsage: boolean;
  stop: readonly string[];
  includeStop: boolean;
  requestId: string | undefined;
  /** The form that the answer must have. */
  form: AnswerForm;
}

/** A constraint on the answer. */
export type AnswerForm =
  | { type: "text" }
  | { type: "choice"; choices: readonly string[] }
  | { type: "regex"; pattern: string }
  | { type: "json"; schema: unknown };

/** What a request is checked against. */
export interface RequestLimits {
  modelName: string;
  /** Tokens of prompt and answer together. */
  maxModelLen: number;
}

type Body = Record<string, unknown>;
type Result = { request: ChatRequest } | { error: ApiError };

/** Checks a body as vLLM does, in its order: schema, model, ranges, length. */
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

/** What `POST /tokenize` is asked. */
export interface TokenizeRequest {
  text: string;
  /** Tokens that the chat template adds. */
  templateTokens: number;
  returnStrings: boolean;
}

/** Reads the body of `POST /tokenize`: a prompt, or messages. */
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

/** How many tokens Qwen2.5's chat template adds: marks around each message, and the answer's opening. */
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

function schemaFault(body: Body): ApiError | undefined {
  if (body.messages === undefined) return fieldFault("missing", "messages", "Field required", body);
  if (!Array.isArray(body.messages))
    return fieldFault("list_type", "messages", "Input should be a valid list", body.messages);
  for (const name of ["max_tokens", "max_completion_tokens", "n", "seed", "top_k", "priority"])
    if (body[name] != null && !Number.isInteger(body[name]))
      return fieldFault("int_type", name, "Input should be a valid integer", body[name]);
  for (const { name } of ranges)
    if (body[name] != null && typeof body[name] !== "number")
      return fieldFault("float_type", name, "Input should be a valid number", body[name]);
  return undefined;
}

function fieldFault(type: string, name: string, message: string, input: unknown): ApiError {
  return badSchema(
    `1 validation error:\n  {'type': '${type}', 'loc': ('body', '${name}'), 'msg': '${message}', 'input': ${pythonRepr(input)}}`,
    `body.${name}`,
  );
}

function modelFault({ model }: Body, served: string): ApiError | undefined {
  return model == null || model === served ? undefined : unknownModel(String(model));
}

/** What each sampling field may be; the wording is vLLM's. */
const ranges: readonly { name: string; holds: (value: number) => boolean; rule: string }[] = [
  { name: "temperature", holds: (value) => value >= 0 && value <= 2, rule: "must be in [0, 2]" },
  { name: "top_p", holds: (value) => value > 0 && value <= 1, rule: "must be in (0, 1]" },
  { name: "min_p", holds: (value) => value >= 0 && value <= 1, rule: "must be in [0, 1]" },
  { name: "presence_penalty", holds: (value) => Math.abs(value) <= 2, rule: "must be in [-2, 2]" },
  { name: "frequency_penalty", holds: (value) => Math.abs(value) <= 2, rule: "must be in [-2, 2]" },
  { name: "repetition_penalty", holds: (value) => value > 0, rule: "must be greater than zero" },
];

function rangeFault(body: Body): ApiError | undefined {
  for (const { name, holds, rule } of ranges) {
    const value = body[name];
    if (typeof value === "number" && !holds(value)) return valueFault(name, rule, pythonFloat(value));
  }
  for (const name of ["max_tokens", "max_completion_tokens"]) {
    const value = body[name];
    if (typeof value === "number" && value < 1) return valueFault(name, "must be at least 1", String(value));
  }
  if (typeof body.n === "number" && body.n > 1)
    return unsupported("This stand-in answers with one choice: leave n out.");
  if (body.stop === "" || (Array.isArray(body.stop) && body.stop.includes("")))
    return badRequest("stop cannot contain an empty string.", null);
  if (body.stream_options != null && body.stream !== true)
    return badRequest(
      "Stream options can only be defined when `stream=True`. (parameter=stream_options)",
      "stream_options",
    );
  const constraints = ["json", "regex", "choice", "grammar", "json_object", "structural_tag"];
  const structured = (body.structured_outputs ?? {}) as Body;
  if (constraints.filter((name) => structured[name] != null).length > 1)
    return badRequest("You can only use one kind of structured outputs constraint but multiple are specified.", null);
  return undefined;
}

function valueFault(name: string, rule: string, value: string): ApiError {
  return badRequest(`${name} ${rule}, got ${value}. (parameter=${name}, value=${value})`, name);
}

function lengthFault(prompt: number, asked: number | undefined, most: number): ApiError | undefined {
  if (asked !== undefined && asked > most)
    return badRequest(
      `max_tokens=${asked} cannot be greater than max_model_len=max_total_tokens=${most}. Please request fewer output tokens. (parameter=max_tokens, value=${asked})`,
      "max_tokens",
    );
  const output = asked ?? 1;
  if (prompt + output <= most) return undefined;
  // vLLM stops counting at the first token that is too many.
  const least = most - output + 1;
  return badRequest(
    `This model's maximum context length is ${most} tokens. However, you requested ${output} output tokens and your prompt contains at least ${least} input tokens, for a total of at least ${least + output} tokens. Please reduce the length of the input prompt or the number of requested output tokens. (parameter=input_tokens, value=${least})`,
    "input_tokens",
  );
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
