import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { pino } from "pino";
import { describe, test } from "vitest";
import { type DeepPartial, type GenerateRequest, Role } from "../../services/gen/duet/generate/v1/generate.ts";
import { delta, finish, sendEvents, startPeer } from "./peer.ts";
import { answer, ask, startGenerate } from "./start.ts";

type Body = Record<string, unknown> & { messages: { role: string; content: string }[] };

/** A server that refuses a body as `refuse` says, with a status and its words; and keeps what it was sent. */
async function startStrict(
  context: Parameters<typeof startPeer>[0],
  refuse: (body: Body) => { status: number; body: unknown } | undefined,
  given: { stream?: boolean; owner?: string } = {},
) {
  const sent: Body[] = [];
  const peer = await startPeer(
    context,
    (response, _request, text) => {
      const body = JSON.parse(text) as Body;
      sent.push(body);
      const refusal = refuse(body);
      if (refusal === undefined) sendEvents(response, delta("Hello."), finish("stop"), "[DONE]");
      else if (given.stream) sendEvents(response, refusal.body as object, "[DONE]");
      else response.writeHead(refusal.status, { "content-type": "application/json" }).end(JSON.stringify(refusal.body));
    },
    {
      "/v1/models": (response: ServerResponse) =>
        response.end(JSON.stringify({ data: [{ id: "peer", owned_by: given.owner }] })),
    },
  );
  const lines: string[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => void lines.push(line) });
  const { client } = await startGenerate(context, peer.url, { log });
  return { sent, client, lines };
}

const said = (message: string, rest: object = {}) => ({ error: { message, ...rest } });

describe("thinking is turned off where the server can", () => {
  const rows: [owner: string | undefined, sent: object][] = [
    ["vllm", { chat_template_kwargs: { enable_thinking: false, thinking: false } }],
    ["sglang", { chat_template_kwargs: { enable_thinking: false, thinking: false } }],
    ["library", { reasoning_effort: "none", think: false }],
    ["openai", {}],
    [
      undefined,
      { chat_template_kwargs: { enable_thinking: false, thinking: false }, reasoning_effort: "none", think: false },
    ],
  ];
  for (const [owner, expected] of rows)
    test(`at one whose models are owned by ${owner ?? "nobody that is known"}`, async (context) => {
      const { sent, client } = await startStrict(context, () => undefined, owner === undefined ? {} : { owner });
      await answer(client, ask("hi"));
      const { chat_template_kwargs, reasoning_effort, think } = sent[0] as Body;
      const { ...fields } = { chat_template_kwargs, reasoning_effort, think };
      assert.deepEqual(JSON.parse(JSON.stringify(fields)), expected);
    });
});

describe("what a server refuses is said otherwise, once and from then on", () => {
  const has = (field: string) => (body: Body) => field in body;
  const system = (body: Body) => body.messages.some(({ role }) => role === "system");
  const rows: [what: string, refused: (body: Body) => boolean, status: number, body: unknown, tries: number][] = [
    [
      "chat_template_kwargs, by OpenAI's words",
      has("chat_template_kwargs"),
      400,
      said("Unrecognized request argument supplied: chat_template_kwargs"),
      2,
    ],
    [
      "an effort of none, by vLLM's",
      has("reasoning_effort"),
      400,
      said("1 validation error: ('body', 'reasoning_effort') Input should be 'low', 'medium' or 'high'"),
      2,
    ],
    ["thinking, by Ollama's", has("think"), 400, { error: '"llama3.2:1b" does not support thinking' }, 2],
    [
      "one field after the other, by FastAPI's",
      (body) => has("chat_template_kwargs")(body) || has("reasoning_effort")(body) || has("think")(body),
      422,
      { detail: [{ type: "extra_forbidden", loc: ["body", "think"], msg: "Extra inputs are not permitted" }] },
      2,
    ],
    ["something, without a word", has("think"), 400, {}, 2],
    ["stream_options", has("stream_options"), 400, said("Unknown parameter: 'stream_options'."), 2],
    [
      "max_tokens",
      has("max_tokens"),
      400,
      said(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        {
          param: "max_tokens",
          code: "unsupported_parameter",
        },
      ),
      2,
    ],
    ["the system's role, by Gemma's template", system, 400, said("System role not supported"), 2],
    [
      "the system's role, by Mistral's",
      system,
      500,
      said("Conversation roles must alternate user/assistant/user/…"),
      2,
    ],
    [
      "the system's role, by LM Studio's",
      system,
      400,
      { error: "Error rendering prompt with jinja template: Only user and assistant roles are supported!" },
      2,
    ],
  ];
  const request: DeepPartial<GenerateRequest> = {
    messages: [
      { role: Role.SYSTEM, content: "Be brief." },
      { role: Role.USER, content: "Where is the Louvre?" },
    ],
  };
  for (const [what, refused, status, body, tries] of rows)
    test(what, async (context) => {
      // FastAPI names one field at a time; all else is the same body each time.
      const { sent, client, lines } = await startStrict(context, (asked) =>
        refused(asked) ? { status, body: what.startsWith("one") ? naming(asked) : body } : undefined,
      );
      assert.equal((await answer(client, request)).text, "Hello.");
      const first = sent.length;
      assert.ok(first >= tries, `${first} tries`);
      assert.equal((await answer(client, request)).text, "Hello.");
      assert.equal(sent.length, first + 1);
      assert.ok(lines.some((line) => line.includes("refused a request")));
      assert.ok(lines.every((line) => !line.includes("Louvre")));
    });

  function naming(asked: Body) {
    const field = ["chat_template_kwargs", "reasoning_effort", "think"].find((name) => name in asked);
    return { detail: [{ type: "extra_forbidden", loc: ["body", field], msg: "Extra inputs are not permitted" }] };
  }

  test("also where it is refused in a stream of 200", async (context) => {
    const words = { error: "Error rendering prompt with jinja template: System role not supported" };
    const { client } = await startStrict(
      context,
      (asked) => (system(asked) ? { status: 200, body: words } : undefined),
      { stream: true },
    );
    assert.equal((await answer(client, request)).text, "Hello.");
  });

  test("and so for all that were sent at the same time", async (context) => {
    const { client } = await startStrict(context, (asked) =>
      system(asked) ? { status: 400, body: said("System role not supported") } : undefined,
    );
    const all = await Promise.all(Array.from({ length: 8 }, () => answer(client, request)));
    assert.deepEqual(
      all.map(({ text }) => text),
      Array(8).fill("Hello."),
    );
  });

  test("instructions begin the first question then", async (context) => {
    const { sent, client } = await startStrict(context, (asked) =>
      system(asked) ? { status: 400, body: said("System role not supported") } : undefined,
    );
    await answer(client, request);
    assert.deepEqual(sent.at(-1)?.messages, [{ role: "user", content: "Be brief.\n\nWhere is the Louvre?" }]);
  });
});

describe("a conversation is sent as strict templates take it", () => {
  const { SYSTEM, USER, ASSISTANT } = Role;
  const rows: [what: string, messages: [Role, string][], sent: [string, string][]][] = [
    [
      "neighbours are joined",
      [
        [USER, "a"],
        [USER, "b"],
      ],
      [["user", "a\n\nb"]],
    ],
    [
      "and the system's",
      [
        [SYSTEM, "a"],
        [SYSTEM, "b"],
        [USER, "c"],
      ],
      [
        ["system", "a\n\nb"],
        ["user", "c"],
      ],
    ],
    [
      "blank ones are dropped",
      [
        [USER, "a"],
        [ASSISTANT, " \n"],
        [USER, "b"],
      ],
      [["user", "a\n\nb"]],
    ],
    [
      "a last one of the assistant is left alone",
      [
        [USER, "a"],
        [ASSISTANT, "b"],
        [ASSISTANT, "c "],
      ],
      [
        ["user", "a"],
        ["assistant", "b"],
        ["assistant", "c "],
      ],
    ],
    [
      "an opening assistant passes",
      [
        [ASSISTANT, "Hi."],
        [USER, "a"],
      ],
      [
        ["assistant", "Hi."],
        ["user", "a"],
      ],
    ],
    ["something is left of nothing", [[USER, " "]], [["user", " "]]],
  ];
  for (const [what, messages, expected] of rows)
    test(what, async (context) => {
      const { sent, client } = await startStrict(context, () => undefined);
      await answer(client, { messages: messages.map(([role, content]) => ({ role, content })) });
      assert.deepEqual(
        sent[0]?.messages,
        expected.map(([role, content]) => ({ role, content })),
      );
    });
});

describe("a server's own words", () => {
  const rows: [words: string, status: number, body: unknown][] = [
    ["does not support chat", 400, { error: '"nomic" does not support chat' }],
    ["requires more system memory", 500, { error: "model requires more system memory (8.4 GiB) than is available" }],
    ["no kernel image is available", 500, { object: "error", message: "CUDA error: no kernel image is available" }],
  ];
  for (const [words, status, body] of rows)
    test(`reach the caller and the log: ${words}`, async (context) => {
      const { client, lines } = await startStrict(context, () => ({ status, body }));
      await assert.rejects(answer(client, ask("hi")), (error: Error) => error.message.includes(words));
      assert.ok(lines.some((line) => line.includes(words)));
    });

  test("reach the log alone where they quote the request, and without what they quote", async (context) => {
    const { client, lines } = await startStrict(context, () => ({
      status: 400,
      body: said("cannot render 'Tell my doctor that I feel dizzy' with this template"),
    }));
    await assert.rejects(
      answer(client, ask("Tell my doctor that I feel dizzy")),
      (error: Error) => !/doctor|render/.test(error.message),
    );
    assert.ok(lines.some((line) => line.includes("cannot render '…' with this template")));
  });

  const streams: [what: string, write: (response: ServerResponse) => void][] = [
    [
      "in llama.cpp's lines",
      (r) =>
        r.end('data: {"choices":[{"delta":{"content":"a"}}]}\n\nerror: {"message":"slot is gone away","code":500}\n\n'),
    ],
    ["in an event named error", (r) => r.end('event: error\ndata: {"error":{"message":"slot is gone away"}}\n\n')],
    ["in a sentence", (r) => r.end("event: error\ndata: slot is gone away\n\n")],
    ["in SGLang's object", (r) => r.end('data: {"object":"error","message":"slot is gone away","code":500}\n\n')],
    ["in a body that is no event", (r) => r.end('{"error":"slot is gone away"}')],
  ];
  for (const [what, write] of streams)
    test(`are found in a stream, ${what}`, async (context) => {
      const peer = await startPeer(context, (response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        write(response);
      });
      const { client } = await startGenerate(context, peer.url);
      await assert.rejects(answer(client, ask("hi")), /slot is gone away/);
    });

  test("are found in JSON with status 200", async (context) => {
    const peer = await startPeer(context, (response) =>
      response.writeHead(200, { "content-type": "application/json" }).end('{"error":"slot is gone away"}'),
    );
    const { client } = await startGenerate(context, peer.url);
    await assert.rejects(answer(client, ask("hi")), /slot is gone away/);
  });
});
