import assert from "node:assert/strict";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, it } from "vitest";
import { type Stack, startStack } from "../support/stack.ts";
import { until } from "../support/until.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());
afterEach(async () => {
  await until("no turn runs after a test", () => stack.edge.turnCount === 0);
  const good = await post("Speak", '{"text": "这一句说得出来。"}');
  assert.match(good.body, /OUTCOME_COMPLETED/, "the next good call works");
});

/** A call that is wrong, and what comes of it. */
interface Row {
  rpc?: string;
  what: string;
  body: string | Uint8Array;
  headers?: Record<string, string>;
  status: number;
  code: string;
  /** What the message says: the field or the fault, and the remedy. */
  says: RegExp;
  /** Default: INVALID_REQUEST or UNREADABLE_REQUEST for what is invalid. */
  reason?: string;
  /** Fields and the reasons why they are wrong. */
  violations?: readonly string[];
}

const json = (value: unknown) => JSON.stringify(value);
const message = (count: number) => Array.from({ length: count }, () => ({ role: "ROLE_USER", content: "a" }));
const invalid = { status: 400, code: "invalid_argument" };

const rows: Row[] = [
  { what: "no text", body: "{}", ...invalid, says: /^text: must hold at least one letter or digit/ },
  { what: "empty text", body: json({ text: "" }), ...invalid, says: /^text: must hold/ },
  { what: "only emoji", body: json({ text: "😀👍🏽❤️" }), ...invalid, says: /^text: must hold/ },
  {
    what: "1 MB of text",
    body: json({ text: "字".repeat(350_000) }),
    ...invalid,
    says: /^text: has 350000 .* at most 8000/,
  },
  {
    what: "more than 4 MiB",
    body: json({ text: "a".repeat(5 << 20) }),
    ...invalid,
    says: /larger than 4 MiB: shorten/,
    reason: "REQUEST_TOO_LARGE",
  },
  {
    what: "an unknown field",
    body: json({ text: "a", voise: "x" }),
    ...invalid,
    says: /^voise: is not a field of SpeakRequest, whose fields are text, language, voice, session_id, user_id, profile, opener, request_id, resume_window_ms$/,
  },
  {
    rpc: "Converse",
    what: "an unknown field inside",
    body: json({ text: "a", history: [{ rolle: 1 }] }),
    ...invalid,
    says: /^history\[0\]\.rolle: is not a field of Message, whose fields are role, content$/,
    violations: ["history[0].rolle UNKNOWN_FIELD"],
  },
  {
    rpc: "Converse",
    what: "an unknown role",
    body: json({ text: "a", history: [{ role: "ROLE_SYSTEM" }] }),
    ...invalid,
    says: /^history\[0\]\.role: must be one of ROLE_USER, ROLE_ASSISTANT$/,
    violations: ["history[0].role UNKNOWN_VALUE"],
  },
  {
    rpc: "Converse",
    what: "a long history",
    body: json({ text: "a", history: message(201) }),
    ...invalid,
    says: /^history: has 201 messages, but at most 200/,
  },
  {
    rpc: "Converse",
    what: "an empty message",
    body: json({ text: "a", history: [...message(1), { role: 2 }] }),
    ...invalid,
    says: /^history\[1\]\.content: must not be empty$/,
  },
  {
    rpc: "Converse",
    what: "options out of range",
    body: json({ text: "a", generation: { maxTokens: 0, temperature: 3, topP: 0, thinking: 9 }, opener: 9 }),
    ...invalid,
    says: /^opener: must be OPENER_MODE_SOFT.*max_tokens: must be 1 to 8192.*temperature: must be 0 to 2.*top_p: must be above 0.*thinking: must be/,
  },
  {
    what: "a language that is no tag",
    body: json({ text: "a", language: "français" }),
    ...invalid,
    says: /^language: must be a BCP 47 tag such as zh, en-US or ja, or empty/,
  },
  {
    what: "names that are none",
    body: json({ text: "a", sessionId: "a b", userId: "ü" }),
    ...invalid,
    says: /^session_id: must be 1 to 64 characters out of .*, or empty; user_id: must be 1 to 128 characters out of .*, or empty$/,
  },
  {
    rpc: "Converse",
    what: "a history besides that of a session",
    body: json({ text: "a", sessionId: "s", history: message(1) }),
    ...invalid,
    says: /^history: must be empty where session_id is set/,
  },
  { rpc: "GetSession", what: "no session", body: "{}", ...invalid, says: /^session_id: must be 1 to 64/ },
  {
    rpc: "DeleteSession",
    what: "a session that reaches elsewhere",
    body: json({ sessionId: "a}:session" }),
    ...invalid,
    says: /^session_id: must be 1 to 64/,
  },
  {
    rpc: "ListSessions",
    what: "pages that are none",
    body: json({ userId: "\n", pageSize: 101, pageToken: "(1" }),
    ...invalid,
    says: /^user_id: .*; page_size: must be at most 100; page_token: must be the next_page_token of an earlier page$/,
  },
  {
    rpc: "ReportPlayback",
    what: "no place",
    body: json({ turnId: "t" }),
    ...invalid,
    says: /^played: must give the position up to which the turn was heard$/,
  },
  {
    rpc: "ReportPlayback",
    what: "a listening that cannot be",
    body: json({
      turnId: "t",
      played: {},
      listened: { firstSoundMs: -1, gapCount: 10_001, gapMs: "NaN", reportedMs: -1 },
    }),
    ...invalid,
    says: /^listened\.first_sound_ms: must be from 0 to 3600000; listened\.gap_count: must be from 0 to 10000; listened\.gap_ms: .*; listened\.reported_ms: /,
  },
  {
    rpc: "ReportPlayback",
    what: "no turn",
    body: "{}",
    ...invalid,
    says: /^turn_id: must be the started.turn_id of a turn/,
  },
  {
    what: "a number for text",
    body: json({ text: 5 }),
    ...invalid,
    says: /^text: must be a string$/,
    violations: ["text WRONG_TYPE"],
  },
  { what: "JSON that is cut short", body: '{"text": "secret', ...invalid, says: /^the request is not valid JSON/ },
  { what: "no JSON object", body: "[1]", ...invalid, says: /^the request is not a JSON object/ },
  { what: "invalid UTF-8", body: Buffer.from('{"text": "\xff\xfe"}', "latin1"), ...invalid, says: /not valid UTF-8/ },
  {
    what: "an unknown voice",
    body: json({ text: "a", voice: "nobody" }),
    status: 404,
    code: "not_found",
    says: /voice.*ListVoices/,
  },
  {
    what: "a deadline of 1 ms",
    body: json({ text: "a" }),
    headers: { "connect-timeout-ms": "1" },
    status: 504,
    code: "deadline_exceeded",
    says: /deadline.*allow more time/,
  },
  {
    what: "a deadline that is no number",
    body: json({ text: "a" }),
    headers: { "connect-timeout-ms": "soon" },
    ...invalid,
    says: /timeout/,
  },
  {
    what: "another content type",
    body: "text=a",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    status: 415,
    code: "invalid_argument",
    says: /content type.*application\/json/,
  },
  {
    what: "a body that is said to be packed and is not",
    body: json({ text: "a" }),
    headers: { "content-encoding": "gzip" },
    ...invalid,
    says: /./,
  },
  {
    what: "an unknown packing",
    body: json({ text: "a" }),
    headers: { "content-encoding": "lzma" },
    status: 501,
    code: "unimplemented",
    says: /lzma.*gzip/,
  },
  { rpc: "Interrupt", what: "no turn", body: "{}", ...invalid, says: /^turn_id: must be/ },
  {
    rpc: "Interrupt",
    what: "an unknown turn",
    body: json({ turnId: "x" }),
    status: 404,
    code: "not_found",
    says: /turn_id/,
  },
];

describe("a wrong call in JSON is refused with code, field and remedy", () => {
  for (const { rpc = "Speak", what, body, headers, status, code, says, reason, violations } of rows)
    it(`${rpc}: ${what}`, async () => {
      const answer = await post(rpc, body, headers);
      assert.equal(answer.status, status, answer.body);
      const error = JSON.parse(answer.body) as { code: string; message: string; details?: Detail[] };
      assert.equal(error.code, code);
      assert.match(error.message, says);
      assert.doesNotMatch(
        error.message,
        /secret|UNSPECIFIED/,
        "no text of the caller's, and nothing that would be refused",
      );
      const { info, fields } = readDetails(error.details);
      assert.match(info.reason, reason === undefined ? /^[A-Z_]+$/ : new RegExp(`^${reason}$`));
      if (info.reason === "INVALID_REQUEST") {
        assert.equal(info.metadata?.fields, fields.map(({ field }) => field).join(","));
        for (const one of fields) assert.match(one.reason, /^[A-Z_]+$/, one.field);
      }
      if (violations !== undefined)
        assert.deepEqual(
          fields.map((one) => `${one.field} ${one.reason}`),
          violations,
        );
      if (info.reason !== "UNIMPLEMENTED")
        assert.match(String(info.metadata?.rpc), new RegExp(`AssistantService/${rpc}$`));
    });
});

it("counts what was refused, by code", async () => {
  await post("Speak", "{}");
  const metrics = await (await fetch(`${stack.url}/metrics`)).text();
  assert.match(metrics, /duet_edge_calls_total\{rpc="Speak",code="INVALID_ARGUMENT"\} [1-9]/);
  assert.match(metrics, /duet_edge_calls_total\{rpc="Speak",code="OK"\} [1-9]/);
});

describe("frames that are wrong", () => {
  const frame = (flags: number, length: number, ...bytes: number[]) => Buffer.from([flags, 0, 0, 0, length, ...bytes]);
  const frames: readonly (readonly [string, string, Buffer, RegExp])[] = [
    ["cut in the header", "application/connect+json", Buffer.from([0, 0]), /cut short or not framed/],
    ["cut in the message", "application/connect+proto", frame(0, 200, 1), /cut short or not framed/],
    ["no protobuf", "application/connect+proto", frame(0, 3, 1, 2, 3), /not a valid protobuf message/],
    ["invalid UTF-8", "application/connect+proto", frame(0, 4, 0x0a, 2, 0xff, 0xfe), /not valid UTF-8/],
    ["no JSON", "application/connect+json", frame(0, 1, 0x78), /not valid JSON/],
  ];
  for (const [what, type, body, says] of frames)
    it(`${type}: ${what}`, async () => {
      const answer = await post("Speak", body, { "content-type": type });
      const { error } = JSON.parse(answer.body.slice(answer.body.indexOf("{")));
      assert.equal(error.code, "invalid_argument");
      assert.match(error.message, says);
    });

  it("gRPC: no protobuf", async () => {
    const answer = await post("Speak", frame(0, 3, 1, 2, 3), { "content-type": "application/grpc-web+proto" });
    assert.match(answer.body, /grpc-status: ?3/i);
  });
});

describe("HTTP that is wrong", () => {
  it("another method", async () => {
    const response = await fetch(`${stack.url}/duet.assistant.v1.AssistantService/Speak`);
    assert.equal(response.status, 405);
    assert.match(await response.text(), /POST/);
  });

  it("an unknown path names those there are", async () => {
    const response = await fetch(`${stack.url}/speak`);
    assert.equal(response.status, 404);
    assert.match(((await response.json()) as { message: string }).message, /AssistantService\/Speak/);
  });

  it("a Host that is none", async () => {
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest(
        `${stack.url}/duet.assistant.v1.AssistantService/Speak`,
        { method: "POST", headers: { host: "[", "content-type": "application/json" } },
        (response) => resolve(response.resume().statusCode),
      );
      request.on("error", reject).end("{}");
    });
    assert.equal(status, 400);
  });

  it("no HTTP at all", async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(stack.edge.address.port, stack.edge.address.host);
      let read = "";
      socket.on("data", (part) => {
        read += part;
      });
      socket.on("close", () => resolve(read)).on("error", reject);
      socket.write("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS greeting\r\n\r\n");
    });
    assert.match(answer, /^HTTP\/1\.1 400 /);
  });
});

interface Detail {
  readonly type: string;
  readonly debug?: {
    reason?: string;
    metadata?: Record<string, string>;
    fieldViolations?: { field: string; reason: string }[];
  };
}

/** What the details of an error say, which every refusal has. */
function readDetails(details: readonly Detail[] = []) {
  const of = (type: string) => details.find((detail) => detail.type === `google.rpc.${type}`)?.debug;
  const { reason = "", metadata } = of("ErrorInfo") ?? {};
  return { info: { reason, metadata }, fields: of("BadRequest")?.fieldViolations ?? [] };
}

async function post(rpc: string, body: string | Uint8Array, headers: Record<string, string> = {}) {
  const response = await fetch(`${stack.url}/duet.assistant.v1.AssistantService/${rpc}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: body as BodyInit,
  });
  return { status: response.status, body: await response.text() };
}
