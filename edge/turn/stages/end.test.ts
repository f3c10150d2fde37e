import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import { createCall } from "../../call.ts";
import { Failure } from "../../errors.ts";
import { Outcome } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import type { TurnEvent } from "../events.ts";
import { createTurns, type StopReason } from "../turns.ts";
import { type TurnEnd, watchEnd } from "./end.ts";

const started: TurnEvent = { case: "started", value: { turnId: "t" } };
const finished = (value: object): TurnEvent => ({ case: "finished", value });
const lost = new Failure("UNAVAILABLE", "LOST", "it is lost", { inFull: "10.0.0.9 is lost" });

/** What is told of these events' end, an error among them thrown, if so many are read and the turn was stopped so. */
async function told(
  events: readonly (TurnEvent | Error)[],
  { take = 9, stop }: { take?: number; stop?: StopReason } = {},
) {
  const turn = createTurns({ maxTurns: 1, clock: createVirtualClock() }).open(createCall(new AbortController()));
  if (stop !== undefined) turn.stop(stop);
  async function* source(): AsyncGenerator<TurnEvent> {
    for (const event of events) {
      if (event instanceof Error) throw event;
      yield event;
    }
  }
  const ends: TurnEnd[] = [];
  const passed: TurnEvent[] = [];
  let error: unknown;
  try {
    for await (const event of watchEnd(source(), turn, (end) => ends.push(end))) {
      passed.push(event);
      if (passed.length === take) break;
    }
  } catch (thrown) {
    error = thrown;
  }
  assert.equal(ends.length, 1);
  const { outcome, code, reason, constant, ...more } = ends[0] as TurnEnd;
  return { end: [outcome, code, reason, constant], more, passed, error };
}

describe("how a turn ended is told once", () => {
  const rows: [what: string, last: object, end: unknown[]][] = [
    ["completed", { outcome: Outcome.COMPLETED }, ["completed", "OK", undefined, undefined]],
    ["interrupted", { outcome: Outcome.INTERRUPTED }, ["interrupted", "OK", undefined, undefined]],
    ["by silence", { outcome: Outcome.NO_SPEECH }, ["no-speech", "OK", undefined, undefined]],
    [
      "failed",
      { outcome: Outcome.FAILED, error: { code: 14, reason: "LOST" } },
      ["failed", "UNAVAILABLE", "LOST", "LOST"],
    ],
    [
      "failed, none knows why",
      { outcome: Outcome.FAILED, error: { reason: "" } },
      ["failed", "UNKNOWN", "", undefined],
    ],
    ["in a way of a later version", { outcome: 99 as Outcome }, ["unknown", "OK", undefined, undefined]],
    ["in no way that is told", {}, ["unknown", "OK", undefined, undefined]],
  ];
  for (const [what, last, end] of rows)
    it(what, async () => {
      const one = await told([started, finished(last)]);
      assert.deepEqual(one.end, end);
      assert.deepEqual(one.more, { started: started.value, finished: last });
      assert.deepEqual(one.passed, [started, finished(last)]);
    });

  it("refused, with the reason for people who run the deployment", async () => {
    const one = await told([lost]);
    assert.deepEqual([one.end, one.more], [["refused", "UNAVAILABLE", "10.0.0.9 is lost", "LOST"], {}]);
    assert.equal(one.error, lost);
  });

  it("left: by its reader, or as it broke once its caller had gone", async () => {
    const left = ["left", "CANCELLED", undefined, undefined];
    assert.deepEqual((await told([started, finished({})], { take: 1 })).end, left);
    const one = await told([started, lost], { stop: "left" });
    assert.deepEqual([one.end, one.error], [left, lost]);
    assert.deepEqual((await told([lost], { stop: "deadline" })).end[0], "refused");
  });
});
