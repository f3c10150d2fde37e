import { EngineError } from "../../common/errors/engine-error.ts";
import { maxLosses, type Retry } from "../schedule/segment.ts";
import type { Sign } from "../schedule/workers/worker.ts";
import type { Reading } from "./reading.ts";

/** The outcome of an attempt to speak a segment, from which the next step is chosen. */
export interface ReadingResult {
  /** What went wrong with the attempt, if anything. */
  readonly fault: Reading["fault"];
  /** Whether audio of the segment was already passed on, and so can neither be taken back nor spoken again. */
  readonly passedOn: boolean;
  /** How many attempts failed because of the segment, and how many were lost together with their worker. */
  readonly failures: number;
  readonly losses: number;
  /** Whether another worker that is well could speak the segment instead. */
  readonly others: boolean;
  /** Whether the segment has waited for as long as it may. */
  readonly overdue: boolean;
  /** Whether the worker was on trial: the attempt then tested the worker, not the segment. */
  readonly trial: boolean;
  /** Whether anybody still wants the segment. */
  readonly wanted: boolean;
}

/**
 * What to do with a segment: `abandon` it, since nobody wants it; attempt it again, for a reason (`retry`); `giveUp` on
 * the whole text, since the next segment would fail in the same way; or `keep` what there is, with a warning if
 * something was wrong.
 */
export type NextStep = "abandon" | { readonly retry: Retry } | "giveUp" | "keep";

/**
 * Decides what happens to a segment after an attempt; no other code decides this. The guard only judges how an attempt
 * sounds. The schedule only finds the worker for the next attempt: it waits for a live worker, and ends the text if
 * none comes back.
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
      // An overdue segment is given up: retried forever, it would keep every worker paused, and other texts waiting.
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
      // What one worker rejects, another may accept: their versions or API keys may differ.
      return failures === 0 && others ? { retry: "failure" } : "giveUp";
  }
}

/** What an attempt's result says about the worker. */
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
