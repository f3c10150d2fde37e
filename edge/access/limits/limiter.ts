import type { Clock } from "../../../infra/clock/clock.ts";
import type { RedisStore } from "../../../infra/stores/redis.ts";
import { refusals } from "../failures.ts";
import { countEdges } from "./edges.ts";
import { type Audio, flicksOfSeconds, type Subject } from "./limits.ts";
import { createSlots } from "./slots.ts";
import { type Count, createCounts } from "./windows.ts";

/** Enforces the limits of tenants, keys and profiles. */
export interface Limiter {
  /**
   * Counts a call for each subject. Returns how many calls the subject with the fewest calls left may still make;
   * undefined if no subject has a limit on calls. Throws RESOURCE_EXHAUSTED if a limit is exceeded.
   */
  request(subjects: readonly Subject[]): Promise<Standing | undefined>;
  /**
   * Admits a turn and reserves audio for it. Throws RESOURCE_EXHAUSTED if too many turns are running or too little
   * audio is left. An admitted turn may speak for longer than was reserved: nothing cuts it short.
   */
  admit(subjects: readonly Subject[], audio: Audio): Promise<Admission>;
  /** Waits until every `settle` under way is done. Then stops renewing slots, and leaves the count of edges. */
  close(): Promise<void>;
}

/** How many calls a subject may still make. */
export interface Standing {
  /** The calls allowed per minute. */
  readonly limit: number;
  readonly remaining: number;
  /** When all calls of the limit are available again, in milliseconds from now. */
  readonly resetMs: number;
}

/** An admitted turn. */
export interface Admission {
  /**
   * Replaces the reserved audio by the audio that was sent, in flicks, and frees the turn's slots. Call this once, when
   * the turn has ended.
   */
  settle(flicks: number): Promise<void>;
}

/** Options of createLimiter. */
export interface LimiterOptions {
  /** The Redis through which edges share their counts. Default: none, so this process counts by itself. */
  readonly redis?: RedisStore | undefined;
  readonly clock: Clock;
  /** Unix time in milliseconds. Default: the system clock. */
  readonly unixNow?: () => number;
}

// How long callers are told to wait if no slot is free: turns last seconds, so one ends after about this long.
const slotRetryDelayMs = 1_000;

/** Makes a limiter. It does no work for subjects without limits. */
export function createLimiter({ redis, clock, unixNow = Date.now }: LimiterOptions): Limiter {
  const edges = countEdges({ redis, clock });
  const countUp = createCounts({ redis, edges: edges.current, unixNow });
  const slots = createSlots({ redis, edges: edges.current, clock });
  const settling = new Set<Promise<unknown>>();

  const takeSlot = async (subject: Subject, undo: Undo[]) => {
    const { turnsAtOnce } = subject.limits;
    if (turnsAtOnce === undefined) return;
    const giveBack = await slots.take(subject, turnsAtOnce);
    if (giveBack !== undefined) return undo.push(giveBack);
    const quota = quotaOf(subject, `${turnsAtOnce} turns at once`);
    const reason = subject.id[0] === "profile" ? "TOO_MANY_TURNS_OF_PROFILE" : "TOO_MANY_TURNS_OF_TENANT";
    throw refusals.limited(reason, { quota, retryDelayMs: slotRetryDelayMs });
  };
  const reserve = async (subject: Subject, { leastSeconds, mostSeconds }: Audio, undo: Undo[]) => {
    const { audioSecondsPerDay } = subject.limits;
    if (audioSecondsPerDay === undefined) return;
    let flicks = flicksOfSeconds(mostSeconds);
    const count: Count = await countUp(subject, "audio", flicks);
    undo.push((sent) => count.correct(sent - flicks));
    const beyond = Math.max(0, count.total - flicksOfSeconds(audioSecondsPerDay));
    if (flicks - beyond >= flicksOfSeconds(leastSeconds)) {
      // If the requested audio exceeds the limit, but enough is left for the turn to start, only what is left is
      // reserved. The excess is given back at once, so that other turns do not find the limit exceeded.
      flicks -= beyond;
      return count.correct(-beyond);
    }
    const quota = quotaOf(subject, `${audioSecondsPerDay} seconds of audio a day`);
    throw refusals.limited("AUDIO_QUOTA_USED", { quota, retryDelayMs: count.restMs });
  };

  return {
    async request(subjects) {
      let least: Standing | undefined;
      for (const subject of subjects) {
        const { requestsPerMinute } = subject.limits;
        if (requestsPerMinute === undefined) continue;
        const { total, restMs } = await countUp(subject, "requests", 1);
        if (total <= requestsPerMinute) {
          const standing = { limit: requestsPerMinute, remaining: requestsPerMinute - total, resetMs: restMs };
          if (standing.remaining < (least?.remaining ?? Number.POSITIVE_INFINITY)) least = standing;
          continue;
        }
        const quota = quotaOf(subject, `${requestsPerMinute} requests a minute`);
        throw refusals.limited("TOO_MANY_REQUESTS", { quota, retryDelayMs: restMs, limit: requestsPerMinute });
      }
      return least;
    },
    async admit(subjects, audio) {
      const undo: Undo[] = [];
      const settle = async (flicks: number) => {
        const settled = Promise.all(undo.map((settle) => settle(flicks)));
        settling.add(settled);
        await settled.finally(() => settling.delete(settled));
      };
      try {
        for (const subject of subjects) await takeSlot(subject, undo);
        for (const subject of subjects) await reserve(subject, audio, undo);
      } catch (refused) {
        await settle(0);
        throw refused;
      }
      return { settle };
    },
    async close() {
      await Promise.allSettled(settling);
      slots.close();
      await edges.close();
    },
  };
}

/** Gives back the part of a reservation that was not used. `sentFlicks` is the audio that was sent. */
type Undo = (sentFlicks: number) => Promise<unknown>;

function quotaOf({ name }: Subject, description: string) {
  return { subject: name, description };
}
