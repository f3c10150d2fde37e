import type { Clock } from "../../infra/clock/clock.ts";
import { sleep } from "../../infra/clock/clock.ts";
import { createRandom, type Random } from "../../infra/random/random.ts";
import { OverloadedError } from "../../services/common/errors/request-error.ts";

/** Work that comes whether or not the work before it is done. */
export interface OpenLoad {
  /** How many a second, at random moments. */
  readonly perSecond: number;
  /** How many in all. */
  readonly count: number;
  /** Of the moments and lengths. */
  readonly seed: number;
}

/** What became of one of them; times are milliseconds since the load began. */
export interface Outcome {
  readonly at: number;
  readonly end: "finished" | "refused" | "failed";
  /** How long it took to its first text; undefined if there was none. */
  readonly ttftMs: number | undefined;
  /** How long it took in all. */
  readonly tookMs: number;
}

/** How long answers are: mean 40 tokens, spread as lengths of replies are. */
export function answerLength(random: Random): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.max(4, Math.round(36 * Math.exp(0.45 * normal)));
}

/** Offers a load to `ask`, which calls `spoke` at its first text; resolves when the last of it has ended. */
export async function offer(
  { perSecond, count, seed }: OpenLoad,
  clock: Clock,
  ask: (nth: number, tokens: number, spoke: () => void) => Promise<void>,
): Promise<Outcome[]> {
  const random = createRandom(seed);
  const began = clock.now();
  const running: Promise<Outcome>[] = [];
  let due = began;
  for (let nth = 0; nth < count; nth++) {
    due += (-Math.log(1 - random()) * 1000) / perSecond;
    const tokens = answerLength(random);
    await sleep(clock, Math.max(0, due - clock.now()));
    running.push(watch(nth, tokens));
  }
  return Promise.all(running);

  async function watch(nth: number, tokens: number): Promise<Outcome> {
    const startedAt = clock.now();
    let ttftMs: number | undefined;
    let end: Outcome["end"] = "finished";
    try {
      await ask(nth, tokens, () => {
        ttftMs ??= clock.now() - startedAt;
      });
    } catch (error) {
      end = isRefusal(error) ? "refused" : "failed";
    }
    return { at: startedAt - began, end, ttftMs, tookMs: clock.now() - startedAt };
  }
}

/** RESOURCE_EXHAUSTED, on either side of the wire. */
function isRefusal(error: unknown): boolean {
  return error instanceof OverloadedError || (error as { code?: number }).code === 8;
}

/** The value that the share `p` of them does not exceed; NaN of none. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
}

/** First tokens of those that were taken, from `from` on. */
export function firstTokens(outcomes: readonly Outcome[], from = 0): number[] {
  return outcomes.flatMap(({ at, ttftMs }) => (at >= from && ttftMs !== undefined ? [ttftMs] : []));
}

/** Answers a second, of those that began between `from` and `to`, that were complete and began within `ttftSloMs`. */
export function goodput(outcomes: readonly Outcome[], ttftSloMs: number, from: number, to: number): number {
  const good = outcomes.filter(
    ({ at, end, ttftMs }) => end === "finished" && at >= from && at < to && ttftMs !== undefined && ttftMs <= ttftSloMs,
  );
  return (good.length * 1000) / (to - from);
}
