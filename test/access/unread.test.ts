import assert from "node:assert/strict";
import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, it } from "vitest";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { createKeysFile } from "./credentials.ts";

// Whoever is refused is refused by the head of their request: of its body nothing is waited for.
const metrics = createMetrics({ runtime: false });
const file = createKeysFile();
const [right, spent] = file.write(["tenant: acme", "tenant: spent, limits: { requestsPerMinute: 1 }"]) as [
  string,
  string,
];
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ timeScale: 0, edge: { access: "keys", keys: { file: file.path }, metrics } });
});
afterAll(async () => {
  await stack.close();
  file.remove();
});

const service = "/duet.assistant.v1.AssistantService";
const forms: readonly (readonly [path: string, type: string])[] = [
  ...["json", "proto"].flatMap((format) => [
    [`${service}/ListSessions`, `application/${format}`] as const,
    [`${service}/ListSessions`, `application/grpc-web+${format}`] as const,
    [`${service}/Converse`, `application/connect+${format}`] as const,
    [`${service}/Speak`, `application/grpc-web+${format}`] as const,
  ]),
  [`${service}/Converse`, "application/grpc-web-text"],
  [`${service}/Speak`, "application/json"],
  ["/v1/chat/completions", "application/json"],
  ["/v1/audio/speech", "application/json"],
];
type Headers = Record<string, string>;

/** The answer to a request by HTTP/1.1 of which the head has come and one byte. */
async function ask(path: string, headers: Headers): Promise<string> {
  const { hostname, port } = new URL(stack.url);
  const socket = connect(Number(port), hostname);
  const lines = Object.entries({ host: "localhost", ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n{`);
  let answer = "";
  const timer = setTimeout(() => socket.destroy(), 3_000);
  // Connect's streams tell an error at their end, as gRPC-Web does; gRPC-Web in text has it in base64.
  for await (const part of socket) {
    answer += part;
    if (/CREDENTIALS|TOO_MANY|TOO_LARGE|"error"|grpc-status|AAA/.test(answer)) break;
  }
  clearTimeout(timer);
  return answer;
}

const length = (bytes: number) => ({ "content-length": String(bytes) });
const isRefused = (answer: string, what: RegExp, status: number, grpc: number) =>
  what.test(answer) ||
  answer.includes(`HTTP/1.1 ${status} `) ||
  new RegExp(`grpc-status: ?${grpc}\\b`, "i").test(answer);

describe("a call is refused before its body comes", () => {
  for (const [path, type] of forms)
    it(`${path} in ${type}`, async () => {
      const head = { "content-type": type };
      const nobody = await ask(path, { ...head, ...length(60_000) });
      assert.ok(isRefused(nobody, /CREDENTIALS_MISSING|unauthenticated/, 401, 16) || /AAA/.test(nobody), nobody);
      const bearer = (key: string) => ({ ...head, authorization: `Bearer ${key}` });
      const [, answer] = [
        await ask(path, { ...bearer(spent), ...length(0) }).catch(() => ""),
        await ask(path, { ...bearer(spent), ...length(60_000) }),
      ];
      assert.ok(isRefused(answer, /TOO_MANY_REQUESTS|resource_exhausted/, 429, 8) || /AAA/.test(answer), answer);
      if (type.includes("text")) return;
      const large = await ask(path, { ...bearer(right), ...length(50 << 20) });
      assert.ok(isRefused(large, /REQUEST_TOO_LARGE|invalid_argument|larger than/, 400, 3), large);
    });

  it("by gRPC", async () => {
    const session = connectHttp2(stack.url);
    const stream = session.request({
      ":method": "POST",
      ":path": `${service}/Converse`,
      "content-type": "application/grpc",
      te: "trailers",
    });
    stream.write(Buffer.from([0, 0, 0, 255, 255, 1]));
    const [headers] = await once(stream, "response", { signal: AbortSignal.timeout(3_000) });
    assert.equal(headers["grpc-status"] ?? (await once(stream.resume(), "trailers"))[0]["grpc-status"], "16");
    session.destroy();
  });

  it("and is counted all the same", async () => {
    const text = await metrics.registry.metrics();
    for (const rpc of ["ListSessions", "Converse", "Speak"])
      assert.match(text, new RegExp(`duet_edge_calls_total\\{rpc="${rpc}",code="UNAUTHENTICATED"\\} [1-9]`));
  });
});
