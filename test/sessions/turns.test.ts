import assert from "node:assert/strict";
import { Code, type ConnectError } from "@connectrpc/connect";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { Outcome, StoreKind } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { leaseMs, openTurn } from "../../edge/session/changes.ts";
import { createRedisStore } from "../../edge/session/store/redis.ts";
import { ErrorInfoSchema } from "../../edge/wellknown/gen/google/rpc/error_details_pb.ts";
import { openStore } from "../stores/open.ts";
import { checkTurn, readTurn } from "../support/events.ts";
import { startRedis } from "../support/redis.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { until } from "../support/until.ts";
import { follow, type OpenedEdge, openEdge, shownOf } from "./edges.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ fishWorkers: 3, timeScale: 0.02 });
});
afterAll(() => stack.close());

/** What the model was asked last, without its instructions. */
function lastPrompt(): string[] {
  const asked = stack.vllm.seen().at(-1)?.body as { messages: { role: string; content: string }[] } | undefined;
  return (asked?.messages ?? []).slice(1).map(({ role, content }) => `${role}: ${content}`);
}

const long = "[[tokens:400]]";
const reasonOf = (error: unknown) => (error as ConnectError).findDetails(ErrorInfoSchema)[0]?.reason;
const refused = (code: Code, reason: string) => (error: ConnectError) => {
  assert.deepEqual([error.code, reasonOf(error)], [code, reason]);
  return true;
};

/** The edges of a deployment with one store: with memory both names mean one edge. */
type Open = (context: TestContext) => Promise<readonly [OpenedEdge, OpenedEdge]>;
const deployments: Record<string, Open> = {
  "one edge and its memory": async (context) => {
    const edge = await openEdge(context, stack);
    return [edge, edge];
  },
  "two edges and a Redis": async (context) => {
    const { url } = await startRedis(context);
    return [await openEdge(context, stack, url), await openEdge(context, stack, url)];
  },
};

for (const [name, open] of Object.entries(deployments))
  describe(name, () => {
    it("a conversation goes on, wherever it is asked, and the model sees what was said", async (context) => {
      const [one, other] = await open(context);
      const first = await readTurn(
        one.client.converse({ text: "One? [[say:It is one.]]", sessionId: "s", userId: "me" }),
      );
      assert.equal(first.started.sessionId, "s");
      await readTurn(other.client.converse({ text: "Two? [[say:It is two.]]", sessionId: "s" }));
      assert.deepEqual(lastPrompt(), [
        "user: One? [[say:It is one.]]",
        `assistant: ${first.text}`,
        "user: Two? [[say:It is two.]]",
      ]);
      const { session, messages } = await one.client.getSession({ sessionId: "s" });
      assert.deepEqual(
        [session?.sessionId, session?.userId, session?.messageCount, session?.title],
        ["s", "me", 4, "One? [[say:It is one.]]"],
      );
      assert.equal(messages[1]?.turnId, first.started.turnId);
      const kept = Number(session?.expireTime?.seconds) - Number(session?.updateTime?.seconds);
      assert.equal(kept, 604_800);
    });

    it("a turn without a session keeps nothing", async (context) => {
      const [{ client }] = await open(context);
      const { started } = await readTurn(client.converse({ text: "One? [[say:One.]]" }));
      assert.equal(started.sessionId, "");
      const report = { turnId: started.turnId, played: { segment: 0, offset: 1 } };
      await assert.rejects(client.reportPlayback(report), refused(Code.NotFound, "TURN_NOT_FOUND"));
      await assert.rejects(client.getSession({ sessionId: "s" }), refused(Code.NotFound, "SESSION_NOT_FOUND"));
    });

    it("of a turn that is interrupted, from any edge, what was heard is kept, and no more is told the model", async (context) => {
      const [one, other] = await open(context);
      const turn = follow(one.client.converse({ text: long, sessionId: "s" }));
      await turn.has("segmentDone", 2);
      await other.client.interrupt({ turnId: turn.turnId, played: { segment: 0, offset: 1_000_000_000 } });
      await turn.ended;
      assert.equal(checkTurn(turn.events).finished.outcome, Outcome.INTERRUPTED);
      const [asked, answered] = await shownOf(one.client, "s");
      const second = turn.events.find(({ event }) => event.case === "segment" && event.value.index === 1)?.event;
      assert.ok(second?.case === "segment");
      const heard = turn.text.slice(0, second.value.start);
      assert.deepEqual([asked, answered], [`user: ${long}`, `assistant: ${heard} | interrupted`]);
      await readTurn(other.client.converse({ text: "Why? [[say:So.]]", sessionId: "s" }));
      assert.deepEqual(lastPrompt(), [`user: ${long}`, `assistant: ${heard}`, "user: Why? [[say:So.]]"]);
    });

    it("a new turn stops the one that runs, wherever it runs, and comes after it", async (context) => {
      const [one, other] = await open(context);
      const first = follow(one.client.converse({ text: long, sessionId: "s" }));
      await first.has("segmentDone", 1);
      // Of a turn of which nothing was heard the model is told the question alone, together with the next one.
      await one.client.reportPlayback({ turnId: first.turnId, played: { segment: 0, offset: 1_000_000_000 } });
      const asked = performance.now();
      const second = await readTurn(other.client.converse({ text: "Two? [[say:Two.]]", sessionId: "s" }));
      assert.ok(performance.now() - asked < 2_500, "no lease had to expire");
      await first.ended;
      assert.equal(checkTurn(first.events).finished.outcome, Outcome.INTERRUPTED);
      const lines = await shownOf(one.client, "s");
      assert.equal(lines.length, 4);
      assert.match(lines[1] ?? "", /\| interrupted/);
      assert.deepEqual(lines.slice(2), ["user: Two? [[say:Two.]]", `assistant: ${second.text} | estimated`]);
      assert.equal(lastPrompt().at(-1)?.endsWith("Two? [[say:Two.]]"), true);
    });

    it("of turns that begin at once the last goes on, and each ends", async (context) => {
      const pair = await open(context);
      const turns = Array.from({ length: 6 }, (_, index) =>
        follow((pair[index % 2] as OpenedEdge).client.converse({ text: `${index}? [[tokens:40]]`, sessionId: "s" })),
      );
      const errors = await Promise.all(turns.map(({ ended }) => ended));
      const outcomes = turns.map(({ events }) => (events.length > 0 ? checkTurn(events).finished.outcome : undefined));
      assert.equal(outcomes.filter((outcome) => outcome === Outcome.COMPLETED).length, 1);
      for (const error of errors) if (error !== undefined) assert.equal(reasonOf(error), "SUPERSEDED");
      const lines = await shownOf(pair[0].client, "s");
      assert.equal(new Set(lines.filter((line) => line.startsWith("user"))).size, lines.length / 2, "none twice");
      assert.ok(lines.length / 2 >= outcomes.filter((outcome) => outcome !== undefined).length);
    });

    it("a turn that is refused leaves nothing", async (context) => {
      const [{ client }] = await open(context);
      const asked = { text: "One?", sessionId: "s", userId: "me", voice: "nobody" };
      await assert.rejects(readTurn(client.converse(asked)), refused(Code.NotFound, "NOT_FOUND"));
      await assert.rejects(client.getSession({ sessionId: "s" }), refused(Code.NotFound, "SESSION_NOT_FOUND"));
      assert.deepEqual((await client.listSessions({ userId: "me" })).sessions, []);
    });

    it("of a turn whose caller leaves, what there was time to hear is kept at once", async (context) => {
      const [one, other] = await open(context);
      const caller = new AbortController();
      const turn = follow(one.client.converse({ text: long, sessionId: "s" }, { signal: caller.signal }));
      await turn.has("audio", 3);
      caller.abort();
      await turn.ended;
      await until("the edge has seen it", () => one.edge.turnCount === 0);
      let lines: string[] = [];
      for (let tries = 0; tries < 100 && !lines[1]?.includes("interrupted"); tries++)
        lines = await shownOf(other.client, "s");
      assert.match(lines[1] ?? "", /^assistant: .* \| interrupted \| estimated$/s);
    });

    it("how far a turn was heard is told while it runs and when it has ended, to any edge", async (context) => {
      const [one, other] = await open(context);
      const turn = await readTurn(one.client.converse({ text: "[[tokens:60]]", sessionId: "s" }));
      const report = (segment: number, offset: number) =>
        other.client.reportPlayback({ turnId: turn.started.turnId, played: { segment, offset } });
      assert.match((await shownOf(one.client, "s"))[1] ?? "", /\| estimated$/);
      await report(0, 0);
      assert.deepEqual((await shownOf(one.client, "s"))[1], "assistant: ");
      await report(turn.segmentCount - 1, 2_000_000_000);
      assert.deepEqual((await shownOf(one.client, "s"))[1], `assistant: ${turn.text}`);
      const heard = (firstSoundMs: number | undefined, gapCount: number, gapMs: number) => ({
        turnId: turn.started.turnId,
        played: { segment: 0, offset: 0 },
        listened: { ...(firstSoundMs === undefined ? {} : { firstSoundMs }), gapCount, gapMs },
      });
      await other.client.reportPlayback(heard(1_500, 2, 300));
      await other.client.reportPlayback(heard(undefined, 1, 200));
      const page = await other.metrics.registry.metrics();
      for (const line of ["ttfa_seconds_sum 1.5", "ttfa_seconds_count 1", "gaps_total 3", "gap_seconds_total 0.5"])
        assert.ok(page.includes(`\nduet_edge_listener_${line}\n`), line);
      await report(0, 5);
      assert.deepEqual((await shownOf(one.client, "s"))[1], `assistant: ${turn.text}`);
      const unknown = { turnId: "nobody's", played: { segment: 0, offset: 0 } };
      await assert.rejects(other.client.reportPlayback(unknown), refused(Code.NotFound, "TURN_NOT_FOUND"));
      await assert.rejects(
        other.client.interrupt({ turnId: turn.started.turnId }),
        refused(Code.NotFound, "TURN_NOT_FOUND"),
      );
    });

    it("whoever stops an answer that has been sent says so by its place", async (context) => {
      const [one, other] = await open(context);
      const turn = await readTurn(one.client.converse({ text: "[[tokens:60]]", sessionId: "s" }));
      await other.client.interrupt({ turnId: turn.started.turnId, played: { segment: 0, offset: 0 } });
      assert.deepEqual((await shownOf(one.client, "s"))[1], "assistant:  | interrupted");
      await readTurn(one.client.converse({ text: "continue", sessionId: "s" }));
      assert.ok(lastPrompt()[0]?.endsWith(`not heard yet; go on from here:)\n${turn.text.trim()}`));
    });

    it("what is spoken is kept as the assistant's", async (context) => {
      const [{ client }] = await open(context);
      await readTurn(client.speak({ text: "Good morning.", sessionId: "s" }));
      assert.deepEqual(await shownOf(client, "s"), ["assistant: Good morning. | estimated"]);
    });

    it("a session is one person's, and the person's are listed", async (context) => {
      const [one, other] = await open(context);
      for (const sessionId of ["a", "b", "c"])
        await readTurn(one.client.converse({ text: `${sessionId} [[say:Yes.]]`, sessionId, userId: "me" }));
      const foreign = one.client.converse({ text: "Mine?", sessionId: "a", userId: "you" });
      await assert.rejects(readTurn(foreign), refused(Code.PermissionDenied, "SESSION_OF_ANOTHER"));
      const first = await other.client.listSessions({ userId: "me", pageSize: 2 });
      assert.deepEqual(
        first.sessions.map(({ sessionId }) => sessionId),
        ["c", "b"],
      );
      const second = await other.client.listSessions({ userId: "me", pageSize: 2, pageToken: first.nextPageToken });
      assert.deepEqual([second.sessions.map(({ sessionId }) => sessionId), second.nextPageToken], [["a"], ""]);
      assert.deepEqual((await other.client.listSessions({ userId: "you" })).sessions, []);
    });

    it("a session is forgotten whole, and with it the turn that runs", async (context) => {
      const [one, other] = await open(context);
      const turn = follow(one.client.converse({ text: long, sessionId: "s", userId: "me" }));
      await turn.has("audio", 2);
      await other.client.deleteSession({ sessionId: "s" });
      await turn.ended;
      assert.equal(checkTurn(turn.events).finished.outcome, Outcome.INTERRUPTED);
      await assert.rejects(one.client.getSession({ sessionId: "s" }), refused(Code.NotFound, "SESSION_NOT_FOUND"));
      assert.deepEqual((await one.client.listSessions({ userId: "me" })).sessions, []);
      const report = { turnId: turn.turnId, played: { segment: 0, offset: 1 } };
      await assert.rejects(other.client.reportPlayback(report), refused(Code.NotFound, "TURN_NOT_FOUND"));
      await other.client.deleteSession({ sessionId: "s" });
      await readTurn(one.client.converse({ text: "New? [[say:Yes.]]", sessionId: "s" }));
      assert.equal((await shownOf(other.client, "s")).length, 2);
    });

    it("what the store cannot promise is told", async (context) => {
      const [{ client }] = await open(context);
      const { sessions } = await client.getStatus({});
      assert.equal(sessions?.ready, true);
      const isMemory = sessions?.kind === StoreKind.MEMORY;
      assert.equal(isMemory, name.includes("memory"));
      assert.match(sessions?.message ?? "", isMemory ? /other processes do not/ : /^$/);
    });
  });

describe("what no edge tells another", () => {
  const opening = { turn: "theirs", user: "", question: "Theirs?", given: "" };
  const limits = { maxMessages: 100, maxBytes: 100_000 };

  /** An edge, and a hand of our own on what it keeps. */
  async function openBoth(context: TestContext) {
    const { url } = await startRedis(context);
    const { store: redis } = await openStore(context, url);
    const store = createRedisStore(redis);
    const key = { tenant: "default", session: "s" };
    const take = async () => {
      for (;;) {
        const read = await store.read(key, "all");
        const { place: _, ...change } = openTurn(read, { ...opening, edge: "gone" }, limits);
        if (await store.write(key, read.version, change, 60_000)) return;
      }
    };
    return { ...(await openEdge(context, stack, url)), redis, take };
  }

  it("an edge that nobody listens for is not waited for", async (context) => {
    const { client, take } = await openBoth(context);
    await take();
    const asked = performance.now();
    await readTurn(client.converse({ text: "Ours? [[say:Ours.]]", sessionId: "s" }));
    assert.ok(performance.now() - asked < leaseMs, "no lease had to expire");
    assert.deepEqual(await shownOf(client, "s"), ["user: Ours? [[say:Ours.]]", "assistant: Ours. | estimated"]);
  });

  it("a turn that has lost its session stops by itself, and keeps what was heard", async (context) => {
    const { client, take } = await openBoth(context);
    const turn = follow(client.converse({ text: "[[tokens:3000]]", sessionId: "s" }));
    await turn.has("audio", 2);
    await take();
    assert.equal(await turn.ended, undefined);
    assert.equal(checkTurn(turn.events).finished.outcome, Outcome.INTERRUPTED);
    assert.match((await shownOf(client, "s"))[1] ?? "", /^assistant: .* \| interrupted \| estimated$/s);
  });

  it("of a session that is forgotten nothing is left in Redis", async (context) => {
    const { client, redis } = await openBoth(context);
    await readTurn(client.converse({ text: "One? [[say:One.]]", sessionId: "s", userId: "me" }));
    const turn = follow(client.converse({ text: long, sessionId: "s" }));
    await turn.has("audio", 2);
    assert.ok((await redis.run((client) => client.keys("*"))).length >= 4);
    await client.deleteSession({ sessionId: "s" });
    await turn.ended;
    // But which edges there are, which is of no session.
    await expect.poll(() => redis.run((client) => client.keys("*"))).toEqual(["duet:{edges}:leases"]);
  });
});
