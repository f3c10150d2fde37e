import assert from "node:assert/strict";
import { Code, type ConnectError } from "@connectrpc/connect";
import { afterAll, beforeAll, describe, it } from "vitest";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { startPageStack } from "../e2e/stack.ts";
import { skipFor } from "../support/skip.ts";
import type { Stack } from "../support/stack.ts";
import { ask, overOpenConnection, ways } from "./clients.ts";
import { freePort, lacks, type ProxyName, type RunningProxy, startProxy } from "./proxy.ts";

const speak = "/duet.assistant.v1.AssistantService/Speak";
const json = { "content-type": "application/json" };
// Rounds of direct and proxied turns by turns; a busy machine may disturb some.
const pairs = 9;
const rounds = 4;

for (const name of ["nginx", "caddy"] as const satisfies readonly ProxyName[])
  describe(`${name}, as docs/proxies.md sets it up`, skipFor(lacks(name)), () => {
    let stack: Stack;
    let proxy: RunningProxy;
    beforeAll(async () => {
      const port = await freePort();
      const edge = { publicUrl: `https://example.com:${port}/duet`, trustedProxies: ["127.0.0.1"] };
      stack = await startPageStack({ edge, timeScale: 0.3 });
      proxy = await startProxy(name, new URL(stack.url).host, port);
    });
    afterAll(async () => {
      await proxy?.close();
      await stack?.close();
    });

    describe("passes each event on when it comes, and errors whole", () => {
      for (const [way, open] of Object.entries(ways))
        it(way, async () => {
          const { client, close } = open(proxy);
          let outcome: Outcome | undefined;
          let early = 0;
          for await (const { event } of client.converse({ text: "[[tokens:60]]" })) {
            // What is told while the model still writes was not kept back until the end.
            if (event.case === "textDelta" && stack.vllm.seen().at(-1)?.state === "running") early++;
            if (event.case === "finished") outcome = event.value.outcome;
          }
          assert.equal(outcome, Outcome.COMPLETED);
          assert.ok(early > 5, `${early} pieces of text came while the model wrote`);
          await assert.rejects(client.interrupt({ turnId: "none" }), (error: ConnectError) => {
            assert.deepEqual([error.code, error.details.length], [Code.NotFound, 1]);
            return true;
          });
          close();
        });
    });

    it("serves the page below its path, and what it loads", async () => {
      const page = await ask(proxy, "/duet/");
      assert.equal(page.status, 200);
      const loaded = [...page.text.matchAll(/(?:src|href)="([^"#:]+)"/g)].map(([, path]) => path as string);
      assert.ok(loaded.length >= 4);
      for (const path of loaded) {
        const address = new URL(path, `https://example.com:${proxy.port}/duet/`);
        assert.equal((await ask(proxy, address.pathname)).status, 200, path);
      }
      assert.ok([301, 308].includes((await ask(proxy, "/duet")).status));
    });

    it("lets its own page call, and no other", async () => {
      const call = (origin: string) => ask(proxy, `/duet${speak}`, { ...json, origin }, '{"text":"hello"}');
      assert.equal((await call(`https://example.com:${proxy.port}`)).status, 200);
      assert.equal((await call("https://evil.example")).status, 403);
    });

    it("shows nobody what is for those who run the edge", async () => {
      for (const path of ["/duet/metrics", "/duet/readyz"]) assert.equal((await ask(proxy, path)).status, 404);
      assert.equal((await ask(proxy, "/duet/healthz")).status, 200);
      const status = await ask(proxy, "/duet/duet.assistant.v1.AssistantService/GetStatus", json, "{}");
      assert.doesNotMatch(status.text, /DUET_/);
    });

    it("passes on that a request is too large, in the edge's own words", async () => {
      const body = JSON.stringify({ text: "a".repeat((4 << 20) + 1000) });
      const { status, text } = await ask(proxy, `/duet${speak}`, json, body);
      assert.equal(status, 400);
      assert.match(text, /REQUEST_TOO_LARGE/);
    });

    it("the first text comes within 20 ms of what it takes directly", async () => {
      const direct = overOpenConnection(`${stack.url}/`);
      const proxied = overOpenConnection(`https://example.com:${proxy.port}/duet/`);
      let later = Number.POSITIVE_INFINITY;
      for (let round = 0; round < rounds && later > 20; round++) {
        const differences: number[] = [];
        for (let pair = 0; pair < pairs; pair++) {
          // Whoever is second finds the machine busy with the end of the first: it is each in turn.
          const [one, other] = pair % 2 === 0 ? [direct, proxied] : [proxied, direct];
          const [first, second] = [await firstTextMs(one), await firstTextMs(other)];
          differences.push(one === direct ? second - first : first - second);
        }
        later = Math.min(later, differences.toSorted((a, b) => a - b)[pairs >> 1] as number);
      }
      direct.close();
      proxied.close();
      assert.ok(later <= 20, `${later} ms later`);
    });
  });

async function firstTextMs({ client, open }: ReturnType<typeof overOpenConnection>): Promise<number> {
  await open();
  const start = performance.now();
  const leave = new AbortController();
  try {
    for await (const { event } of client.converse({ text: "[[tokens:20]]" }, { signal: leave.signal }))
      if (event.case === "textDelta") return performance.now() - start;
  } catch {
    // It was left.
  } finally {
    leave.abort();
  }
  throw new Error("no text came");
}
