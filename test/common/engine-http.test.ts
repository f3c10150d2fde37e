import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { Socket } from "node:net";
import { describe, it, type TestContext } from "vitest";
import { listen } from "../../infra/net/address.ts";
import { createHttp, type HttpOptions, type HttpRequest, readText } from "../../services/common/engine/http.ts";
import { EngineError } from "../../services/common/errors/engine-error.ts";

const never = new AbortController().signal;
const ask: HttpRequest = { method: "POST", path: "/v1/work", body: { text: "hello" }, signal: never };

/** A server that answers as it is told, and counts. */
async function startPeer(t: TestContext, answer: RequestListener) {
  const sockets: Socket[] = [];
  let requests = 0;
  const server = createServer((request, response) => {
    requests++;
    answer(request, response);
  });
  server.on("connection", (socket) => sockets.push(socket));
  const { port } = await listen(server, { host: "127.0.0.1", port: 0 }, "the test's port");
  t.onTestFinished(() => server.close().closeAllConnections());
  return { url: `http://127.0.0.1:${port}`, connections: () => sockets.length, requests: () => requests };
}

function client(t: TestContext, url: string, options: Partial<HttpOptions> = {}) {
  const unreachable = (code: string) => `no engine there (${code})`;
  const http = createHttp({ url, apiKey: undefined, unreachable, sendAgain: "died-idle", ...options });
  t.onTestFinished(() => http.close());
  return http;
}

/** The whole of an answer. */
async function whole(http: ReturnType<typeof createHttp>, request = ask): Promise<string> {
  return readText((await http.request(request)).body);
}

/** Resolves when connections whose answers have ended are free: a moment after that. */
const givenBack = () => new Promise((resolve) => setImmediate(resolve));

const isUnreachable = (code: RegExp) => (error: unknown) => {
  assert.ok(error instanceof EngineError && error.fault === "unreachable", String(error));
  assert.match(error.message, code);
  assert.ok(error.cause instanceof Error);
  return true;
};

describe("a request", () => {
  const json = { url: "/v1/work", type: "application/json", key: undefined, body: '{"text":"hello"}' };
  const bytes = new Uint8Array([1, 2, 3]);
  const rows: [what: string, options: Partial<HttpOptions>, request: HttpRequest, seen: object][] = [
    ["JSON", {}, ask, json],
    [
      "bytes, whose type the caller names",
      {},
      { ...ask, body: bytes, headers: { "content-type": "application/msgpack" } },
      { ...json, type: "application/msgpack", body: "\x01\x02\x03" },
    ],
    ["a key", { apiKey: "k" }, ask, { ...json, key: "Bearer k" }],
    [
      "nothing",
      {},
      { method: "GET", path: "/health", signal: never },
      { ...json, url: "/health", type: undefined, body: "" },
    ],
  ];
  for (const [what, options, request, seen] of rows)
    it(`carries ${what}`, async (t) => {
      const told: object[] = [];
      const { url } = await startPeer(t, async (request, response) => {
        const { "content-type": type, authorization: key } = request.headers;
        told.push({ url: request.url, type, key, body: await bodyOf(request) });
        response.end();
      });
      await whole(client(t, url, options), request);
      assert.deepEqual(told, [seen]);
    });

  for (const [written, path] of [
    ["", "/v1/work"],
    ["/", "/v1/work"],
    ["/v1", "/v1/work"],
    ["/v1/", "/v1/work"],
    ["/voice/v1", "/voice/v1/work"],
    ["/voice", "/voice/v1/work"],
  ])
    it(`goes to ${path} where the address ends in "${written}"`, async (t) => {
      const { url } = await startPeer(t, (request, response) => response.end(request.url));
      assert.equal(await whole(client(t, url + written)), path);
    });

  it("has a socket of its own while it lasts, and takes one that is free", async (t) => {
    const open: (() => void)[] = [];
    const peer = await startPeer(t, (_, response) => {
      open.push(() => response.end());
      if (open.length === 3) for (const end of open.splice(0)) end();
    });
    const http = client(t, peer.url);
    for (let round = 0; round < 3; round++) {
      await Promise.all([whole(http), whole(http), whole(http)]);
      await givenBack();
    }
    assert.deepEqual([peer.connections(), peer.requests()], [3, 9]);
  });

  it("throws the signal's reason, and its socket is destroyed", async (t) => {
    const closed: Promise<unknown>[] = [];
    const asked = Promise.withResolvers<void>();
    const { url } = await startPeer(t, (request, response) => {
      closed.push(once(request.socket, "close"));
      // The second is left in the middle of its answer.
      if (closed.length > 1) response.write("something");
      asked.resolve();
    });
    const http = client(t, url);
    const reason = new EngineError("stalled", "it took too long");
    const leave = new AbortController();
    const failing = assert.rejects(whole(http, { ...ask, signal: leave.signal }), reason);
    await asked.promise;
    leave.abort(reason);
    await failing;
    const later = new AbortController();
    const { body } = await http.request({ ...ask, signal: later.signal });
    later.abort(reason);
    await assert.rejects(Array.fromAsync(body), reason);
    assert.equal((await Promise.all(closed)).length, 2, "the server sees both leave");
  });

  it("is not sent again by a caller who left", async (t) => {
    const leave = new AbortController();
    const peer = await startPeer(t, (request) => {
      leave.abort();
      request.socket.destroy();
    });
    const http = client(t, peer.url, { sendAgain: "unanswered" });
    await assert.rejects(whole(http, { ...ask, signal: leave.signal }), { name: "AbortError" });
    assert.equal(peer.requests(), 1);
  });
});

for (const sendAgain of ["died-idle", "unanswered"] as const)
  describe(`what is sent again: ${sendAgain}`, () => {
    for (const [how, kill] of [
      ["closed", (socket: Socket) => socket.destroy()],
      ["reset", (socket: Socket) => socket.resetAndDestroy()],
    ] as const)
      it(`a connection that was ${how} while it lay idle costs nobody an answer, also among several`, async (t) => {
        const used = new WeakSet<Socket>();
        let waiting: (() => void)[] = [];
        let together = 3;
        const peer = await startPeer(t, async (request, response) => {
          if (used.has(request.socket)) return kill(request.socket);
          used.add(request.socket);
          await bodyOf(request);
          waiting.push(() => response.end("done"));
          if (waiting.length < together) return;
          for (const end of waiting) end();
          waiting = [];
        });
        const http = client(t, peer.url, { sendAgain });
        const several = (count: number) => Promise.all(Array.from({ length: count }, () => whole(http)));
        assert.deepEqual(await several(3), Array(3).fill("done"));
        await givenBack();
        // Three take a dead connection, two a new one, all at the same time.
        together = 5;
        assert.deepEqual(await several(5), Array(5).fill("done"));
        assert.equal(peer.requests(), 3 + 3 + 5);
      });

    const tries = sendAgain === "unanswered" ? 2 : 1;
    it(`a new connection that is cut is tried ${tries === 1 ? "once" : "twice"}`, async (t) => {
      const peer = await startPeer(t, (request) => request.socket.destroy());
      await assert.rejects(whole(client(t, peer.url, { sendAgain })), isUnreachable(/UND_ERR_SOCKET/));
      assert.equal(peer.requests(), tries);
    });

    it("a server that is not there is told by the socket's word", async (t) => {
      await assert.rejects(whole(client(t, "http://127.0.0.1:9", { sendAgain })), isUnreachable(/ECONNREFUSED/));
    });

    it("a request that nobody can have seen is known to be unsent, and one that a server may have seen is not", async (t) => {
      const unsent = async (url: string, http = client(t, url, { sendAgain })) => {
        const error = await whole(http).then(assert.fail, (thrown: unknown) => thrown);
        assert.ok(error instanceof EngineError && error.fault === "unreachable");
        return error.unsent;
      };
      assert.equal(await unsent("http://127.0.0.1:9"), true);
      const cut = await startPeer(t, (request) => request.socket.destroy());
      assert.equal(await unsent(cut.url), false);

      // A connection that was free has died with the request, and then nobody is there.
      let answered = 0;
      const server = createServer(async (request, response) => {
        await bodyOf(request);
        if (answered++ === 0) return void response.end();
        server.close();
        request.socket.destroy();
      });
      const { port } = await listen(server, { host: "127.0.0.1", port: 0 }, "the test's port");
      t.onTestFinished(() => server.closeAllConnections());
      const http = client(t, `http://127.0.0.1:${port}`, { sendAgain });
      await whole(http);
      await givenBack();
      assert.equal(await unsent("", http), false);
      assert.equal(answered, 2);
    });

    it("an answer is an answer, whatever its status", async (t) => {
      const peer = await startPeer(t, (_, response) => response.writeHead(503).end("busy"));
      const { statusCode, body } = await client(t, peer.url, { sendAgain }).request(ask);
      assert.deepEqual([statusCode, await readText(body), peer.requests()], [503, "busy", 1]);
    });
  });

it("cuts every connection when it is closed", async (t) => {
  const asked = Promise.withResolvers<Socket>();
  const { url } = await startPeer(t, (request) => asked.resolve(request.socket));
  const http = client(t, url);
  const failing = assert.rejects(whole(http), isUnreachable(/UND_ERR_DESTROYED/));
  const gone = once(await asked.promise, "close");
  await http.close();
  await failing;
  await gone;
});

describe("the text of a body", () => {
  it("is cut at 1 MiB", async (t) => {
    const { url } = await startPeer(t, (_, response) => {
      response.on("error", () => {}).end("x".repeat(3 * 1024 * 1024));
    });
    assert.equal((await whole(client(t, url))).length, 1024 * 1024);
  });

  it("is what there is of it where it breaks off", async (t) => {
    const { url } = await startPeer(t, (request, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("as far as", () => request.socket.destroySoon());
    });
    assert.equal(await whole(client(t, url)), "as far as");
  });
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const piece of request.setEncoding("utf8")) body += piece;
  return body;
}
