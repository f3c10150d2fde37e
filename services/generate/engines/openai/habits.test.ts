import assert from "node:assert/strict";
import { describe, it } from "vitest";
import type { ChatRequest } from "../../chat.ts";
import type { Complaint } from "./complaint/complaint.ts";
import { createHabits, type Habits } from "./habits.ts";

const request: ChatRequest = {
  requestId: "r",
  model: undefined,
  messages: [
    { role: "system", content: "Be brief." },
    { role: "user", content: "Hi." },
  ],
  maxTokens: 10,
  sampling: {},
  stop: [],
  constraint: undefined,
  priority: 0,
  traceparent: undefined,
};
const complaint = (given: Partial<Complaint>): Complaint => ({
  status: 400,
  type: "",
  param: "",
  message: "",
  numbers: {},
  ...given,
});
const off = {
  chat_template_kwargs: { enable_thinking: false, thinking: false },
  reasoning_effort: "none",
  think: false,
};
/** How a body keeps a model from thinking. */
const switchesOf = (body: object) => Object.fromEntries(Object.entries(body).filter(([field]) => field in off));
const bodyOf = (habits: Habits, given: Partial<ChatRequest> = {}, model = "m", owner?: string) =>
  JSON.parse(JSON.stringify(habits.body({ ...request, ...given }, model, owner))) as Record<string, unknown>;

describe("a body", () => {
  it("has what was asked for, and no more than that", () => {
    assert.deepEqual(bodyOf(createHabits(undefined), { thinking: true }), {
      model: "m",
      messages: request.messages,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 10,
    });
    const sampling = {
      temperature: 0,
      topP: 0.5,
      topK: 5,
      minP: 0.1,
      presencePenalty: 1,
      frequencyPenalty: 2,
      repetitionPenalty: 1.1,
      seed: 0,
      logitBias: { 7: 1 },
    };
    const tools = { definitions: [{ type: "function" }], choice: "auto", parallel: false };
    const full = bodyOf(createHabits(undefined), { thinking: true, sampling, tools, stop: ["."], priority: -1 });
    const { model, messages, stream, stream_options, max_tokens, ...rest } = full;
    assert.deepEqual(rest, {
      temperature: 0,
      top_p: 0.5,
      top_k: 5,
      min_p: 0.1,
      presence_penalty: 1,
      frequency_penalty: 2,
      repetition_penalty: 1.1,
      seed: 0,
      logit_bias: { 7: 1 },
      stop: ["."],
      priority: -1,
      tools: [{ type: "function" }],
      tool_choice: "auto",
      parallel_tool_calls: false,
    });
  });

  it("says what shape the answer is to have", () => {
    const shapeOf = (constraint: ChatRequest["constraint"]) => {
      const { response_format, structured_outputs } = bodyOf(createHabits(undefined), { constraint });
      return [response_format, structured_outputs];
    };
    const schema = { type: "object" };
    assert.deepEqual(shapeOf({ type: "jsonSchema", schema }), [
      { type: "json_schema", json_schema: { name: "answer", schema, strict: true } },
      undefined,
    ]);
    assert.deepEqual(shapeOf({ type: "regex", pattern: "a+" }), [undefined, { regex: "a+" }]);
    assert.deepEqual(shapeOf({ type: "choice", options: ["a"] }), [undefined, { choice: ["a"] }]);
    assert.deepEqual(shapeOf(undefined), [undefined, undefined]);
  });

  const { chat_template_kwargs, reasoning_effort, think } = off;
  const rows: [what: string, model: string, owner: string | undefined, switches: object][] = [
    ["of a server that nothing is known of", "m", undefined, off],
    ["of a server of another kind", "m", "someone", off],
    ["of vLLM", "m", "vllm", { chat_template_kwargs }],
    ["of SGLang", "m", "sglang", { chat_template_kwargs }],
    ["of llama.cpp", "m", "llamacpp", { chat_template_kwargs }],
    ["of Ollama", "m", "library", { reasoning_effort, think }],
    ["of OpenAI", "m", "openai", {}],
    ["of OpenAI's own", "m", "system", {}],
    ["of a model that must think", "gpt-oss-20b", "vllm", { chat_template_kwargs, reasoning_effort: "low" }],
    ["of a model that must think, at OpenAI", "gpt-5", "openai", { reasoning_effort: "low" }],
  ];
  it.each(rows)("keeps a model from thinking by what is understood there: %s", (_, model, owner, switches) => {
    const habits = createHabits(undefined);
    assert.deepEqual(switchesOf(bodyOf(habits, {}, model, owner)), switches);
    assert.deepEqual(switchesOf(bodyOf(habits, { thinking: true }, model, owner)), {});
  });
});

describe("a refusal", () => {
  /** What is sent otherwise after one. */
  function learnt(given: Partial<Complaint>, owner?: string, messages = request.messages) {
    const habits = createHabits(undefined);
    const before = bodyOf(habits, { messages }, "m", owner);
    const told = habits.learn(complaint(given), habits.body({ ...request, messages }, "m", owner));
    const after = bodyOf(habits, { messages }, "m", owner);
    const changed = new Set([...Object.keys(before), ...Object.keys(after)]);
    for (const field of changed)
      if (JSON.stringify(before[field]) === JSON.stringify(after[field])) changed.delete(field);
    return { told, changed: [...changed].sort() };
  }
  const all = ["chat_template_kwargs", "reasoning_effort", "think"];

  const rows: [what: string, given: Partial<Complaint>, changed: string[]][] = [
    ["of a field by its name", { message: "Unrecognized request argument: think" }, ["think"]],
    ["of a field as its parameter", { param: "reasoning_effort", message: "bad" }, ["reasoning_effort"]],
    [
      "of two fields by their names",
      { message: "chat_template_kwargs, think: extra" },
      ["chat_template_kwargs", "think"],
    ],
    ["of what a field is for", { message: "enable_thinking is unknown" }, ["chat_template_kwargs", "reasoning_effort"]],
    ["of templates", { message: "no chat_template" }, ["chat_template_kwargs"]],
    ["of effort", { message: "no Reasoning Effort here" }, ["reasoning_effort"]],
    ["of thinking", { message: '"m" does not support thinking' }, ["reasoning_effort", "think"]],
    ["of what is no word", { message: "I unthinkably refuse" }, []],
    ["of usage", { message: "stream_options is not allowed" }, ["stream_options"]],
    ["of the limit's name", { message: "use max_completion_tokens" }, ["max_completion_tokens", "max_tokens"]],
    [
      "of the limit, as unsupported",
      { param: "max_tokens", type: "unsupported_parameter" },
      ["max_completion_tokens", "max_tokens"],
    ],
    ["of the limit, as too large", { param: "max_tokens", message: "too large" }, []],
    ["of another parameter, as unsupported", { param: "top_k", message: "unsupported" }, []],
    ["of instructions", { message: "System role not supported" }, ["messages"]],
    ["of instructions, otherwise", { message: "does not support the system role" }, ["messages"]],
    ["of roles", { message: "Conversation roles must alternate user/assistant" }, ["messages"]],
    ["of roles, otherwise", { message: "Only user, assistant and tool roles" }, ["messages"]],
    ["without a word", {}, all],
    ["without a word, by a server that failed", { status: 500 }, []],
    ["with other words", { message: "bad request" }, []],
    ["of a field, by a server that failed", { status: 500, message: "think" }, ["think"]],
    ["of a field, as not implemented", { status: 501, message: "think" }, ["think"]],
    ["of a field, as not to be processed", { status: 422, message: "think" }, ["think"]],
    ["of a field, for another reason", { status: 429, message: "think" }, []],
    ["of a key", { status: 401 }, []],
  ];
  it.each(rows)("%s is learnt from", (_, given, changed) => {
    const found = learnt(given);
    assert.deepEqual(found.changed, changed);
    assert.equal(found.told === undefined, changed.length === 0);
  });

  it("is told by what is done otherwise from then on", () => {
    assert.equal(learnt({ message: "think" }).told, "Duet no longer sends think, which this server rejected");
    assert.equal(
      learnt({ message: "thinking" }).told,
      "Duet no longer sends reasoning_effort, think, which this server rejected",
    );
    assert.match(learnt({ message: "stream_options" }).told ?? "", /asks this server for token usage/);
    assert.match(
      learnt({ message: "max_completion_tokens" }).told ?? "",
      /does not accept max_tokens, so Duet now sends it max_completion_tokens/,
    );
    assert.match(learnt({ message: "roles must alternate" }).told ?? "", /first user message/);
    assert.match(learnt({}).told ?? "", /turn thinking off/);
  });

  it("says nothing of what was not sent", () => {
    assert.deepEqual(learnt({ message: "think" }, "vllm"), { told: undefined, changed: [] });
    assert.deepEqual(learnt({}, "openai"), { told: undefined, changed: [] });
    const question = request.messages.slice(1);
    assert.deepEqual(learnt({ message: "roles must alternate" }, "openai", question), { told: undefined, changed: [] });
  });

  it("moves instructions into the question", () => {
    const habits = createHabits(undefined);
    habits.learn(complaint({ message: "roles must alternate" }), habits.body(request, "m", "openai"));
    assert.deepEqual(bodyOf(habits).messages, [{ role: "user", content: "Be brief.\n\nHi." }]);
  });

  it("of one thing after another is learnt from each time", () => {
    const habits = createHabits(undefined);
    for (const message of ["think", "stream_options", "max_completion_tokens"])
      habits.learn(complaint({ message }), habits.body(request, "m", undefined));
    const body = bodyOf(habits);
    assert.deepEqual(Object.keys(switchesOf(body)).sort(), ["chat_template_kwargs", "reasoning_effort"]);
    assert.deepEqual([body.stream_options, body.max_tokens, body.max_completion_tokens], [undefined, undefined, 10]);
  });
});

describe("an answer begins in a thought", () => {
  const rows: [model: string, unasked: boolean, asked: boolean][] = [
    ["m", false, false],
    ["DeepSeek-R1-Distill-Qwen-7B", true, true],
    ["qwen3.5-4b", false, true],
    ["qwen3-4b", false, false],
  ];
  it.each(rows)("by the model's name: %s", (model, unasked, asked) => {
    const habits = createHabits(undefined);
    assert.deepEqual([habits.opened(model, false), habits.opened(model, true)], [unasked, asked]);
    for (const says of [true, false]) {
      const told = createHabits(says);
      told.noteTemplate(model, true, !says);
      assert.deepEqual([told.opened(model, false), told.opened(model, true)], [says, says], "the operator knows");
    }
  });

  it("as its model's answers have shown, whether asked to think or not", () => {
    const habits = createHabits(undefined);
    habits.noteTemplate("m", true, true);
    assert.deepEqual(
      [habits.opened("m", true), habits.opened("m", false), habits.opened("n", true)],
      [true, false, false],
    );
    habits.noteTemplate("m", true, false);
    assert.equal(habits.opened("m", true), false);
  });

  it("in channels, where the model writes those", () => {
    const { channels } = createHabits(undefined);
    assert.deepEqual(["gpt-oss-20b", "qwen3-4b", "m"].map(channels), [true, false, false]);
  });
});
