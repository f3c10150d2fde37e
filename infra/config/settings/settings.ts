import { z } from "zod";
import { logLevels } from "../../log/levels.ts";
import { parseAddress } from "../../net/address.ts";
import type { FileShape } from "./shape.ts";

// `meta({ file })` says how a setting is written in duet.yaml; without it, as a text.
const address = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text, context) => {
      const parsed = parseAddress(text);
      if (parsed === undefined)
        context.addIssue({ code: "custom", message: "must be host:port, such as 127.0.0.1:8080" });
      return parsed ?? z.NEVER;
    })
    .meta({ file: { type: ["string", "integer"] } satisfies FileShape });
const httpUrl = z
  .url({ protocol: /^https?$/, error: "must be an address such as http://127.0.0.1:8000" })
  .transform((text) => text.replace(/\/+$/, ""));
const list = z
  .string()
  .transform((text) =>
    text
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== ""),
  )
  .meta({ file: { type: ["array", "string"] } satisfies FileShape });
const number = (least: number, most: number) => {
  const error = `must be a number from ${least} to ${most}`;
  return z.coerce
    .number({ error })
    .min(least, { error })
    .max(most, { error })
    .meta({ file: { type: ["number"], range: [least, most] } satisfies FileShape });
};
const whole = (least: number, most: number, fallback: number) =>
  number(least, most)
    .int({ error: "must be a whole number" })
    .meta({ file: { type: ["integer"], range: [least, most] } satisfies FileShape })
    .default(fallback);
const flag = (fallback: boolean) =>
  z
    .enum(["0", "1"], { error: "must be 0 or 1" })
    .default(fallback ? "1" : "0")
    .transform((text) => text === "1")
    .meta({ file: { type: ["boolean"] } satisfies FileShape });
const secret = z
  .string()
  .min(1)
  .optional()
  .meta({ file: { type: ["object"] } satisfies FileShape });

const file = z.string().min(1).optional();

/**
 * Every setting, by the environment variable that sets it. The default and its reason stand here and nowhere else.
 * Durations carry their unit in the name.
 */
export const settings = {
  DUET_CONFIG: z
    .string()
    .min(1)
    .optional()
    .meta({ file: { type: [] } satisfies FileShape })
    .describe(
      "The file of settings and engines. Unset: duet.yaml in the folder that the process is started in, if it is there.",
    ),
  DUET_LOG_LEVEL: z.enum(logLevels).default("info").describe("The least level that is logged."),
  DUET_DRAIN_TIMEOUT_MS: whole(0, 600_000, 10_000).describe(
    "How long a process that was told to stop lets running turns finish. 10 s: longer than most answers take to be written.",
  ),

  DUET_SERVICE_TOKEN: z
    .string()
    .regex(/^[!-~]{32,512}$/, { error: "must be 32 to 512 visible ASCII characters: openssl rand -hex 32 makes one" })
    .optional()
    .meta({ file: { type: ["object"] } satisfies FileShape })
    .describe(
      "The secret by which the services know the edge: the same on all three. Needs TLS to stay one on the way.",
    ),
  DUET_TLS_CERT: file.describe(
    "This process's certificate (PEM file), with the two below: edge and services then speak TLS and both prove who they are.",
  ),
  DUET_TLS_KEY: file.describe("The private key of DUET_TLS_CERT (PEM file, no passphrase)."),
  DUET_TLS_CA: file.describe(
    "Whose certificates are believed (PEM file): a CA of your own, since whatever it signs may call the services.",
  ),

  DUET_LISTEN: address("127.0.0.1:8080").describe("Where the edge listens: page, Connect, gRPC, gRPC-Web and JSON."),
  DUET_GENERATE_URL: httpUrl.default("http://127.0.0.1:50051").describe("Where the edge finds Generate."),
  DUET_SYNTHESIZE_URL: httpUrl.default("http://127.0.0.1:50052").describe("Where the edge finds Synthesize."),
  DUET_CORS_ORIGINS: list
    .default([])
    .describe("Web origins besides the edge's own that may call it, comma-separated; * for any. Empty: none."),
  DUET_INSTRUCTIONS: z
    .string()
    .default(
      "You are a voice assistant. Answer in the language of the question, briefly, in plain spoken sentences. Begin with a short sentence.",
    )
    .describe("The system prompt of turns that bring none. A short first sentence is heard sooner."),
  DUET_MAX_TURNS: whole(1, 100_000, 400).describe(
    "How many turns the edge carries at once before it refuses. 400: what one core relays at 25 tokens a second.",
  ),
  DUET_SCRIPTED: flag(false).describe("1: a scripted stand-in answers; the page says so and offers its questions."),

  DUET_VLLM_URL: list
    .pipe(z.array(httpUrl).min(1, { error: "must be an address such as http://127.0.0.1:8000" }))
    .describe(
      "The OpenAI-compatible model server, without /v1: vLLM, Ollama, llama.cpp, ... Several that serve the same model, comma-separated, share the work.",
    ),
  DUET_VLLM_API_KEY: secret.describe("Sent to the model server as a bearer token."),
  DUET_VLLM_MODEL: z
    .string()
    .min(1)
    .optional()
    .describe("The served model's name. Unset: the first that the server lists."),
  DUET_MAX_TOKENS: whole(1, 32_768, 512).describe(
    "The most tokens of an answer that asks for no limit. 512: about three minutes of speech.",
  ),
  DUET_FIRST_TOKEN_TIMEOUT_MS: whole(100, 600_000, 30_000).describe(
    "How long the model server may take to its first token. 30 s: a model that is being loaded by Ollama answers within it.",
  ),
  DUET_STALL_TIMEOUT_MS: whole(100, 600_000, 10_000).describe(
    "How long the model server may be silent within an answer. vLLM's health check does not see a hung engine; this does.",
  ),
  DUET_GENERATE_LISTEN: address("127.0.0.1:50051").describe("Where Generate listens for gRPC."),
  DUET_GENERATE_ADMIN_LISTEN: address("127.0.0.1:9051").describe(
    "Where Generate serves /metrics and health over HTTP.",
  ),

  DUET_FISH_URL: list
    .pipe(z.array(httpUrl).min(1, { error: "must name at least one address such as http://127.0.0.1:8080" }))
    .describe("The Fish-Speech workers, comma-separated; each serves one request at a time."),
  DUET_FISH_API_KEY: secret.describe("Sent to Fish-Speech as a bearer token."),
  DUET_FISH_MODE: z
    .enum(["1.4", "1.5.0", "1.5.1", "s1", "s2"])
    .default("s2")
    .describe("Which generation of Fish-Speech answers: the wire differs. Checked against the live server."),
  DUET_FISH_REFERENCES: z
    .string()
    .min(1)
    .optional()
    .describe(
      "A folder of voices that are sent with each request: VOICE/recording.wav and recording.lab with its words.",
    ),
  DUET_FISH_VOICES: list
    .default([])
    .describe(
      "Reference ids that may be spoken with, comma-separated, the default first. Empty: all that Fish-Speech lists.",
    ),
  DUET_FISH_TIMEOUT_MS: whole(100, 600_000, 60_000).describe(
    "How long Fish-Speech may take for one segment. 60 s: a run-away generation is cut at 47.5 s of audio.",
  ),
  DUET_MIN_OPENER_SECONDS: number(0, 10)
    .optional()
    .describe(
      "The least speech a first segment holds. Unset: as its engine needs: 0.9 for Fish-Speech, which garbles shorter text (fish-speech#451).",
    ),
  DUET_OPENER_WAIT_MS: whole(0, 10_000, 400).describe(
    "A writer that is silent for this long has its first segment spoken as it is, however short.",
  ),
  DUET_SEGMENT_MAX_CHARACTERS: whole(20, 120, 80).describe(
    "The most written characters joined into one engine request. Longer ones make Fish-Speech repeat or skip words.",
  ),
  DUET_MAX_SESSIONS: whole(1, 10_000, 64).describe("How many texts Synthesize speaks at once before it refuses."),
  DUET_SYNTHESIZE_LISTEN: address("127.0.0.1:50052").describe("Where Synthesize listens for gRPC."),
  DUET_SYNTHESIZE_ADMIN_LISTEN: address("127.0.0.1:9052").describe(
    "Where Synthesize serves /metrics and health over HTTP.",
  ),

  DUET_GENERATE_TTFT_SLO_MS: whole(0, 60_000, 200).describe(
    "The time to first token that Generate keeps by taking fewer answers at once. 200 ms: with a short first clause, speech begins within half a second. 0: it takes as many as DUET_GENERATE_MAX_IN_FLIGHT.",
  ),
  DUET_GENERATE_MAX_IN_FLIGHT: whole(1, 100_000, 256).describe(
    "The most answers Generate has each model server write at once. 256: what vLLM batches on a 24 GB card; more would wait where nobody sees them.",
  ),
  DUET_GENERATE_MAX_QUEUED: whole(0, 100_000, 64).describe(
    "How many answers wait at Generate for a place before it refuses. 64: a quarter of those in flight, some seconds' worth.",
  ),
  DUET_GENERATE_QUEUE_TIMEOUT_MS: whole(0, 60_000, 500).describe(
    "How long an answer waits for a place before it is refused. 500 ms: who waits longer hears nothing in time.",
  ),

  DUET_REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: "must be an address such as redis://127.0.0.1:6379" })
    .optional()
    .describe("Where state that outlives a process will be kept. Checked, but used by no process yet."),

  DUET_DISCOVER: flag(true).describe("0: npm start does not look for a model server on this host."),
} as const;

/** The name of a setting: an environment variable. */
export type SettingName = keyof typeof settings;

/** The values of the named settings, by name. */
export type Settings<Name extends SettingName> = { [K in Name]: z.output<(typeof settings)[K]> };
