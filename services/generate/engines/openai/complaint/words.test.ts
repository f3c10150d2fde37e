import assert from "node:assert/strict";
import { describe, test } from "vitest";
import type { ChatRequest } from "../../../chat.ts";
import { tellWords } from "./words.ts";

const question = 'Please tell my doctor Anna Meier\nthat I feel "dizzy" since Tuesday 😀';
const request = {
  messages: [
    { role: "system", content: "You answer in one sentence." },
    { role: "user", content: question },
    { role: "user", content: "我昨天去了北京看望我的老朋友王先生" },
    { role: "user", content: "my-secret-words" },
  ],
  stop: [],
} as unknown as ChatRequest;
const tell = (message: string) => tellWords(message, { request, apiKey: "sk-12345" });

describe("words that hold nothing of the request are for everybody", () => {
  for (const words of [
    '"bakllava:7b" does not support chat',
    "model requires more system memory (8.4 GiB) than is available (3.1 GiB)",
    "System role not supported",
    "After the optional system message, conversation roles must alternate user/assistant/user/assistant/...",
    "CUDA out of memory. Tried to allocate 2.00 GiB",
  ])
    test(words, () => assert.deepEqual(tell(words), { forLog: words, forCaller: words }));
});

describe("what quotes the request is for nobody, however it is quoted", () => {
  for (const words of [
    `invalid input: ${question}!`,
    `invalid input: '${JSON.stringify(question).slice(1, -1)}'`,
    "bad value 'tell my doctor Anna Meier'",
    "bad value 'TELL  MY DOCTOR, ANNA MEIER'",
    "bad value '去了北京看望我的老朋友'",
    `bad value ${JSON.stringify("去了北京看望我的老朋友").replace(/[^"]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`)} here`,
    "1 validation error: input 'my-secret-words' is no list",
  ])
    test(words, () => {
      const { forLog, forCaller } = tell(words);
      assert.equal(forCaller, "");
      assert.match(forLog, /^(?:invalid|bad|1 validation).*…/);
      assert.doesNotMatch(forLog, /doctor|anna|secret|北京|老朋友|\\u5317/i);
    });
});

test("what quotes the shape of an answer, its tools or its openings is for nobody, though it is one word", () => {
  const schema = { type: "object", properties: { dizziness: { type: "string", enum: ["chronic"] } } };
  const tools = { definitions: [{ name: "find_meier", description: "Finds Meier.", parameters: schema }] };
  for (const [shaped, word] of [
    [{ constraint: { type: "regex", pattern: "Zwetsch(" } }, "Zwetsch("],
    [{ constraint: { type: "choice", options: ["Zwetschge"] } }, "Zwetschge"],
    [{ constraint: { type: "jsonSchema", schema } }, "dizziness"],
    [{ constraint: { type: "jsonSchema", schema } }, "chronic"],
    [{ openings: ["Zwetschge"] }, "Zwetschge"],
    [{ tools }, "find_meier"],
  ] as const) {
    const asked = { messages: [], stop: [], ...shaped } as unknown as ChatRequest;
    const { forLog, forCaller } = tellWords(`the value ${word} is no string of it`, {
      request: asked,
      apiKey: undefined,
    });
    assert.deepEqual([forLog.includes(word), forCaller], [false, ""], forLog);
  }
  const plain = "an object must have a string in it";
  const asked = { messages: [], stop: [], constraint: { type: "jsonSchema", schema } } as unknown as ChatRequest;
  assert.equal(tellWords(plain, { request: asked, apiKey: undefined }).forCaller, plain);
});

test("no caller is told where things stand in here, and nobody our key", () => {
  const { forLog, forCaller } = tell(
    "cannot reach http://10.0.0.5:8000/v1 or localhost:11434 (192.168.1.7:80) for /srv/models/llama/model.gguf with sk-12345",
  );
  assert.equal(forCaller, "cannot reach … or … (…) for … with …");
  assert.match(forLog, /10\.0\.0\.5:8000.*model\.gguf with …$/);
});

test("a word by itself tells a caller nothing", () => {
  assert.deepEqual(tell("EOF"), { forLog: "EOF", forCaller: "" });
});

test("a long request costs little to compare", () => {
  const long = { messages: [{ role: "user", content: "ships and harbours ".repeat(50_000) }], stop: [] };
  const from = performance.now();
  tellWords("model requires more system memory ".repeat(20), {
    request: long as unknown as ChatRequest,
    apiKey: undefined,
  });
  assert.ok(performance.now() - from < 2000);
});
