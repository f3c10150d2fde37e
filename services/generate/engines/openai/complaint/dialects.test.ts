import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { type Complaint, readComplaint } from "./complaint.ts";
import { readContextLimit } from "./context-limit.ts";
import { toError } from "./to-error.ts";

/** Bodies as servers send them. */
const limits: [server: string, status: number, body: string | object, limit?: number, promptTokens?: number][] = [
  [
    "vLLM 0.28",
    400,
    {
      error: {
        message:
          "This model's maximum context length is 32768 tokens. However, you requested 512 output tokens and your prompt contains at least 32257 input tokens, for a total of at least 32769 tokens. Please reduce the length of the input prompt or the number of requested output tokens. (parameter=input_tokens, value=32257)",
        type: "BadRequestError",
        param: "input_tokens",
        code: 400,
      },
    },
    32768,
    32257,
  ],
  [
    "vLLM 0.6",
    400,
    {
      object: "error",
      message:
        "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens (4488 in the messages, 512 in the completion). Please reduce the length of the messages or completion.",
      type: "BadRequestError",
      param: null,
      code: 400,
    },
    4096,
    4488,
  ],
  [
    "OpenAI",
    400,
    {
      error: {
        message:
          "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens. Please reduce the length of the messages.",
        type: "invalid_request_error",
        param: "messages",
        code: "context_length_exceeded",
      },
    },
    8192,
    9000,
  ],
  [
    "SGLang",
    400,
    {
      object: "error",
      message: "The input (5000 tokens) is longer than the model's context length (1024 tokens).",
      type: "BadRequestError",
      param: null,
      code: 400,
    },
    1024,
    5000,
  ],
  [
    "SGLang, with the answer",
    400,
    {
      object: "error",
      message:
        "Requested token count exceeds the model's maximum context length of 32768 tokens. You requested a total of 40000 tokens: 39000 tokens from the input messages and 1000 tokens for the completion.",
      code: 400,
    },
    32768,
    39000,
  ],
  [
    "LM Studio",
    400,
    {
      error:
        "The number of tokens to keep from the initial prompt is greater than the context length. Try to load the model with a larger context length, or provide a shorter input",
    },
  ],
  [
    "LM Studio, with numbers",
    400,
    {
      error:
        "Trying to keep the first 5123 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough. Try to load the model with a larger context length, or provide a shorter input",
    },
    4096,
    5123,
  ],
  [
    "llama.cpp",
    400,
    {
      error: {
        code: 400,
        message: "the request exceeds the available context size, try increasing it",
        type: "exceed_context_size_error",
        n_prompt_tokens: 5000,
        n_ctx: 4096,
      },
    },
    4096,
    5000,
  ],
  [
    "llama.cpp, older",
    500,
    {
      error: {
        code: 500,
        message: "the request exceeds the available context size. try increasing the context size",
        type: "server_error",
      },
    },
  ],
  [
    "llama-cpp-python",
    400,
    { error: { message: "Requested tokens (2100) exceed context window of 2048", type: "invalid_request_error" } },
    2048,
    2100,
  ],
  [
    "Text Generation Inference",
    422,
    {
      error:
        "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 4500 `inputs` tokens and 512 `max_new_tokens`",
    },
    4096,
    4500,
  ],
  [
    "Mistral",
    400,
    {
      object: "error",
      message: "Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length",
    },
    32768,
    40000,
  ],
  ["TensorRT-LLM", 400, { error: "Prompt length (9000) exceeds maximum input length (8192)" }, 8192, 9000],
  [
    "Anthropic's shape",
    400,
    {
      type: "error",
      error: { type: "invalid_request_error", message: "prompt is too long: 200251 tokens > 200000 maximum" },
    },
    200000,
    200251,
  ],
];

describe("a context that is too small is understood in the dialect of", () => {
  for (const [server, status, body, limit, promptTokens] of limits)
    test(server, () => {
      const told = readContextLimit(readComplaint(status, JSON.stringify(body)));
      assert.deepEqual(told, { limit, promptTokens });
    });
});

describe("a context that is too small is understood without words", () => {
  const told = (given: Partial<Complaint>) =>
    readContextLimit({ status: 400, type: "", param: "", message: "", numbers: {}, ...given });
  const numbers = { n_ctx: 4096, n_prompt_tokens: 5000 };
  const both = { limit: 4096, promptTokens: 5000 };
  const neither = { limit: undefined, promptTokens: undefined };
  const rows: [what: string, given: Partial<Complaint>, told: ReturnType<typeof told>][] = [
    ["by llama.cpp's name for it", { type: "exceed_context_size_error", numbers }, both],
    ["by OpenAI's name for it", { type: "context_length_exceeded" }, neither],
    ["by the parameter", { param: "input_tokens" }, neither],
    ["by the parameter of another version", { param: "input_text" }, neither],
    ["with a request that is too large", { status: 413, type: "context_length_exceeded" }, neither],
    ["where it cannot be processed", { status: 422, param: "input_tokens" }, neither],
    ["where the server failed", { status: 500, param: "input_tokens" }, neither],
    ["by words before numbers", { message: "maximum context length is 100", numbers }, { ...both, limit: 100 }],
    ["not by numbers alone", { numbers }, undefined],
    ["not by another name", { type: "context", param: "input" }, undefined],
    ["not where something is not found", { status: 404, param: "input_tokens" }, undefined],
    [
      "not by words about a request that is too large",
      { status: 413, message: "reduce the length of the prompt" },
      undefined,
    ],
  ];
  for (const [what, given, expected] of rows) test(what, () => assert.deepEqual(told(given), expected));
});

describe("another refusal is taken for none of them", () => {
  for (const [status, body] of [
    [
      400,
      {
        error: {
          message:
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
          param: "max_tokens",
          code: "unsupported_parameter",
        },
      },
    ],
    [400, { error: { message: "System role not supported" } }],
    [413, { error: "Payload too large" }],
    [500, { error: { message: "model requires more system memory (8.4 GiB) than is available (3.1 GiB)" } }],
    [400, { error: { message: "temperature must be in [0, 2], got 3.0.", param: "temperature" } }],
  ] as const)
    test(JSON.stringify(body), () =>
      assert.equal(readContextLimit(readComplaint(status, JSON.stringify(body))), undefined),
    );
});

describe("the words are found wherever a server puts them", () => {
  const rows: [body: string, words: string][] = [
    ['{"error":"\\"x\\" does not support chat"}', '"x" does not support chat'],
    ['{"error":{"message":"no memory left","type":"api_error"}}', "no memory left"],
    ['{"object":"error","message":"roles must alternate","code":400}', "roles must alternate"],
    ['{"detail":"System role not supported"}', "System role not supported"],
    [
      '{"detail":[{"type":"extra_forbidden","loc":["body","think"],"msg":"Extra inputs are not permitted","input":false}]}',
      "body.think: Extra inputs are not permitted",
    ],
    ['{"message":"no Route matched with those values"}', "no Route matched with those values"],
    ["upstream connect error", "upstream connect error"],
    ["<html><h1>Bad Gateway</h1></html>", ""],
    ["", ""],
  ];
  for (const [body, words] of rows) test(body, () => assert.equal(readComplaint(400, body).message, words));
});

test("the error tells them, with the status and the server's name for it", () => {
  const complaint = readComplaint(500, '{"error":{"message":"model requires more system memory","type":"api_error"}}');
  assert.equal(
    toError(complaint).message,
    "the model server failed (500, api_error, model requires more system memory)",
  );
});
