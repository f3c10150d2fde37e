import assert from "node:assert/strict";
import fc from "fast-check";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { Log } from "../../infra/log/log.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { type Came, post } from "./ask.ts";

/** How many requests to each face: the whole number takes minutes. */
const count = Number(process.env.MUTATED_REQUESTS ?? 60);
const patience = { timeout: Math.max(180_000, count * 60) };
const logged: string[] = [];
let stack: Stack;
beforeAll(async () => {
  // What is none of its caller's faults is logged as an error.
  const error: Log["error"] = (...said: unknown[]) => void logged.push(JSON.stringify(said));
  const log: Log = { debug() {}, info() {}, warn() {}, error };
  stack = await startStack({ timeScale: 0, edge: { log } });
  // A voice's engine is tried once by itself, before its first work.
  for (const { path, right } of Object.values(faces)) await (await post(stack.url + path, right)).arrayBuffer();
});
afterAll(() => stack.close());

const rpcs = "/duet.assistant.v1.AssistantService";
/** A face, and a request to it that is right. */
const faces: Record<string, { path: string; headers?: Record<string, string>; right: Came }> = {
  speech: {
    path: "/v1/audio/speech",
    right: {
      model: "tts-1",
      input: "Hello.",
      voice: "alloy",
      response_format: "pcm",
      speed: 1,
      stream_format: "audio",
      sample_rate: 24_000,
      pacing: "none",
      language: "en",
      instructions: "",
    },
  },
  chat: {
    path: "/v1/chat/completions",
    right: {
      model: "duet",
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: [{ type: "text", text: "[[say:Hi.]]" }] },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "a", type: "function", function: { name: "f", arguments: "{}" } }],
        },
        { role: "tool", tool_call_id: "a", content: "1" },
      ],
      stream: true,
      stream_options: { include_usage: true },
      modalities: ["text", "audio"],
      audio: { voice: "alloy", format: "pcm16" },
      max_tokens: 20,
      temperature: 1,
      stop: ["x"],
      response_format: { type: "json_schema", json_schema: { name: "a", schema: { type: "object" } } },
      tools: [{ type: "function", function: { name: "f", parameters: {} } }],
      tool_choice: "auto",
    },
  },
  "files that play": {
    path: `${rpcs}/Converse`,
    headers: { accept: "audio/wav" },
    right: {
      text: '[[say:{"a":"Hi."}]]',
      history: [{ role: "ROLE_USER", content: "a" }],
      language: "en",
      voice: "",
      stop: ["x"],
      constraint: { jsonSchema: "{}", spoken: ["a"] },
    },
  },
};

/** Ways to places in a value. */
function placesIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, inner]) =>
      placesIn(inner, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

function changed(value: Came, [first, ...rest]: (string | number)[], to: (old: unknown) => unknown): Came {
  if (first === undefined) return to(value);
  const copy = Array.isArray(value) ? [...value] : { ...value };
  const inner = changed(copy[first], rest, to);
  if (inner === undefined) delete copy[first];
  else copy[first] = inner;
  return copy;
}

const strange = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    true,
    0,
    -1,
    1e308,
    2 ** 53,
    "",
    " ",
    "nobody",
    "\ud800",
    "\u0000",
    "a".repeat(9_000),
    [],
    {},
    [[]],
    { id: 1 },
    "__proto__",
    "constructor",
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** A right request, broken at some places, or as text. */
function broken(right: Came): fc.Arbitrary<string> {
  const places = placesIn(right);
  const values = fc
    .array(fc.tuple(fc.constantFrom(...places), strange), { minLength: 1, maxLength: 3 })
    .map((changes) =>
      changes.reduce((value, [place, to]) => (place.length === 0 ? to : safely(value, place, to)), right),
    )
    .map((value) => JSON.stringify(value) ?? "");
  const texts = fc
    .tuple(fc.nat(JSON.stringify(right).length), fc.string({ unit: "binary", maxLength: 3 }), fc.nat(4))
    .map(([at, put, cut]) => `${JSON.stringify(right).slice(0, at)}${put}${JSON.stringify(right).slice(at + cut)}`);
  return fc.oneof({ weight: 4, arbitrary: values }, { weight: 1, arbitrary: texts });
}

function safely(value: Came, place: (string | number)[], to: unknown): Came {
  try {
    return changed(value, place, () => to);
  } catch {
    return value;
  }
}

const works = () => stack.vllm.seen().length + stack.fish.reduce((sum, twin) => sum + twin.seen().length, 0);

/** A reason says what is wrong: nobody is told that something is. */
function assertReason(reason: unknown, said: unknown): void {
  assert.ok(typeof reason === "string" && !/^(?:internal|unknown|)$/i.test(reason), JSON.stringify(said));
}

/** Looks at an answer: it is whole and has no failure within, or it says why not. */
async function expectAnswer(
  response: Response,
  workedBefore: number,
  askLines: () => Promise<Response>,
): Promise<void> {
  const bytes = await response.arrayBuffer().catch(() => undefined);
  const text = String(Buffer.from(bytes ?? new ArrayBuffer()));
  if (response.status === 200) {
    // Once it has begun, a file has no other way to say that there is no more of it: lines of the same request say why.
    if (bytes === undefined) return assertReason(reasonAtEnd(await (await askLines()).text()), "cut");
    for (const [line, data] of text.matchAll(/^data: (\{.*"error":.*)$/gm))
      assertReason(JSON.parse(data as string).error?.code ?? "", line);
    return;
  }
  assert.match(response.headers.get("content-type") ?? "", /^application\/json/);
  const said = JSON.parse(text) as Came;
  const code = said.error?.code ?? said.code;
  const reason = said.details?.[0]?.debug?.reason ?? code;
  assertReason(reason, said);
  // An answer that does not fit its shape is the model's fault, and known once it is written.
  if (response.status >= 500) return assert.match(reason, /^engine_output_invalid$/i);
  // What is not there to be spoken is known once it is written.
  if (!/nothing_to_speak|NOTHING_TO_SPEAK/.test(text)) assert.equal(works(), workedBefore, text);
}

function reasonAtEnd(lines: string): unknown {
  return JSON.parse(lines.trim().split("\n").at(-1) as string).finished?.error?.reason;
}

async function expectAlive(): Promise<void> {
  assert.deepEqual(logged, []);
  assert.equal((await fetch(`${stack.url}/healthz`)).status, 200);
}

for (const [name, { path, headers, right }] of Object.entries(faces))
  describe(`${name}: a broken request`, () => {
    it("is answered or refused, never crashes, and has no engine work if it is refused", patience, async () => {
      await fc.assert(
        fc.asyncProperty(broken(right), async (body) => {
          const before = works();
          await expectAnswer(await post(stack.url + path, body, headers), before, () => post(stack.url + path, body));
        }),
        { numRuns: count },
      );
      await expectAlive();
    });
  });

describe("methods, paths and headers", () => {
  const paths = [
    "/v1",
    "/v1/models",
    "/v1/models/duet",
    "/v1/audio/voices",
    "/v1/audio/speech",
    "/v1/chat/completions",
  ].concat(`${rpcs}/Speak`, `${rpcs}/Converse`, "/v1/audio/transcriptions");
  const put = fc.constantFrom(
    "",
    "/",
    "//",
    "..",
    "%",
    "%00",
    "%2e%2e",
    "%ff",
    "?",
    "?a=%",
    "{}",
    "__proto__",
    "\u00e9",
    ";",
  );
  const path = fc
    .tuple(fc.constantFrom(...paths), fc.nat(30), put, fc.nat(2))
    .map(([path, at, put, cut]) => `/${path.slice(1, 1 + at)}${put}${path.slice(1 + at + cut)}`);
  const odd = fc
    .constantFrom(
      "",
      "*/*",
      ",",
      ";",
      "a/b;q",
      "audio/*",
      "audio/wav;rate=0",
      "audio/pcm;pacing=",
      "\u00ff",
      "0",
      "-1",
      "1e9",
    )
    .filter((value) => value !== undefined);
  const names = [
    "accept",
    "content-type",
    "content-encoding",
    "idempotency-key",
    "authorization",
    "traceparent",
    "range",
  ].concat("x-stainless-retry-count", "connect-timeout-ms", "connect-protocol-version", "if-none-match", "duet-tenant");
  const headers = fc.dictionary(
    fc.constantFrom(...names),
    fc.oneof(
      odd,
      fc.string({ maxLength: 12 }).map((text) => text.replace(/[^ -~]/g, "")),
    ),
    { maxKeys: 3 },
  );
  const method = fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD");

  it("that are broken are answered or refused in JSON, never crash, and have no engine work", patience, async () => {
    await fc.assert(
      fc.asyncProperty(method, path, headers, async (method, path, headers) => {
        const before = works();
        const body = method === "GET" || method === "HEAD" ? undefined : JSON.stringify(faces.speech?.right);
        const sent = { "content-type": "application/json", ...headers };
        const response = await fetch(stack.url + path, {
          method,
          headers: sent,
          redirect: "manual",
          ...(body && { body }),
        });
        if (method === "HEAD") return assert.ok(response.status < 500);
        await expectAnswer(response, before, () => post(stack.url + path, faces.speech?.right));
      }),
      { numRuns: count },
    );
    await expectAlive();
  });
});
