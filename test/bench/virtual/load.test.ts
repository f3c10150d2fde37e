import assert from "node:assert/strict";
import { beforeAll, test } from "vitest";
import { analyse } from "../analyse/cell.ts";
import type { Summary } from "../analyse/summary.ts";
import { calibrations } from "../calibrations.ts";
import { ownReplies, readReplies } from "../replies.ts";
import type { Cell } from "../scenarios/scenario.ts";
import { closed, usualTime } from "../scenarios/usual.ts";
import { createVirtualRunner } from "./runner.ts";

/*
 * What the cost model foretells of orders of service, held by figures: a change of a side, of the schedule or of an
 * engine that turns one of them round is seen here, in seconds. The engines are full at about 28 users.
 */

const replies = readReplies(ownReplies);
/** A seed whose replies are of about their mean length. */
const seed = 2;
const loads = { sequential: [10, 50], fifo: [10, 50], duet: [10, 28] } as const;
type Side = keyof typeof loads;
const found: Record<Side, Record<number, Summary>> = { sequential: {}, fifo: {}, duet: {} };

beforeAll(async () => {
  const runner = createVirtualRunner({ repliesFile: ownReplies, seed });
  for (const [side, counts] of Object.entries(loads) as [Side, readonly number[]][])
    for (const users of counts) {
      const cell: Cell = {
        scenario: "test",
        side,
        calibration: calibrations.fish15,
        load: closed(users),
        time: usualTime,
        repeat: 0,
        seed,
        meanTokens: undefined,
        probe: undefined,
      };
      found[side][users] = analyse(cell, await runner.run(cell), replies).summary;
    }
}, 60_000);

/** How soon the middle, and 95 of 100 turns are heard. */
const p50 = (side: Side, users: number) => found[side][users]?.ttfa.p50 ?? Number.POSITIVE_INFINITY;
const p95 = (side: Side, users: number) => found[side][users]?.ttfa.p95 ?? Number.POSITIVE_INFINITY;

test("while there is room, a clause at a time is heard far sooner than a reply at a time", () => {
  for (const side of ["fifo", "duet"] as const)
    assert.ok(p50(side, 10) * 2 < p50("sequential", 10), `${side}: ${p50(side, 10)} ms`);
});

test("beyond what the voices can carry, clauses in order of arrival are worse than whole replies", () => {
  assert.ok(p50("fifo", 50) > p50("sequential", 50), "later clauses queue before first ones");
  const spoken = (side: "fifo" | "sequential") => found[side][50]?.soundSeconds ?? 0;
  assert.ok(spoken("fifo") < spoken("sequential"), "and each clause costs a start, so that less is spoken in all");
});

test("the order of Duet's schedule keeps first sounds soon where another order would not", () => {
  // p50 and p95 in ms: by deadline 663 and 1091; by session 2332 and 4649; the latest deadline first 1160 and 13 001.
  assert.ok(p50("duet", 28) < 850 && p95("duet", 28) < 1400, `${p50("duet", 28)}, ${p95("duet", 28)} ms`);
});

test("nobody is refused by sides that refuse nobody, and all turns that begin are accounted for", () => {
  for (const [side, summaries] of Object.entries(found))
    for (const { ends, turns } of Object.values(summaries)) {
      const sum = ends.finished + ends.refused + ends.failed + ends.unfinished + ends.cancelled;
      assert.deepEqual([sum, ends.failed, ends.refused], [turns, 0, 0], side);
    }
});
