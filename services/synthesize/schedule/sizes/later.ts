import type { End } from "./ends.ts";

/** What determines where a segment other than the first ends. Times are milliseconds of the driver's clock. */
export interface LaterOptions {
  /** When the segment's first audio is needed. */
  readonly deadline: number;
  /** Whether more text may come that could be added to the segment. */
  readonly mayGrow: boolean;
  /** Where the segment ends if it takes all clauses that it may take; undefined if no clause is complete. */
  readonly whole: End | undefined;
  /** The least duration of speech that sounds good by itself, in seconds. */
  readonly leastSeconds: number;
  /** A segment waits for more clauses until this many milliseconds before the engine has to begin to work on it. */
  readonly shortSlackMs: number;
  /** How many milliseconds an engine takes until the first audio of `seconds` of speech. */
  readonly workMs: (seconds: number) => number;
}

/** The shortest segment, in seconds, if nothing longer comes in time: one or two words. */
const fewestSeconds = 0.5;
/**
 * A segment stops waiting for a punctuation mark this many milliseconds before the engine must begin to work on it: its
 * worker may have to finish other work first.
 */
const softSlackMs = 600;
/** The delay from an engine's first audio to the listener's ear, and the relative error of estimates of engine work. */
const marginMs = 100;
const errorShare = 0.25;

/**
 * Decides where a later segment (not the first) ends, and when it is dispatched. The segment waits until little audio
 * is left, and then takes as many clauses as it can: fewer if the audio of all would be late, and part of a clause if
 * no clause will be complete in time.
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
    // Silence is worse than a few words spoken by themselves.
    return { end: atLeast(leastSeconds) ?? atLeast(fewestSeconds) ?? long[0] ?? whole, readyAt: now };
  }
  const end = bestOf(long);
  return end && { end, readyAt: latest(end, softSlackMs) };
}

/** When work on a segment must begin at the latest for its first audio to come in time. */
export function latestStart(end: End, deadline: number, workMs: LaterOptions["workMs"]): number {
  return deadline - (1 + errorShare) * workMs(end.seconds) - marginMs;
}

/**
 * The last of the ends that sound best: those at punctuation marks if there are any, otherwise those between phrases,
 * otherwise those between words.
 */
function bestOf(ends: readonly End[]): End | undefined {
  const last = (kind: End["kind"]) => ends.findLast((end) => end.kind === kind);
  return last("mark") ?? last("phrase") ?? last("word");
}
