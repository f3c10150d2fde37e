import { z } from "zod";
import { type ApiError, invalid, notJson, unknownModel } from "./errors.ts";
import type { Form, WriteRequest } from "./model.ts";

/** A parsed chat completion request. */
export interface ChatRequest extends WriteRequest {
  /** Whether to stream the answer. */
  readonly stream: boolean;
  /** Whether a streamed answer ends with a chunk that contains the token counts. */
  readonly usage: boolean;
}

const text = z.union(
  [
    z.string(),
    z
      .array(z.object({ type: z.literal("text"), text: z.string() }))
      .transform((parts) => parts.map((part) => part.text).join("")),
  ],
  { error: "must be text" },
);
const message = z.object({
  role: z.enum(["system", "developer", "user", "assistant"]),
  content: text,
});
const number = (least: number, most: number) => z.number().min(least).max(most).nullish();
const tokens = z.int().min(1).nullish();
const stop = z.string().min(1);
const onlyChoice = { error: "must have only the field choice, a list of texts" };

const body = z.object({
  model: z.string().nullish(),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: tokens,
  max_completion_tokens: tokens,
  temperature: number(0, 2),
  top_p: number(0, 1).refine((value) => value !== 0, "must be more than 0"),
  top_k: z.int().min(-1).nullish(),
  min_p: number(0, 1),
  presence_penalty: number(-2, 2),
  frequency_penalty: number(-2, 2),
  repetition_penalty: z.number().positive().nullish(),
  seed: z.int().nullish(),
  stop: z.union([stop.transform((one) => [one]), z.array(stop)], { error: "must be one or more strings" }).nullish(),
  n: z.literal(1, { error: "must be 1: a request gets one answer" }).nullish(),
  tools: z.array(z.unknown()).max(0, { error: "tools are not supported" }).nullish(),
  response_format: z
    .discriminatedUnion("type", [
      z.object({ type: z.literal("text") }),
      z.object({ type: z.literal("json_object") }),
      z.object({ type: z.literal("json_schema"), json_schema: z.object({ schema: z.looseObject({}) }) }),
    ])
    .nullish(),
  // The subset of vLLM's options that llama.cpp's grammars support directly.
  structured_outputs: z.strictObject({ choice: z.array(z.string().min(1), onlyChoice).min(1) }, onlyChoice).nullish(),
});

/** Parses the body of `POST /v1/chat/completions`. Unknown fields are ignored, as other servers do. */
export function readChatRequest(json: string, modelName: string): { request: ChatRequest } | { error: ApiError } {
  const parsed = parseJson(json);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return { error: notJson };
  const result = body.safeParse(parsed);
  if (!result.success) {
    const { path, message } = result.error.issues[0] as z.core.$ZodIssue;
    return { error: invalid(path.join("."), message) };
  }
  const asked = result.data;
  if (asked.model != null && asked.model !== "" && asked.model !== modelName) return { error: unknownModel(modelName) };
  return {
    request: {
      messages: asked.messages.map(({ role, content }) => ({
        role: role === "developer" ? "system" : role,
        content,
      })),
      maxTokens: asked.max_completion_tokens ?? asked.max_tokens ?? undefined,
      // Fields that the request leaves out get llama.cpp's defaults.
      sampling: {
        temperature: asked.temperature ?? 0.8,
        topP: asked.top_p ?? 0.95,
        topK: Math.max(0, asked.top_k ?? 40),
        minP: asked.min_p ?? 0.05,
        presencePenalty: asked.presence_penalty ?? 0,
        frequencyPenalty: asked.frequency_penalty ?? 0,
        repetitionPenalty: asked.repetition_penalty ?? 1,
        seed: asked.seed ?? undefined,
      },
      stop: asked.stop ?? [],
      form: formOf(asked),
      stream: asked.stream === true,
      usage: asked.stream_options?.include_usage === true,
    },
  };
}

function formOf({ structured_outputs, response_format }: z.output<typeof body>): Form | undefined {
  if (structured_outputs) return { type: "choice", options: structured_outputs.choice };
  if (response_format?.type === "json_schema") return { type: "schema", schema: response_format.json_schema.schema };
  if (response_format?.type === "json_object") return { type: "schema", schema: anyObject };
  return undefined;
}

const anyObject = { type: "object", additionalProperties: true };

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
