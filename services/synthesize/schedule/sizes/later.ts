import type { End } from "./ends.ts";

/** What decides where a segment that is not the first ends. Times are milliseconds of the driver's clock. */
export interface LaterOptions {
  /** When its first sound is needed. */
  readonly deadline: number;
  /** More text may come that it could take. */
  readonly mayGrow: boolean;
  /** Where it ends if there is time; undefined: no clause is whole. */
  readonly whole: End | undefined;
  /** Speech shorter than this is not spoken well alone, in seconds. */
  readonly leastSeconds: number;
  /** With less than this beyond the work at hand it waits for no more clauses. */
  readonly shortSlackMs: number;
  /** How long an engine takes until the first sound of so many seconds of speech. */
  readonly workMs: (seconds: number) => number;
}

/** The least that is spoken alone, in seconds, where nothing longer comes in time: two or three words. */
const fewestSeconds = 0.5;
/** With less than this beyond the work at hand it waits for no mark: other work may have to end first. */
const softSlackMs = 600;
/** What lies between an engine's first sound and the listener's ear; and by which share of itself an estimate of work may be wrong. */
const marginMs = 100;
const errorShare = 0.25;

/**
 * Where a segment that is not the first ends, and when it goes: with as many clauses as it may take, once the sound in hand is short; before their
 * end, where they would come too late; and at a soft border, where no clause is whole in time.
 */
export function laterEnd(
  ends: readonly End[],
  { deadline, mayGrow, whole, leastSeconds, shortSlackMs, workMs }: LaterOptions,
  now: number,
): { readonly end: End; readonly readyAt: number } | undefined {
  const latest = (end: End, slackMs: number) => deadline - workMs(end.seconds) - slackMs;
  const isInTime = (end: End) => latestStart(end, deadline, workMs) >= now;
  const long = ends.filter(({ seconds }) => seconds >= leastSeconds);
  if (whole !== undefined && (!mayGrow || whole.seconds >= leastSeconds || long.length === 0)) {
    const readyAt = mayGrow ? latest(whole, shortSlackMs) : now;
    if (readyAt > now || isInTime(whole)) return { end: whole, readyAt };
    const inTime = ends.filter((end) => end.seconds <= whole.seconds && isInTime(end));
    const atLeast = (least: number) => bestOf(inTime.filter(({ seconds }) => seconds >= least));
    // Silence is worse than a few words that are spoken alone.
    return { end: atLeast(leastSeconds) ?? atLeast(fewestSeconds) ?? long[0] ?? whole, readyAt: now };
  }
  const end = bestOf(long);
  return end && { end, readyAt: latest(end, softSlackMs) };
}

/** When a segment is to be begun at the latest, if its first sound is to come in time. */
export function latestStart(end: End, deadline: number, workMs: LaterOptions["workMs"]): number {
  return deadline - (1 + errorShare) * workMs(end.seconds) - marginMs;
}

/** The last of those that sound best. */
function bestOf(ends: readonly End[]): End | undefined {
  const last = (kind: End["kind"]) => ends.findLast((end) => end.kind === kind);
  return last("mark") ?? last("phrase") ?? last("word");
}
