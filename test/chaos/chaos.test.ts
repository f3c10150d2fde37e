/**
 * Turns with faults drawn at random from both stand-ins, on workers of which one freezes now and then, called by
 * clients that read, dawdle, interrupt, leave, close, take nothing and are killed: whatever happens, each has one end,
 * its events are in order, and nothing is left of it anywhere.
 *
 * `npm test` draws the same turns each day, as a gate should; `.ci/full` draws others and prints its seed, from which
 * `CHAOS_SEED=7 CHAOS_TURNS=2000 npm test -- test/chaos` draws them again.
 */
import assert from "node:assert/strict";
import { durationMs } from "@bufbuild/protobuf/wkt";
import { ConnectError } from "@connectrpc/connect";
import { type TestContext, test } from "vitest";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { RetryInfoSchema } from "../../edge/wellknown/gen/google/rpc/error_details_pb.ts";
import { rawProtocols } from "../edge/leaving/ask.ts";
import { createGrpcClient, protocols } from "../support/callers.ts";
import { checkOrder, checkTurn, type Event, ledgerOffMs, readTurn } from "../support/events.ts";
import { sayAdmin, untilIdle } from "../support/gauges.ts";
import { startProgram } from "../support/processes.ts";
import { untilQuiet } from "../support/quiet.ts";
import { startStack } from "../support/stack.ts";
import { startFreezing } from "./freezer.ts";
import { close, kill, stall } from "./leaving.ts";
import { planTurn, type TurnPlan } from "./plan.ts";

const seed = Number(process.env.CHAOS_SEED ?? 1);
const turnCount = Number(process.env.CHAOS_TURNS ?? 100);

/** How many clients call at once. */
const clients = 8;
/**
 * No turn lasts longer, whatever happens: a segment waits for a worker while its listener has audio, some 20 s at most,
 * and then the limits below.
 */
const hangMs = 40_000;
/** How long a reader may take nothing: shorter than the longest that one does. */
const readerTimeoutMs = 200;
/** A worker is frozen for longer than it may be silent, now and then. */
const freezing = { everyMs: 2_000, forMs: 900 };
/** A client that is refused comes back when it was told to, and no later than this. */
const mostRetryMs = 500;
/** So few turns without a fault say nothing of the share of them that others' faults leave alone. */
const few = 3;
/** Longer than an engine that is well is silent, on a busy machine. */
const limitMs = 600;

for (const mode of ["s2", "1.5.0"] as const)
  test(`${turnCount / 2} turns on Fish-Speech ${mode} with seed ${seed}`, { timeout: turnCount * 500 }, async (t) => {
    const frozen = await startProgram(
      "infra/twins/fish/main.ts",
      {},
      { args: ["--port", "0", "--mode", mode, "--speaker", "tone", "--time-scale", "0", "--faults", "on"] },
    );
    const stack = await startStack({
      timeScale: 0,
      moreFishUrls: [frozen.url],
      edge: { readerTimeoutMs },
      fishWorkers: 2,
      fish: { mode, hangMs: limitMs + 100, keepAliveMs: 200 },
      vllm: { restartMs: 20, keepAliveMs: 200 },
      settings: {
        ...sayAdmin,
        DUET_FISH_MODE: mode,
        DUET_FISH_TIMEOUT_MS: `${limitMs}`,
        DUET_GENERATE_FIRST_TOKEN_TIMEOUT_MS: `${limitMs}`,
        DUET_GENERATE_STALL_TIMEOUT_MS: `${limitMs}`,
      },
    });
    const callers = Object.fromEntries(Object.entries(protocols).map(([name, make]) => [name, make(stack.url)]));
    const customer = createGrpcClient(stack.url);
    t.onTestFinished(async () => {
      customer.close();
      for (const caller of Object.values(callers)) caller.close();
      await stack.close();
      await frozen.stop();
    });

    await untilIdle(stack);
    const freezer = startFreezing(frozen, freezing);
    t.onTestFinished(freezer.stop);

    /**
     * Whoever draws no fault comes again while he is refused: others' faults keep all workers out for a while, but not
     * for good.
     */
    const run = async (plan: TurnPlan): Promise<string> => {
      const deadline = performance.now() + hangMs;
      for (;;) {
        const end = await runOnce(plan);
        if (end !== "refused" || !isClean(plan) || performance.now() > deadline) return end;
      }
    };

    const runOnce = async (plan: TurnPlan): Promise<string> => {
      if (plan.behaviour === "closes") return close(stack.url, plan.text, plan.protocol, plan.afterMs);
      if (plan.behaviour === "is killed") return kill(stack.url, plan.text, plan.afterMs);
      if (plan.behaviour === "stalls") return stall(stack.url, plan.text, plan.afterMs);
      const events: Event[] = [];
      const leaving = new AbortController();
      const limit = setTimeout(() => leaving.abort(new Error("hangs")), hangMs);
      try {
        const caller = callers[plan.protocol] as (typeof callers)[string];
        for await (const event of caller[plan.rpc]({ text: plan.text }, { signal: leaving.signal })) {
          events.push(event);
          if (plan.behaviour === "dawdles" && events.length < 30) await new Promise((next) => setTimeout(next, 5));
          if (events.length !== plan.afterEvents) continue;
          if (plan.behaviour === "leaves") leaving.abort();
          if (plan.behaviour === "interrupts") await interrupt(events);
        }
      } catch (error) {
        assert.notEqual(leaving.signal.reason?.message, "hangs", `no end after ${hangMs / 1000} s`);
        if (leaving.signal.aborted) {
          checkOrder(events);
          return "left";
        }
        assert.ok(error instanceof ConnectError, String(error));
        assert.equal(events.length, 0, `a call that has begun does not fail: ${error.message}`);
        // Who calls again at once is refused in no time, over and over, while all workers are left out.
        const { retryDelay } = error.findDetails(RetryInfoSchema)[0] ?? {};
        await new Promise((next) => setTimeout(next, Math.min(retryDelay ? durationMs(retryDelay) : 0, mostRetryMs)));
        return "refused";
      } finally {
        clearTimeout(limit);
      }
      const { outcome, timings } = checkTurn(events).finished;
      ledger.push(...[ledgerOffMs(timings)].filter((offMs) => offMs !== undefined));
      return (
        Object.entries(Outcome)
          .find(([, value]) => value === outcome)?.[0]
          .toLowerCase() ?? "unknown"
      );
    };

    const interrupt = async (events: readonly Event[]) => {
      const first = events[0]?.event;
      assert.equal(first?.case, "started");
      // It may have ended by now.
      if (first.case === "started") await customer.client.interrupt({ turnId: first.value.turnId }).catch(() => {});
    };

    const ends: { plan: TurnPlan; end: string }[] = [];
    /** How far the phases of each turn that was heard are from its first audio. */
    const ledger: number[] = [];
    let next = 0;
    await Promise.all(
      Array.from({ length: clients }, async () => {
        while (next < turnCount / 2) {
          const plan = planTurn(seed, next++, Object.keys(protocols), Object.keys(rawProtocols));
          const end = await run(plan).catch((error: unknown) => {
            throw new Error(`CHAOS_SEED=${seed} CHAOS_TURNS=${turnCount}: turn ${JSON.stringify(plan)}`, {
              cause: error,
            });
          });
          ends.push({ plan, end });
        }
      }),
    );
    freezer.stop();
    await report(t, ends);
    const offMs = Math.max(0, ...ledger).toFixed(3);
    await t.annotate(`ledger: of ${ledger.length} turns that were heard the phases are off by ${offMs} ms at most`);

    await untilQuiet(stack);
    await untilIdle(stack);
    const after = await readTurn(
      customer.client.converse({ text: "[[say:现在一切都好了。]]" }, { signal: new AbortController().signal }),
    );
    assert.equal(after.finished.outcome, Outcome.COMPLETED, "the next turn works");
    const clean = ends.filter(({ plan }) => isClean(plan));
    const completed = clean.filter(({ end }) => end === "completed").length;
    // How many depends on how long faults of others hold all workers up, and so on the machine; all of a few may meet
    // one such time.
    assert.ok(
      clean.length <= few || completed * 4 > clean.length,
      `${completed} of ${clean.length} turns without a fault of their own completed`,
    );
  });

/** Whether a turn has no fault of its own. */
function isClean({ modelFault, voiceFault, behaviour }: TurnPlan): boolean {
  return !modelFault && !voiceFault && behaviour === "reads";
}

/** How many turns ended how. */
async function report(t: TestContext, ends: readonly { end: string }[]): Promise<void> {
  const counts = Object.entries(Object.groupBy(ends, ({ end }) => end)).map(
    ([end, turns]) => `${turns?.length} ${end}`,
  );
  await t.annotate(`seed ${seed}: ${counts.sort().join(", ")}`);
}
