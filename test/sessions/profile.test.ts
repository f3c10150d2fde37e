import assert from "node:assert/strict";
import { expect, it } from "vitest";
import { createCall } from "../../edge/call.ts";
import type { Failure } from "../../edge/errors.ts";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { createSessions } from "../../edge/session/sessions.ts";
import { createMemoryStore } from "../../edge/session/store/memory.ts";
import type { TurnEvent } from "../../edge/turn/events.ts";
import { createTurns } from "../../edge/turn/turns.ts";
import { systemClock } from "../../infra/clock/clock.ts";
import { createLog } from "../../infra/log/log.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";

async function* events(): AsyncGenerator<TurnEvent> {
  yield { case: "started", value: { audioFormat: { sampleRateHertz: 24_000, channelCount: 1 } } };
  yield { case: "finished", value: { outcome: Outcome.COMPLETED } };
}

it("a turn whose session was given another profile since one was chosen for it is refused", async (context) => {
  const sessions = await createSessions({
    store: createMemoryStore(),
    ttlMs: 60_000,
    limits: { maxMessages: 100, maxBytes: 100_000 },
    clock: systemClock,
    log: createLog({ service: "edge", level: "silent" }),
    metrics: createMetrics({ runtime: false }),
  });
  context.onTestFinished(() => sessions.close(1_000));
  const turns = createTurns({ maxTurns: 9, clock: systemClock });
  const call = createCall({ signal: new AbortController().signal });
  const take = async (profile: { id: string; kept: string } | undefined) => {
    const { keep } = sessions.join(call, { session: "s", user: "", question: "Yes?", given: "", profile });
    const turn = turns.open(call);
    try {
      return (await Array.fromAsync(keep(events(), turn))).length;
    } catch (error) {
      return (error as Failure).reason;
    } finally {
      turn.close();
    }
  };
  assert.equal(await take({ id: "shop", kept: "" }), 2);
  assert.equal(await take({ id: "museum", kept: "" }), "SESSION_OF_OTHER_PROFILE");
  assert.equal(await take({ id: "", kept: "" }), "SESSION_OF_OTHER_PROFILE");
  assert.equal(await take({ id: "shop", kept: "" }), 2, "another turn has chosen the same");
  assert.equal(await take({ id: "museum", kept: "shop" }), 2, "the config had shop no more");
  assert.equal(await take(undefined), 2, "where there are no profiles nobody looks");
  await expect.poll(() => sessions.profileOf(call, "s", "")).toBe("museum");

  // Whoever may use other profiles alone neither reads nor removes it, and does not see that it is there.
  const asker = { tenant: call.tenant, user: undefined, profiles: { allowed: new Set(["shop"]) } };
  const isDenied = ({ reason }: Failure) => reason === "PROFILE_NOT_ALLOWED";
  await assert.rejects(sessions.get(asker, "s"), isDenied);
  await assert.rejects(sessions.remove(asker, "s"), isDenied);
  assert.deepEqual((await sessions.pageOf(asker, "", undefined, 10)).sessions, []);
  assert.equal((await sessions.pageOf(call, "", undefined, 10)).sessions.length, 1);
});
