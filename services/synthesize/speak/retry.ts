import { EngineError } from "../../common/errors/engine-error.ts";
import { maxLosses, type Retry } from "../schedule/segment.ts";
import type { Sign } from "../schedule/workers/worker.ts";
import type { Reading } from "./reading.ts";

/** What is known of a segment when its worker is free again. */
export interface ReadingResult {
  /** What went wrong with the reading, if anything. */
  readonly fault: Reading["fault"];
  /** Whether audio of the segment was passed on already: it can be neither taken back nor spoken a second time. */
  readonly passedOn: boolean;
  /** Earlier attempts at it that were failures, and losses; see Segment. */
  readonly failures: number;
  readonly losses: number;
  /** Whether a worker that is well could read it instead. */
  readonly others: boolean;
  /** Whether it has waited for as long as it may. */
  readonly overdue: boolean;
  /** Whether its worker was on trial: then the reading was the worker's test, and not the segment's. */
  readonly trial: boolean;
  /** Whether somebody still listens. */
  readonly wanted: boolean;
}

/**
 * What becomes of a segment: `abandon` it, since nobody listens; have it attempted again, and why (`retry`); `giveUp` on the whole
 * text, since the next segment would fail in the same way; or `keep` what there is, with a warning if the reading was at fault.
 */
export type NextStep = "abandon" | { readonly retry: Retry } | "giveUp" | "keep";

/**
 * Decides what becomes of a segment. This is the only place that does: the guard says how a reading sounds, and the schedule finds the
 * worker for the next one, which waits for a worker that lives and ends the text if none comes.
 */
export function nextStep({
  fault,
  passedOn,
  failures,
  losses,
  others,
  overdue,
  trial,
  wanted,
}: ReadingResult): NextStep {
  if (!wanted) return "abandon";
  if (passedOn || fault === undefined) return "keep";
  if (trial && others) return { retry: "free" };
  if (typeof fault === "string") return failures === 0 ? { retry: "failure" } : "keep";
  if (!(fault instanceof EngineError)) return "giveUp";
  switch (fault.fault) {
    case "unreachable":
      if (fault.unsent) return overdue ? "giveUp" : { retry: "free" };
      return losses < maxLosses ? { retry: "loss" } : "keep";
    case "overloaded":
      // Asked for ever, it would keep every worker paused, and all others waiting.
      return overdue ? "giveUp" : { retry: "free" };
    case "stalled":
    case "silent":
      if (losses < maxLosses && others) return { retry: "loss" };
      return others ? "keep" : "giveUp";
    case "broken":
    case "empty":
    case "misshapen":
      return failures === 0 ? { retry: "failure" } : "keep";
    case "rejected":
    case "unauthorized":
      // What one worker refuses another may take: they need not be of one version, or have one key.
      return failures === 0 && others ? { retry: "failure" } : "giveUp";
  }
}

/** What a reading says of its worker. */
export function signOf(fault: Reading["fault"]): { sign: Sign; pauseMs: number | undefined } {
  if (fault === undefined || typeof fault === "string") return { sign: "well", pauseMs: undefined };
  if (!(fault instanceof EngineError)) return { sign: "nothing", pauseMs: undefined };
  return { sign: signs[fault.fault], pauseMs: fault.retryDelayMs };
}

const signs: Record<EngineError["fault"], Sign> = {
  unreachable: "unreachable",
  stalled: "silent",
  silent: "silent",
  overloaded: "busy",
  broken: "failed",
  empty: "failed",
  rejected: "failed",
  misshapen: "wrong",
  unauthorized: "wrong",
};
