import assert from "node:assert/strict";
import { Code, type ConnectError } from "@connectrpc/connect";
import { afterAll, beforeAll, describe, it } from "vitest";
import { AssistantService } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { readTurn } from "../support/events.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { bearer, createKeysFile } from "./credentials.ts";
import { noon, settled, startOne, told } from "./edges.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ timeScale: 0.02 });
});
afterAll(() => stack.close());

describe("by one edge alone", () => {
  it("a key has limits of its own besides its tenant's, and a tenant those of the file", async (context) => {
    const file = createKeysFile();
    context.onTestFinished(() => file.remove());
    const [small, large, other] = file
      .write(
        ["tenant: acme, limits: { requestsPerMinute: 3 }", "tenant: acme", "tenant: other"],
        "tenants:\n  acme: { limits: { requestsPerMinute: 5 } }\n",
      )
      .map(bearer);
    const { client } = await startOne(context, stack, {
      access: "keys",
      keys: { file: file.path },
      limits: { requestsPerMinute: 8 },
    });
    const ask = async (by: typeof small) => {
      const calls = await settled(Array.from({ length: 10 }, () => client.listVoices({}, by ?? {})));
      return [calls.done, told(calls.refused[0] as ConnectError).quota?.[0]?.[1]];
    };
    assert.deepEqual(await ask(small), [3, "3 requests a minute"]);
    assert.deepEqual(await ask(large), [2, "5 requests a minute"], "what the other key has had counts");
    assert.deepEqual(await ask(other), [8, "8 requests a minute"]);
  });

  it("what stops a turn, and what tells how it does, is never one call too many", async (context) => {
    const { client } = await startOne(context, stack, { limits: { requestsPerMinute: 1 } });
    await client.listVoices({});
    await assert.rejects(client.listVoices({}), { code: Code.ResourceExhausted });
    for (let index = 0; index < 3; index++) {
      await client.getStatus({});
      await assert.rejects(client.interrupt({ turnId: "none" }), { code: Code.NotFound });
      await assert.rejects(client.reportPlayback({ turnId: "none", played: {} }), { code: Code.NotFound });
    }
  });

  it("a new minute is a new minute, and a new day a new day", async (context) => {
    let now = noon;
    const limits = { requestsPerMinute: 1, audioSecondsPerDay: 6 };
    const { client } = await startOne(context, stack, { limits, unixNow: () => now });
    const speak = () => readTurn(client.speak({ text: "This is about as long as two seconds are." }));
    const refused = async (reason: string) =>
      assert.rejects(speak(), (error: ConnectError) => told(error).reason === reason);
    await speak();
    await refused("TOO_MANY_REQUESTS");
    now += 44_999;
    await refused("TOO_MANY_REQUESTS");
    now += 1;
    await refused("AUDIO_QUOTA_USED");
    now = Date.parse("2026-11-29T00:00:00Z");
    await speak();
  });

  it("a refusal is told in HTTP's words too", async (context) => {
    const { url } = await startOne(context, stack, { limits: { requestsPerMinute: 1, turnsAtOnce: 1 } });
    const post = (rpc: string) =>
      fetch(`${url}/${AssistantService.typeName}/${rpc}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: rpc === "Speak" ? '{"text":"Yes."}' : "{}",
      });
    await (await post("ListVoices")).arrayBuffer();
    for (const rpc of ["ListVoices", "Speak"]) {
      const answer = await post(rpc);
      assert.deepEqual([answer.status, answer.headers.get("retry-after")], [429, "45"], rpc);
      const { code, details } = (await answer.json()) as { code: string; details: { type: string }[] };
      assert.equal(code, "resource_exhausted");
      assert.deepEqual(
        details.map(({ type }) => type),
        ["google.rpc.ErrorInfo", "google.rpc.QuotaFailure", "google.rpc.RetryInfo"],
      );
    }
  });
});
