/**
 * A log against a plain model of it: two producers who both take themselves for its owner, one of them away for longer
 * than its lease now and then, writes whose answer is lost and that are repeated, writes that never arrive, and readers
 * on both edges who end the turn of an owner who is gone.
 */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, test } from "vitest";
import type { LogStore } from "../../edge/resume/store/store.ts";
import { isWide } from "../support/wide.ts";
import { eventually } from "./eventually.ts";
import { stores } from "./stores.ts";

const long = { leaseMs: 60_000, keepMs: 60_000 };
const owners = ["a", "b"] as const;

/** What a log is, in plain words. */
interface Model {
  owner: string | undefined;
  state: "none" | "open" | "ended" | "incomplete";
  isOwned: boolean;
  entries: string[];
}

type Step =
  | { readonly do: "open" | "pause" | "renew" | "abandon"; readonly by: number }
  | {
      readonly do: "append";
      readonly by: number;
      readonly ahead: number;
      readonly ends: boolean;
      readonly times: number;
    }
  | { readonly do: "endFor"; readonly by: number; readonly ahead: number }
  | { readonly do: "read"; readonly by: number; readonly after: number };

const by = fc.integer({ min: 0, max: 1 });
const steps = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("open", "pause", "renew", "abandon"), by }) },
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant("append"),
        by: fc.constantFrom(0, 0, 0, 0, 1),
        // 1: the next. 0: one that was written before. 2: the one before it was lost on its way.
        ahead: fc.constantFrom(1, 1, 1, 1, 1, 0, 2),
        ends: fc.constantFrom(false, false, false, false, true),
        // More than once: its answer was lost.
        times: fc.constantFrom(1, 1, 1, 2),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("endFor"), by, ahead: fc.constantFrom(1, 1, 0, 2) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("read"), by, after: fc.integer({ min: 0, max: 6 }) }) },
  ),
  { minLength: 4, maxLength: 24 },
) as fc.Arbitrary<Step[]>;

async function play(pair: readonly [LogStore, LogStore], played: readonly Step[]): Promise<void> {
  const key = { tenant: "acme", turn: randomUUID() };
  const model: Model = { owner: undefined, state: "none", isOwned: false, entries: [] };
  const mine = (who: string) => model.owner === who && model.state === "open";
  const put = (text: string, ends: boolean) => {
    model.entries.push(text);
    if (ends) model.state = "ended";
    model.isOwned = !ends;
  };
  const refusal = (who: string) => (model.state === "none" ? "gap" : mine(who) ? undefined : "fenced");

  for (const step of [{ do: "open", by: 0 } as const, ...played]) {
    const store = pair[step.by] as LogStore;
    const who = owners[step.by] as string;
    const { length } = model.entries;
    switch (step.do) {
      case "open":
        assert.equal(await store.open(key, who, long), model.owner === undefined || model.owner === who);
        if (model.owner === undefined) Object.assign(model, { owner: who, state: "open", isOwned: true });
        break;
      case "append": {
        const sequence = length + step.ahead;
        const text = `${who}${sequence}`;
        const entry = { sequence, bytes: Buffer.from(text), ends: step.ends };
        if (sequence === 0) break;
        for (let time = 0; time < step.times; time++) {
          const isRepeated = sequence <= model.entries.length;
          const isItsEnd =
            model.owner === who && model.state === "ended" && step.ends && sequence === model.entries.length;
          const expected: string = isItsEnd
            ? "kept"
            : (refusal(who) ?? (isRepeated || step.ahead === 1 ? "kept" : "gap"));
          assert.equal(await store.append(key, who, entry, long), expected);
          if (expected === "kept" && !isRepeated) put(text, step.ends);
        }
        break;
      }
      case "pause":
        if (!mine(who)) break;
        await store.renew(key, who, { ...long, leaseMs: 1 });
        await eventually("its lease is over", async () => (await store.read(key, 0, 1))?.owned === false);
        model.isOwned = false;
        break;
      case "renew": {
        const told = await store.renew(key, who, long);
        assert.equal(typeof told === "number" ? undefined : told, refusal(who));
        if (mine(who)) model.isOwned = true;
        break;
      }
      case "abandon":
        assert.equal(
          await store.abandon(key, who),
          model.state === "none" || (model.owner === who && model.state !== "ended"),
        );
        if (mine(who)) Object.assign(model, { state: "incomplete", isOwned: false });
        break;
      case "endFor": {
        const sequence = length + step.ahead;
        const isDue = model.state === "open" && !model.isOwned && step.ahead === 1;
        const entry = { sequence, bytes: Buffer.from("end"), ends: true };
        assert.equal(await store.endFor(key, entry, 60_000), isDue);
        if (isDue) put("end", true);
        break;
      }
      case "read": {
        const page = await store.read(key, step.after, 3);
        const { state, isOwned, entries } = model;
        assert.deepEqual(
          page && { ...page, entries: page.entries.map(({ sequence, bytes }) => [sequence, `${bytes}`]) },
          state === "none"
            ? undefined
            : {
                state,
                last: entries.length,
                owned: isOwned,
                entries: entries.slice(step.after, step.after + 3).map((text, index) => [step.after + index + 1, text]),
              },
        );
      }
    }
  }
  const end = await pair[1].read(key, 0, 99);
  assert.deepEqual(
    end?.entries.map(({ bytes }) => `${bytes}`),
    model.entries,
  );
}

for (const [kind, open] of Object.entries(stores))
  describe(`a log kept in ${kind}`, () => {
    test("is what a plain model of it is, whoever writes", async (context) => {
      const pair = await open(context);
      const numRuns = (isWide ? 5_000 : 500) / (kind === "redis" ? 10 : 1);
      await fc.assert(
        fc.asyncProperty(steps, (played) => play(pair, played)),
        { numRuns },
      );
    });
  });
