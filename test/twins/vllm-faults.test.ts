import assert from "node:assert/strict";
import { test } from "vitest";
import { faults } from "../../infra/twins/vllm/faults.ts";
import { otherServers } from "../../infra/twins/vllm/other-servers.ts";
import { until } from "../support/until.ts";
import { connectRaw, readChunked } from "./raw.ts";
import { startVllm } from "./start.ts";

const answer = "[[say:一二三四五六七八。]]";
const body = (name: string, rest: object = {}) =>
  JSON.stringify({
    messages: [{ role: "user", content: `${answer}[[fault:${name}]]` }],
    stream: true,
    stream_options: { include_usage: true },
    ...rest,
  });
const chat = "POST /v1/chat/completions HTTP/1.1\r\ncontent-type: application/json";

/** One letter and the text for each event: role, delta, finish (and why), usage, error, done. */
function outline(stream: string): string {
  return stream
    .split("\n\n")
    .filter((event) => event !== "")
    .map((event) => {
      if (event === "data: [DONE]") return "done";
      const data = JSON.parse(event.slice("data: ".length));
      if (data.error) return `error ${data.error.code}`;
      if (data.choices.length === 0) return "usage";
      const [{ delta, finish_reason }] = data.choices;
      if (delta.role) return "role";
      return finish_reason === null ? `'${delta.content}'` : `${finish_reason}'${delta.content}'`;
    })
    .join(" ");
}

/** What a fault leaves of the stream `role '一二' '三' '四五' '六' '七八' '。' stop'' usage done`. */
const streams: Record<string, string> = {
  "empty-deltas": "role '' '一二' '' '三' '' '四五' '' '六' '' '七八' '' '。' stop'' usage done",
  "text-in-finish": "role '一二' '三' '四五' '六' '七八' stop'。' usage done",
  "multi-token": "role '一二三四五六' '七八。' stop'' usage done",
  abort: "role '一二' '三' '四五' '六' '七八' abort'' usage done",
  "abort-before-first": "role usage done",
  "error-first": "error 400 done",
  "error-mid": "role '一二' '三' '四五' '六' '七八' error 500 done",
  reset: "role '一二' '三' '四五' '六' '七八'",
  "done-without-finish": "role '一二' '三' '四五' '六' '七八' '。' usage done",
  stall: "role '一二' '三' '四五' '六' '七八'",
  "stall-first": "",
  "idle-close": "role '一二' '三' '四五' '六' '七八' '。' stop'' usage done",
};

for (const [name, expected] of Object.entries(streams))
  test(`${name}: ${faults[name]?.does}`, async (t) => {
    const twin = await startVllm(t);
    const connection = connectRaw(twin.url, t);
    connection.send(chat, body(name));
    const text = () => {
      const { chunks } = readChunked(connection.bytes());
      return Buffer.concat(chunks).toString("utf8");
    };
    await connection.untilSeen("\r\n\r\n");
    if (expected.endsWith("done")) await connection.untilSeen("[DONE]");
    await until("the stream is what it should be", () => outline(text()) === expected || connection.ended() !== "open");
    assert.equal(outline(text()), expected);
    if (name === "reset") {
      await connection.untilEnded();
      assert.equal(readChunked(connection.bytes()).whole, false);
    } else assert.equal(connection.ended(), "open");
    if (name === "idle-close") {
      connection.send("GET /version HTTP/1.1");
      await connection.untilEnded();
      assert.equal(connection.ended(), "reset");
    }
    if (name.startsWith("stall")) {
      assert.equal(twin.seen()[0]?.state, "running");
      connection.leave();
      await until("the request is aborted", () => twin.seen()[0]?.state === "aborted");
    }
  });

test(`split-utf8: ${faults["split-utf8"]?.does}`, async (t) => {
  const twin = await startVllm(t);
  const connection = connectRaw(twin.url, t);
  connection.send(chat, body("split-utf8"));
  await connection.untilSeen("[DONE]");
  const { chunks } = readChunked(connection.bytes());
  assert.ok(
    chunks.some((chunk) => chunk.toString("utf8").endsWith("\ufffd")),
    "a chunk ends inside a character",
  );
  assert.equal(
    outline(Buffer.concat(chunks).toString("utf8")),
    "role '一二' '三' '四五' '六' '七八' '。' stop'' usage done",
  );
});

/** What a fault answers before there is a stream. */
const statuses: Record<string, [number, RegExp]> = {
  "engine-dead": [500, /"type":"InternalServerError","param":null,"code":500/],
  overload: [503, /"type":"ServiceUnavailableError"/],
  "model-404": [404, /"type":"NotFoundError"/],
  "context-400": [400, /"type":"BadRequestError"/],
  scaling: [503, /^{"error":"The model is currently scaling\. Please try again later\."}$/],
  unauthorized: [401, /^{"error":"Unauthorized"}$/],
  "not-found": [404, /^{"detail":"Not Found"}$/],
  "proxy-page": [502, /^<html>/],
  "empty-body": [500, /^$/],
};

for (const [name, [status, answered]] of Object.entries(statuses))
  test(`${name}: ${faults[name]?.does}`, async (t) => {
    const twin = await startVllm(t, { fault: name });
    const response = await fetch(`${twin.url}/v1/chat/completions`, {
      method: "POST",
      body: body("overload").replace("[[fault:overload]]", ""),
    });
    assert.equal(response.status, status);
    assert.match(await response.text(), answered);
    assert.equal((await fetch(`${twin.url}/health`)).status, name === "engine-dead" ? 503 : 200);
  });

test(`reset-before: ${faults["reset-before"]?.does}`, async (t) => {
  const twin = await startVllm(t);
  const connection = connectRaw(twin.url, t);
  connection.send(chat, body("reset-before"));
  await connection.untilEnded();
  assert.equal(connection.ended(), "reset");
  assert.equal(connection.bytes(), "");
});

test(`engine-exit: ${faults["engine-exit"]?.does}`, async (t) => {
  const twin = await startVllm(t, { restartMs: 30 });
  const ask = () => fetch(`${twin.url}/v1/chat/completions`, { method: "POST", body: body("engine-exit") });
  const isRefused = (error: Error) => /ECONNREFUSED/.test(String((error.cause as Error | undefined)?.message));
  assert.equal((await ask()).status, 500);
  let [refused, up] = [false, false];
  const look = async () => {
    while (!up)
      await fetch(`${twin.url}/health`).then(
        () => {
          up = refused;
        },
        (error) => {
          refused ||= isRefused(error);
        },
      );
  };
  const looking = look();
  await until("it was gone and is there again", () => up);
  await looking;
});

test("a question asks for no fault where none is allowed", async (t) => {
  const twin = await startVllm(t, { faults: false });
  const response = await fetch(`${twin.url}/v1/chat/completions`, { method: "POST", body: body("overload") });
  assert.equal(response.status, 200);
  assert.equal(outline(await response.text()), "role '一二' '三' '四五' '六' '七八' '。' stop'' usage done");
});

test("errors inside a stream are Python's JSON, with spaces and escapes", async (t) => {
  const twin = await startVllm(t);
  const connection = connectRaw(twin.url, t);
  connection.send(chat, body("error-mid"));
  await connection.untilSeen("[DONE]");
  assert.ok(
    connection
      .bytes()
      .includes(
        'data: {"error": {"message": "EngineCore encountered an issue. See stack trace (above) for the root cause.", "type": "InternalServerError", "param": null, "code": 500}}\n\n',
      ),
  );
});

test("every fault is listed, tested here, and an unknown one refused", async (t) => {
  assert.deepEqual(
    Object.keys(faults).sort(),
    [
      ...Object.keys(streams),
      ...Object.keys(statuses),
      // What servers other than vLLM send: `test/scenarios` takes each through a whole turn.
      ...Object.keys(otherServers),
      "engine-exit",
      "reset-before",
      "split-utf8",
    ].sort(),
  );
  const twin = await startVllm(t);
  assert.deepEqual(
    Object.keys((await (await fetch(`${twin.url}/_twin/faults`)).json()) as object),
    Object.keys(faults),
  );
  const response = await fetch(`${twin.url}/v1/chat/completions`, { method: "POST", body: body("nonsense") });
  assert.equal(response.status, 400);
});
