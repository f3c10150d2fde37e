import type { Fault } from "./fault.ts";
import type { Refusal } from "./wire/error-body.ts";
import type { AnswerEvent } from "./wire/events.ts";

// Behavior of other servers with the same API, and of vLLM without a reasoning parser for its model. Each kind of
// behavior is a named fault of the stand-in for vLLM, since no other stand-in imitates these servers.

const call = '{"name": "get_weather", "arguments": {"city": "Paris"}}';
const thought = "The user greets me. I should greet back.";

/** Faults that imitate servers other than vLLM, or vLLM without a reasoning parser, keyed by name. */
export const otherServers: Readonly<Record<string, Fault>> = {
  think: writes(
    "a thought in <think> tags before the answer, as Qwen3 does without a reasoning parser",
    `<think>\n${thought}\n</think>\n\n`,
  ),
  "think-brackets": writes(
    "a thought in [THINK] tags before the answer, as Magistral does",
    `[THINK]${thought}[/THINK]`,
  ),
  "think-opened": writes(
    "a thought whose opening tag is in the prompt template, as with DeepSeek-R1: only its closing tag is sent",
    `${thought}\n</think>\n\n`,
  ),
  "think-unclosed": {
    does: "reaches its token limit in the middle of a thought, and so writes no answer",
    stream: (events) => instead(events, `<think>${thought}`, "length"),
  },
  "think-beside": {
    does: "sends a thought in reasoning_content, and then the answer",
    stream: (events) => after(events, chunk({ reasoning_content: thought }), chunk({ reasoning: thought })),
  },
  harmony: {
    does: "writes in gpt-oss's channels, of which only the final one is the answer",
    stream: (events) =>
      around(
        events,
        `<|channel|>analysis<|message|>${thought}<|end|><|start|>assistant<|channel|>final<|message|>`,
        "<|return|>",
      ),
  },
  "gemma-channel": writes("a thought in Gemma's channel before the answer", `<|channel>thought\n${thought}<channel|>`),
  "tool-call": writes("a tool call in <tool_call> tags before the answer", `<tool_call>\n${call}\n</tool_call>\n`),
  "tool-json": writes("a tool call as bare JSON before the answer", `${call}\n`),
  "template-token": {
    does: "leaks markers of its chat template: a header before the answer, the end of the turn after it",
    stream: (events) => around(events, "<|start_header_id|>assistant<|end_header_id|>\n\n", "<|im_end|>"),
  },
  "empty-answer": { does: "ends an answer without any text", stream: (events) => instead(events, "", "stop") },
  "thought-only": {
    does: "thinks in reasoning_content until its limit, and writes no answer",
    stream: (events) => instead(events, "", "length", chunk({ reasoning_content: thought })),
  },
  "tool-calls-only": {
    does: "calls a tool in tool_calls, and writes no answer",
    stream: (events) =>
      instead(
        events,
        "",
        "tool_calls",
        chunk({ tool_calls: [{ index: 0, function: { name: "f", arguments: "{}" } }] }),
      ),
  },
  "tool-calls-parallel": {
    does: "writes some text and calls two tools, whose arguments come in parts, as vLLM does with a parser",
    stream: (events) =>
      instead(
        events,
        "Let me look.",
        "tool_calls",
        chunk({
          tool_calls: [{ index: 0, id: "chatcmpl-tool-a", type: "function", function: { name: "get_weather" } }],
        }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: '{"city": ' } }] }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: '"Paris"}' } }] }),
        chunk({
          tool_calls: [
            { index: 1, id: "chatcmpl-tool-b", type: "function", function: { name: "get_time", arguments: "{}" } },
          ],
        }),
      ),
  },
  "message-for-delta": {
    does: "sends one chunk with a whole message in place of deltas",
    stream: () =>
      from(raw({ choices: [{ index: 0, message: { role: "assistant", content: "Hello." }, finish_reason: "stop" }] }), {
        type: "done",
      }),
  },
  "text-in-parts": {
    does: "sends text as a list of parts, as Mistral's API does",
    stream: (events) =>
      map(events, (event) =>
        event.type === "delta" ? chunk({ content: [{ type: "text", text: event.text }] }) : event,
      ),
  },
  ...Object.fromEntries(
    Object.entries({ float: 7.5, text: "7", negative: -1, huge: 99_999_999_999, null: null }).map(([name, count]) => [
      `usage-${name}`,
      {
        does: `reports ${JSON.stringify(count)} as the number of tokens in the answer`,
        stream: (events: AsyncIterable<AnswerEvent>) =>
          map(events, (event) =>
            event.type === "usage"
              ? raw({ choices: [], usage: { prompt_tokens: 5, completion_tokens: count } })
              : event,
          ),
      },
    ]),
  ),
  "type-in-capitals": {
    does: "writes its content type with capital letters",
    contentType: "Text/Event-Stream; Charset=UTF-8",
  },
  "type-plain": { does: "labels its events as plain text", contentType: "text/plain" },
  "type-none": { does: "sends no content type", contentType: null },
  "error-line": {
    does: "sends an error on a line of its own instead of an answer, as llama.cpp does",
    stream: () => from({ type: "raw", text: 'error: {"message":"the slot is not available","code":500}\n\n' }),
  },
  "error-event": {
    does: "sends an event named error instead of an answer, as LM Studio does",
    stream: () => from({ type: "raw", text: 'event: error\ndata: {"error":{"message":"the model has crashed"}}\n\n' }),
  },
  "error-200": {
    does: "answers 200 with JSON that holds an error",
    instead: {
      status: 200,
      body: { error: "model requires more system memory (8.4 GiB) than is available (3.1 GiB)" },
    },
  },
  "no-chat": {
    does: "answers 400: the model does not support chat",
    instead: { status: 400, body: { error: '"nomic" does not support chat' } },
  },
  "no-system": {
    does: "refuses the system role, as Gemma's template does",
    refuses: ({ messages }) =>
      messages.some(({ role }) => role === "system") ? rejects("System role not supported") : undefined,
  },
  "no-switch": {
    does: "refuses the fields that keep a model from thinking, as strict servers do",
    refuses: (body) => {
      const field = ["chat_template_kwargs", "reasoning_effort", "think"].find((name) => name in body);
      return field === undefined ? undefined : rejects(`Unrecognized request argument supplied: ${field}`);
    },
  },
  "no-max-tokens": {
    does: "refuses max_tokens, as OpenAI's newer models do",
    refuses: (body) =>
      "max_tokens" in body
        ? rejects(
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
          )
        : undefined,
  },
  redirect: { does: "answers 308: it has moved", instead: { status: 308, body: "" } },
};

/** A fault that writes some text before the answer. */
function writes(what: string, text: string): Fault {
  return { does: `writes ${what}`, stream: (events) => around(events, text, "") };
}

function rejects(message: string): Refusal {
  return { status: 400, body: { error: { message, type: "invalid_request_error", param: null, code: null } } };
}

function raw(value: object): AnswerEvent {
  return { type: "raw", text: `data: ${JSON.stringify(value)}\n\n` };
}

function chunk(delta: object): AnswerEvent {
  return raw({ object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason: null }] });
}

async function* from(...events: AnswerEvent[]): AsyncGenerator<AnswerEvent> {
  yield* events;
}

async function* map(
  events: AsyncIterable<AnswerEvent>,
  change: (event: AnswerEvent) => AnswerEvent,
): AsyncGenerator<AnswerEvent> {
  for await (const event of events) yield change(event);
}

/** Splits text as a tokenizer might, into pieces of three characters, so that tags such as `<think>` are split too. */
function deltas(text: string): AnswerEvent[] {
  return (text.match(/.{1,3}/gsu) ?? []).map((piece) => ({ type: "delta", text: piece, tokens: 1 }));
}

/** Passes on an answer, and inserts further events directly after the event that states the answer's role. */
async function* after(events: AsyncIterable<AnswerEvent>, ...then: AnswerEvent[]): AsyncGenerator<AnswerEvent> {
  for await (const event of events) {
    yield event;
    if (event.type === "role") yield* then;
  }
}

/** Passes on an answer with one text before it and another text after it. */
async function* around(
  events: AsyncIterable<AnswerEvent>,
  before: string,
  behind: string,
): AsyncGenerator<AnswerEvent> {
  for await (const event of after(events, ...deltas(before))) {
    if (event.type !== "finish") yield event;
    else yield* [...deltas(event.text), ...deltas(behind), { ...event, text: "", tokens: 0 }];
  }
}

/** Passes on the role and the end of an answer, with another text in place of its own. */
async function* instead(
  events: AsyncIterable<AnswerEvent>,
  text: string,
  finishReason: string,
  ...before: AnswerEvent[]
): AsyncGenerator<AnswerEvent> {
  for await (const event of events) {
    if (event.type === "role") yield* [event, ...before, ...deltas(text)];
    else if (event.type === "finish") yield { ...event, text: "", tokens: 0, finishReason };
    else if (event.type !== "delta") yield event;
  }
}
