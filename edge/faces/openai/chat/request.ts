import { z } from "zod";
import { countCodePoints } from "../../../../infra/text/code-points.ts";
import { requestLimits as limits } from "../../../rpc/request/limits.ts";
import { listOf, optional, sessionId, textOfAtMost, userId, voiceName } from "../read.ts";

// The most messages of a request: Converse's limit on history, plus the question and the instructions.
const mostMessages = limits.historyMessages + 2;
const mostMessageCharacters = limits.messageCharacters;
const mostTokens = limits.answerTokens;
// OpenAI's limit on the number of tools in one request.
const mostTools = 128;
const mostParts = 1_000;

const textPart = z.object({ type: z.literal("text"), text: textOfAtMost(mostMessageCharacters) });
const refusalPart = z.object({ type: z.literal("refusal"), refusal: textOfAtMost(mostMessageCharacters) });
const content = z
  .union([textOfAtMost(mostMessageCharacters), listOf(z.union([textPart, refusalPart]), mostParts)], {
    error: `must be a string of at most ${mostMessageCharacters} characters, or a list of parts of type text: images, audio and files are not supported`,
  })
  .transform((given) =>
    typeof given === "string" ? given : given.map((part) => ("text" in part ? part.text : part.refusal)).join("\n"),
  );

const toolCall = z.object({
  id: z.string().max(200),
  type: z.literal("function").optional(),
  function: z.object({ name: z.string().max(200), arguments: textOfAtMost(mostMessageCharacters) }),
});

const message = z.discriminatedUnion(
  "role",
  [
    z.object({ role: z.enum(["system", "developer"]), content }),
    z.object({ role: z.literal("user"), content }),
    z.object({
      role: z.literal("assistant"),
      content: optional(content),
      refusal: optional(textOfAtMost(mostMessageCharacters)),
      audio: optional(z.object({ id: z.string().max(200) })),
      tool_calls: optional(listOf(toolCall, mostTools)),
    }),
    z.object({ role: z.literal("tool"), content, tool_call_id: z.string().max(200) }),
  ],
  { error: "must be system, developer, user, assistant or tool" },
);

const tool = z.looseObject({
  type: z.literal("function", { error: "must be function: this deployment runs no tools of its own" }),
  function: z.looseObject({ name: z.string().min(1).max(200) }),
});

/** A field that is not supported. It is refused and not ignored, since a client that sends the field relies on it. */
const unsupported = <T>(schema: z.ZodType<T>, message: string) =>
  optional(schema.refine(() => false, { error: message }));

const stopText = z.string().min(1).max(limits.stopCharacters);
const jsonSchema = z.looseObject({});
const responseFormat = z.discriminatedUnion(
  "type",
  [
    z.object({ type: z.literal("text") }),
    z.object({ type: z.literal("json_object") }),
    z.object({
      type: z.literal("json_schema"),
      json_schema: z.object({ name: z.string().max(200).optional(), schema: jsonSchema.optional() }),
    }),
    // Not part of OpenAI's API: a feature of Converse.
    z.object({ type: z.literal("regex"), regex: z.string().min(1).max(limits.regexCharacters) }),
    z.object({
      type: z.literal("choice"),
      choice: z.array(z.string().min(1).max(limits.optionCharacters)).min(1).max(limits.options),
    }),
  ],
  { error: "must be text, json_object, json_schema, regex or choice" },
);

const tooLong = `must have at most ${limits.schemaCharacters} characters`;
const isTooLong = (schema: object) => charactersOf([JSON.stringify(schema)]) > limits.schemaCharacters;
const charactersOf = (texts: readonly string[]) => texts.reduce((sum, text) => sum + countCodePoints(text), 0);

/** The fields that are read from the body of `POST /v1/chat/completions`; all others are ignored. */
export const chatBody = z
  .object({
    model: z.string(),
    messages: listOf(message, mostMessages).refine(({ length }) => length > 0, { error: "must hold a message" }),
    stream: optional(z.boolean()),
    stream_options: optional(z.object({ include_usage: optional(z.boolean()) })),
    modalities: optional(z.array(z.enum(["text", "audio"])).min(1)),
    audio: optional(
      z.object({
        voice: voiceName,
        format: z.enum(["wav", "mp3", "opus", "pcm16"], {
          error: "must be wav, mp3, opus or pcm16: other formats are not supported",
        }),
      }),
    ),
    max_tokens: optional(z.number().int().min(1).max(mostTokens)),
    max_completion_tokens: optional(z.number().int().min(1).max(mostTokens)),
    temperature: optional(z.number().min(0).max(2)),
    top_p: optional(z.number().gt(0).max(1)),
    presence_penalty: optional(z.number().min(-2).max(2)),
    frequency_penalty: optional(z.number().min(-2).max(2)),
    seed: optional(z.number().int()),
    stop: optional(
      z
        .union([stopText, z.array(stopText).max(limits.stops)], {
          error: "must be one to four texts, none empty and none longer than 200 characters",
        })
        .transform((stop) => (typeof stop === "string" ? [stop] : stop)),
    ),
    response_format: optional(responseFormat),
    spoken: optional(z.array(z.string().min(1).max(limits.pathCharacters)).max(limits.spokenPaths)),
    tools: optional(listOf(tool, mostTools)),
    tool_choice: optional(
      z.union(
        [
          z.enum(["none", "auto", "required"]),
          z.looseObject({ type: z.literal("function"), function: z.looseObject({ name: z.string() }) }),
        ],
        { error: "must be none, auto, required, or a function by its name" },
      ),
    ),
    parallel_tool_calls: optional(z.boolean()),
    reasoning_effort: optional(z.string()),
    n: optional(z.number().refine((n) => n === 1, { error: "must be 1: a request gets one answer" })),
    logprobs: optional(
      z.boolean().refine((logprobs) => !logprobs, { error: "must be false: log probabilities are not available" }),
    ),
    functions: unsupported(z.unknown(), "is deprecated and not supported: send tools instead"),
    function_call: unsupported(z.unknown(), "is deprecated and not supported: send tool_choice instead"),
    profile: optional(z.string()),
    session_id: optional(sessionId),
    user: optional(userId),
  })
  .superRefine(
    ({ modalities, audio, stream, session_id: session, messages, response_format: format, tools }, context) => {
      const fault = (path: (string | number)[], message: string) => context.addIssue({ code: "custom", path, message });
      const spoken = modalities?.includes("audio") ?? false;
      if (spoken && audio === undefined) fault(["audio"], "must give voice and format if modalities includes audio");
      if (!spoken && audio !== undefined) fault(["audio"], "requires modalities to include audio");
      if (spoken && stream === true && audio !== undefined && audio.format !== "pcm16")
        fault(["audio", "format"], "must be pcm16 if stream is true");
      const ofTalk = messages.filter(({ role }) => role !== "system" && role !== "developer");
      if (session !== undefined && (ofTalk.length !== 1 || ofTalk[0]?.role !== "user"))
        fault(
          ["messages"],
          "must hold exactly one user message if session_id is set: the session has the earlier ones",
        );
      if (ofTalk.length === 0) fault(["messages"], "must hold a message to answer");
      const told = messages.filter(({ role }) => role === "system" || role === "developer");
      if (charactersOf(told.map(({ content }) => content ?? "")) > limits.instructionsCharacters)
        fault(
          ["messages"],
          `must hold at most ${limits.instructionsCharacters} characters in system and developer messages`,
        );
      const schema = format?.type === "json_schema" ? format.json_schema.schema : {};
      if (schema === undefined) fault(["response_format", "json_schema", "schema"], "must be a JSON Schema");
      else if (isTooLong(schema)) fault(["response_format", "json_schema", "schema"], tooLong);
      for (const [index, tool] of (tools ?? []).entries()) if (isTooLong(tool)) fault(["tools", index], tooLong);
    },
  );

/** A parsed request. */
export type ChatBody = z.infer<typeof chatBody>;
