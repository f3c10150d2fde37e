import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createCalls } from "./calls.ts";
import { type Chunk, readChunk } from "./chunk.ts";

const nothing: Chunk = {
  text: "",
  thought: false,
  call: false,
  callParts: [],
  finish: undefined,
  usage: undefined,
};
const read = (event: unknown) => readChunk(JSON.stringify(event));
const ofDelta = (delta: unknown) => read({ choices: [{ delta }] });
const part = { index: 0, id: "", name: "", arguments: "" };

describe("an event of an answer", () => {
  const rows: [what: string, delta: unknown, chunk: Partial<Chunk>][] = [
    ["text", { content: "Yes." }, { text: "Yes." }],
    ["no text", { content: null }, {}],
    ["nothing", {}, {}],
    ["no delta", null, {}],
    ["a number that was text", { content: 42 }, { text: "42" }],
    ["what is no text", { content: true }, {}],
    ["an object that is no text", { content: { text: "Yes." } }, { text: "Yes." }],
    ["a refusal", { refusal: "No." }, { text: "No." }],
    ["a refusal beside text", { content: "Yes.", refusal: "No." }, { text: "Yes." }],
    [
      "parts",
      { content: ["A", { type: "text", text: "b" }, { text: "c" }, { type: "output_text", text: "d" }, 5, null] },
      { text: "Abcd5" },
    ],
    [
      "parts that are no text",
      {
        content: [
          { type: "image", text: "b" },
          { type: "text", text: 3 },
        ],
      },
      {},
    ],
    ["a thought in a part", { content: [{ type: "thinking", thinking: "Hm." }] }, { thought: true }],
    ["a thought in a part of another name", { content: [{ type: "reasoning", text: "Hm." }] }, { thought: true }],
    ["parts of thoughts", { content: [{ type: "thinking", thinking: [{ text: "Hm." }] }] }, { thought: true }],
    ["a thought that is empty", { content: [{ type: "thinking", thinking: [], text: "" }] }, {}],
    [
      "a thought and text",
      { content: [{ type: "thinking", thinking: "Hm." }, { type: "thinking", thinking: "" }, "Yes."] },
      { text: "Yes.", thought: true },
    ],
    ...["reasoning_content", "reasoning", "thinking", "reasoning_text", "reasoning_details"].map(
      (field): [string, unknown, Partial<Chunk>] => [`a thought in ${field}`, { [field]: "Hm." }, { thought: true }],
    ),
    ["a thought in a list", { reasoning_details: [{ text: "Hm." }] }, { thought: true }],
    ["no thought", { reasoning_content: "", reasoning_details: [], reasoning: null }, {}],
    ["a call of the old form", { function_call: { name: "get" } }, { call: true }],
    ["no call", { function_call: null, tool_calls: [] }, {}],
    [
      "a call",
      { tool_calls: [{ index: 1, id: "c", function: { name: "get", arguments: '{"a"' } }] },
      { call: true, callParts: [{ index: 1, id: "c", name: "get", arguments: '{"a"' }] },
    ],
    [
      "calls with less or other than is usual",
      {
        tool_calls: [
          { function: {} },
          { index: 1.5, id: 5, function: { name: 6, arguments: { a: 1 } } },
          { index: 127, function: {} },
        ],
      },
      { call: true, callParts: [part, { ...part, index: 1, arguments: '{"a":1}' }, { ...part, index: 127 }] },
    ],
    [
      "what is no call",
      {
        tool_calls: [
          null,
          "call",
          [],
          {},
          { function: "get" },
          { function: [] },
          { index: -1, function: {} },
          { index: 128, function: {} },
          { index: "0", function: {} },
        ],
      },
      { call: true },
    ],
    ["calls that are no list", { tool_calls: { function: {} } }, { call: true }],
  ];
  it.each(rows)("has %s", (_, delta, chunk) => assert.deepEqual(ofDelta(delta), { ...nothing, ...chunk }));

  it("is of the first choice alone", () => {
    const choice = (content: string, index?: number) => ({ index, delta: { content } });
    const textOf = (...choices: unknown[]) => (read({ choices }) as Chunk).text;
    assert.equal(textOf(choice("b", 1), choice("a", 0)), "a");
    assert.equal(textOf(choice("a")), "a");
    assert.equal(textOf(choice("b", 1)), "");
    assert.equal(textOf(), "");
    assert.equal(textOf(null), "");
    for (const choices of [undefined, null, "none", {}]) assert.deepEqual(read({ choices }), nothing);
  });

  it("may say why the answer ends", () => {
    const finishOf = (finish_reason: unknown) => (read({ choices: [{ finish_reason }] }) as Chunk).finish;
    assert.deepEqual([finishOf("stop"), finishOf(null), finishOf(3)], ["stop", undefined, undefined]);
  });

  it("may count tokens, of which what is impossible is none", () => {
    const usageOf = (usage: unknown) => {
      const { promptTokens, cachedTokens, completionTokens } = (read({ usage }) as Chunk).usage ?? {};
      return [promptTokens, cachedTokens, completionTokens];
    };
    const details = (cached_tokens: unknown) => ({ prompt_tokens_details: { cached_tokens } });
    assert.deepEqual(usageOf({ prompt_tokens: 30, completion_tokens: 2, ...details(16) }), [30, 16, 2]);
    assert.deepEqual(usageOf({ prompt_tokens: 30, prompt_tokens_details: null }), [30, 0, 0]);
    assert.deepEqual(usageOf({ prompt_tokens: 30, prompt_tokens_details: {} }), [30, 0, 0]);
    assert.deepEqual(usageOf({ prompt_tokens: 0, completion_tokens: -1 }), [0, 0, 0]);
    assert.deepEqual(usageOf({ prompt_tokens: 1.5, completion_tokens: "2", ...details(true) }), [0, 0, 0]);
    assert.deepEqual(usageOf({ prompt_tokens: 100_000_000, completion_tokens: 100_000_001 }), [100_000_000, 0, 0]);
    for (const usage of [undefined, null, 3]) assert.deepEqual(usageOf(usage), [undefined, undefined, undefined]);
  });
});

describe("an event of no answer", () => {
  it.each(["", "{", "3", "null", '"text"', "[]", '[{"choices":[]}]'])("is malformed: %s", (data) => {
    const found = readChunk(data);
    assert.ok("broken" in found);
    assert.match(found.broken, data === "" || data === "{" ? /not JSON$/ : /not a JSON object$/);
  });

  it("is an error of the server", () => {
    for (const [event, message, status] of [
      [{ error: { message: "no room", code: 503 } }, "no room", 503],
      [{ error: "no room", choices: [{ delta: { content: "Yes." } }] }, "no room", 500],
      [{ object: "error", message: "no room", code: 400 }, "no room", 400],
      [{ detail: "no room" }, "no room", 500],
    ] as const) {
      const found = read(event);
      assert.ok("complaint" in found);
      assert.deepEqual([found.complaint.message, found.complaint.status], [message, status]);
    }
    for (const event of [{ error: null }, { error: "" }, { detail: "of an answer", choices: [] }])
      assert.deepEqual(read(event), nothing);
  });
});

describe("the calls of an answer", () => {
  it("are put together from their parts, in the order of their places", () => {
    const calls = createCalls("a");
    calls.add([{ ...part, index: 1, id: "two", name: "set", arguments: "{" }]);
    calls.add([
      { ...part, id: "one", name: "get", arguments: '{"a"' },
      { ...part, index: 1, arguments: "}" },
    ]);
    calls.add([{ ...part, id: "other", name: "get", arguments: ":1}" }]);
    assert.deepEqual(calls.all, [
      { id: "one", name: "get", arguments: '{"a":1}' },
      { id: "two", name: "set", arguments: "{}" },
    ]);
  });

  it("have a name each, and an id that is made up where there is none", () => {
    const calls = createCalls("a");
    assert.deepEqual(calls.all, []);
    calls.add([
      { ...part, index: 2, name: "get" },
      { ...part, index: 3, arguments: "{}" },
      { ...part, index: 5, name: "set", id: "own" },
      { ...part, index: 6, name: "put" },
    ]);
    assert.deepEqual(
      calls.all.map(({ id, name }) => [id, name]),
      [
        ["call-a-0", "get"],
        ["own", "set"],
        ["call-a-2", "put"],
      ],
    );
  });

  it("hold a million characters, and no more", () => {
    const calls = createCalls("a");
    calls.add([{ ...part, name: "get", arguments: "x".repeat(999_999) }]);
    calls.add([{ ...part, arguments: "y" }]);
    calls.add([{ ...part, arguments: "z" }]);
    assert.deepEqual([calls.all[0]?.arguments.length, calls.all[0]?.arguments.at(-1)], [1_000_000, "y"]);
  });
});
