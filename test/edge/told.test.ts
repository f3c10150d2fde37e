import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, it } from "vitest";
import { formatAddress } from "../../infra/net/address.ts";
import { type Stack, startStack } from "../support/stack.ts";

// What callers are told, by a stack that they reach directly, by a proxy, and by its admin address.
let stack: Stack;
let admin: string;
beforeAll(async () => {
  stack = await startStack({ edge: { adminListen: { host: "127.0.0.1", port: 0 } } });
  assert.ok(stack.edge.adminAddress);
  admin = `http://${formatAddress(stack.edge.adminAddress)}`;
});
afterAll(() => stack.close());

const service = "duet.assistant.v1.AssistantService";
const throughProxy = { "x-forwarded-for": "203.0.113.7" };

function call(rpc: string, body: BodyInit, headers: Record<string, string> = {}, url = stack.url): Promise<Response> {
  return fetch(`${url}/${service}/${rpc}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
}

interface Told {
  readonly code: string;
  readonly message: string;
  readonly details: readonly { readonly type: string; readonly debug: Record<string, unknown> }[];
}

async function told(response: Response) {
  const { code, message, details } = (await response.json()) as Told;
  const of = (type: string) => details.find((one) => one.type === `google.rpc.${type}`)?.debug;
  return { code, message, info: of("ErrorInfo"), bad: of("BadRequest") };
}

describe("a unary call that cannot be read is told what is wrong as well as a turn", () => {
  const rows: readonly (readonly [what: string, body: BodyInit, type: string, reason: string, says: RegExp])[] = [
    ["no body", "", "application/json", "UNREADABLE_REQUEST", /^the request is not valid JSON/],
    ["cut JSON", '{"userId": "secret', "application/json", "UNREADABLE_REQUEST", /^the request is not valid JSON/],
    ["a list", "[]", "application/json", "UNREADABLE_REQUEST", /not a JSON object/],
    ["a name twice", '{"userId":"a","userId":"b"}', "application/json", "UNREADABLE_REQUEST", /twice/],
    [
      "an unknown field",
      '{"user":"a"}',
      "application/json",
      "INVALID_REQUEST",
      /^user: is not a field of ListSessionsRequest, /,
    ],
    [
      "a wrong type",
      '{"pageSize":"many"}',
      "application/json",
      "INVALID_REQUEST",
      /^page_size: must be a whole number/,
    ],
    [
      "no protobuf",
      Buffer.from([1, 2, 3]),
      "application/proto",
      "UNREADABLE_REQUEST",
      /not a valid protobuf message of this call's request type/,
    ],
    ["invalid UTF-8", Buffer.from([10, 2, 255, 254]), "application/proto", "UNREADABLE_REQUEST", /not valid UTF-8/],
    ["too much", `{"userId":"${"a".repeat(5 << 20)}"}`, "application/json", "REQUEST_TOO_LARGE", /larger than 64 KiB/],
  ];
  for (const [what, body, type, reason, says] of rows)
    it(what, async () => {
      const response = await call("ListSessions", body, { "content-type": type });
      assert.equal(response.status, 400);
      const { code, message, info } = await told(response);
      assert.deepEqual([code, info?.reason, info?.domain], ["invalid_argument", reason, "duet"]);
      assert.equal((info?.metadata as Record<string, string> | undefined)?.rpc, `${service}/ListSessions`);
      assert.match(message, says);
      assert.doesNotMatch(message, /secret/);
    });

  it("too much once it is unpacked", async () => {
    const body = gzipSync(`{"userId":"${"a".repeat(50 << 20)}"}`);
    for (const rpc of ["ListSessions", "Speak"]) {
      const response = await call(rpc, body, { "content-encoding": "gzip" });
      assert.equal(response.status, 400);
      assert.equal((await told(response)).info?.reason, "REQUEST_TOO_LARGE");
    }
  });

  // The longest history that ConverseRequest allows by characters, and what may come with it.
  for (const rpc of ["Converse", "Chat", "SubmitChat"])
    it(`but a long conversation is not too much for ${rpc}`, async () => {
      const message = (index: number) => ({
        role: index % 2 === 0 ? "ROLE_USER" : "ROLE_ASSISTANT",
        content: "a".repeat(30_000),
      });
      const chat = { text: "", history: Array.from({ length: 100 }, (_, index) => message(index)) };
      const response = await call(rpc, JSON.stringify(rpc === "SubmitChat" ? { chat } : chat));
      const { reason } = (await told(response)).info ?? {};
      assert.ok(reason !== undefined && reason !== "REQUEST_TOO_LARGE", `${reason}`);
    });

  for (const type of ["application/grpc-web+proto", "application/grpc-web+json"])
    it(`in ${type}`, async () => {
      const response = await call("ListSessions", Buffer.from([0, 0, 0, 0, 1, 0xff]), { "content-type": type });
      const text = (response.headers.get("grpc-status") ?? "") + (await response.text());
      assert.match(text, /^3|grpc-status: ?3/i);
    });
});

describe("a path that nothing is at answers in the form of its caller", () => {
  for (const [method, path] of [
    ["GET", "/nothing"],
    ["POST", "/v2/chat/completions"],
    ["POST", `/${service}/Nothing`],
    ["POST", "/chats"],
  ] as const)
    it(`${method} ${path}: JSON`, async () => {
      const response = await fetch(stack.url + path, { method, ...(method === "POST" && { body: "{}" }) });
      assert.equal(response.status, 404);
      assert.equal(response.headers.get("content-type"), "application/json");
      const { code, info } = await told(response);
      assert.deepEqual([code, info?.reason], ["unimplemented", "PATH_NOT_FOUND"]);
    });
  for (const type of ["application/grpc", "application/grpc-web+proto"])
    it(`${type}: its status`, async () => {
      const response = await call("Nothing", "", { "content-type": type });
      await response.text();
      assert.deepEqual([response.status, response.headers.get("grpc-status")], [200, "12"]);
    });
});

describe("gRPC-Web in text", () => {
  const type = "application/grpc-web-text";
  const framed = (message: number[]) => Buffer.from([0, 0, 0, 0, message.length, ...message]);
  const decode = (text: string) =>
    Buffer.concat((text.match(/[^=]+=*/g) ?? []).map((part) => Buffer.from(part, "base64"))).toString("latin1");
  const hello = framed([10, 5, ...Buffer.from("hello")]);

  for (const [what, body] of [
    ["in one piece", hello.toString("base64")],
    [
      "in parts, each with padding of its own",
      hello.subarray(0, 4).toString("base64") + hello.subarray(4).toString("base64"),
    ],
  ] as const)
    it(`is spoken, sent ${what}`, async () => {
      const response = await call("Speak", body, { "content-type": type });
      assert.match(String(response.headers.get("content-type")), /^application\/grpc-web-text/);
      assert.match(decode(await response.text()), /grpc-status: ?0\r\n/i);
    });

  it("is refused with its status", async () => {
    const response = await call("Speak", framed([10, 0]).toString("base64"), { "content-type": `${type}+proto` });
    const said = `${response.headers.get("grpc-status")} ${decode(await response.text())}`;
    assert.match(said, /^3|grpc-status: ?3/i);
  });
});

it("an enum that is not set is not written; zeros are", async () => {
  const text = await (await call("Speak", '{"text":"hello"}')).text();
  assert.doesNotMatch(text, /_UNSPECIFIED/);
  assert.match(text, /"offset":0/);
  const status = await (await call("GetStatus", "{}")).text();
  assert.match(status, /"turnCount":0/);
  assert.doesNotThrow(() => JSON.parse(status));
  for (const line of text.trim().split("\n")) assert.doesNotThrow(() => JSON.parse(line), line);
});

it('a role is taken as everybody writes it: "user"', async () => {
  const history = [
    { role: "user", content: "Hello." },
    { role: "assistant", content: "Hello to you." },
  ];
  const answer = await call("Converse", JSON.stringify({ text: "And now?", history }));
  assert.match(await answer.text(), /OUTCOME_COMPLETED/);
});

describe("what is for those who run the deployment", () => {
  const pages = ["/metrics", "/readyz"];
  it("is told on this machine", async () => {
    for (const page of pages) assert.equal((await fetch(stack.url + page)).status, 200, page);
  });
  it("is told nobody else on the public port", async () => {
    for (const page of pages) {
      const response = await fetch(stack.url + page, { headers: throughProxy });
      assert.equal(response.status, 404, page);
      assert.equal((await told(response)).code, "unimplemented");
    }
    assert.equal((await fetch(`${stack.url}/healthz`, { headers: throughProxy })).status, 200);
  });
  it("is told at the admin address, which serves nothing else", async () => {
    for (const page of [...pages, "/healthz"]) assert.equal((await fetch(admin + page)).status, 200, page);
    assert.equal((await fetch(`${admin}/`)).status, 404);
    assert.equal((await call("Speak", '{"text":"hello"}', {}, admin)).status, 404);
  });
  it("is not told to web pages there", async () => {
    const asked = await fetch(`${admin}/metrics`, { headers: { origin: "https://evil.example" } });
    assert.equal(asked.status, 403);
  });

  const setting = "DUET_VLLM_URL";
  it("status: in full here and there, without settings and counts elsewhere", async () => {
    const read = async (url: string, headers = {}) => (await call("GetStatus", "{}", headers, url)).text();
    for (const text of [await read(stack.url), await read(admin, throughProxy)]) {
      assert.match(text, new RegExp(`"setting":"${setting}"`));
      assert.match(text, /"turnCount":0/);
    }
    const outside = await read(stack.url, throughProxy);
    assert.doesNotMatch(outside, /DUET_/);
    assert.match(outside, /"questions":\[\{/);
  });
});

it("the status tells what share of the speech was at hand, and how much is kept", async () => {
  const fresh = await startStack();
  for (let times = 0; times < 4; times++)
    assert.match(await (await call("Speak", '{"text":"The same again."}', {}, fresh.url)).text(), /COMPLETED/);
  const { cache } = JSON.parse(await (await call("GetStatus", "{}", {}, fresh.url)).text());
  assert.equal(cache.hitShare, 0.75);
  assert.ok(cache.bytes > 1_000 && cache.bytes < cache.maxBytes, JSON.stringify(cache));
  await fresh.close();
});

it("plain JSON is what its type says, however that is written, and nothing that only begins so", async () => {
  for (const [type, isRead] of [
    ["application/json", true],
    ["application/json; charset=utf-8", true],
    ["Application/JSON ;charset=utf-8", true],
    ["application/jsonp", false],
    ["application/json+x", false],
  ] as const) {
    const answer = await call("Speak", '{"text":"hello"}', { "content-type": type });
    assert.equal(answer.status === 200 && /COMPLETED/.test(await answer.text()), isRead, type);
  }
});

it("how many turns run is told to those who run the deployment, and to nobody else", async () => {
  const busy = await startStack({ timeScale: 1 });
  const leave = new AbortController();
  const held = await fetch(`${busy.url}/${service}/Converse`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"text":"[[tokens:400]]"}',
    signal: leave.signal,
  });
  const counted = async (headers = {}) => {
    const { turnCount } = JSON.parse(await (await call("GetStatus", "{}", headers, busy.url)).text());
    return turnCount;
  };
  assert.deepEqual([await counted(), await counted(throughProxy)], [1, 0]);
  leave.abort();
  await held.text().catch(() => {});
  await busy.close();
});

it("a proxy is told when to come again, beside the error", async () => {
  const full = await startStack({ edge: { maxTurns: 1 }, timeScale: 1 });
  const leave = new AbortController();
  const held = await fetch(`${full.url}/${service}/Converse`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"text":"[[tokens:400]]"}',
    signal: leave.signal,
  });
  const refused = await call("Speak", '{"text":"hello"}', {}, full.url);
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get("retry-after"), "1");
  const { code } = await told(refused);
  assert.equal(code, "resource_exhausted");
  leave.abort();
  await held.text().catch(() => {});
  await full.close();
});
