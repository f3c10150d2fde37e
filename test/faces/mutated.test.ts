import assert from "node:assert/strict";
import fc from "fast-check";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { Log } from "../../infra/log/log.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { type Came, post } from "./ask.ts";

/** How many requests to each face: the whole number takes minutes. */
const count = Number(process.env.MUTATED_REQUESTS ?? 60);
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
    path: "/duet.assistant.v1.AssistantService/Converse",
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

for (const [name, { path, headers, right }] of Object.entries(faces))
  describe(`${name}: a broken request`, () => {
    it("is answered or refused, never crashes, and has no engine work if it is refused", async () => {
      await fc.assert(
        fc.asyncProperty(broken(right), async (body) => {
          const before = works();
          const response = await post(stack.url + path, body, headers);
          const bytes = Buffer.from(await response.arrayBuffer());
          if (response.status === 200) return;
          assert.match(response.headers.get("content-type") ?? "", /^application\/json/);
          const said = JSON.parse(String(bytes)) as Came;
          const code = said.error?.code ?? said.code;
          const reason = said.details?.[0]?.debug?.reason ?? code;
          assert.ok(typeof code === "string" && !/^(?:internal|unknown|undefined)$/i.test(reason), String(bytes));
          // An answer that does not fit its shape is the model's fault, and known once it is written.
          if (response.status >= 500) return assert.match(reason, /^engine_output_invalid$/i);
          // What is not there to be spoken is known once it is written.
          if (!/nothing_to_speak|NOTHING_TO_SPEAK/.test(String(bytes))) assert.equal(works(), before, String(bytes));
        }),
        { numRuns: count },
      );
      assert.deepEqual(logged, []);
      assert.equal((await fetch(`${stack.url}/healthz`)).status, 200);
    });
  });
