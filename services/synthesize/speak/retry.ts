import { EngineError } from "../../common/errors/engine-error.ts";
import type { Reading } from "./reading.ts";

/** What is known of a segment when its worker is free again. */
export interface ReadingResult {
  /** What went wrong with the reading, if anything. */
  readonly fault: Reading["fault"];
  /** Whether audio of the segment was passed on already: it can be neither taken back nor spoken a second time. */
  readonly passedOn: boolean;
  /** 0 for the first reading, 1 for the second and last. */
  readonly attempt: number;
  /** Whether somebody still listens. */
  readonly wanted: boolean;
}

/**
 * What becomes of a segment: `abandon` it, since nobody listens; have it read `again`; `giveUp` on the whole text, since the
 * next segment would fail in the same way; or `keep` what there is, with a warning if the reading was at fault.
 */
export type NextStep = "abandon" | "again" | "giveUp" | "keep";

/**
 * Decides what becomes of a segment. This is the only place that does: the guard says how a reading sounds, and the
 * schedule finds the worker for the second one.
 */
export function nextStep({ fault, passedOn, attempt, wanted }: ReadingResult): NextStep {
  if (!wanted) return "abandon";
  if (passedOn) return "keep";
  if (attempt === 0 && isWorthAnother(fault)) return "again";
  return isFatal(fault) ? "giveUp" : "keep";
}

/** Whether the worker could not be reached, so that a second reading is better tried with another. */
export function isUnreachable(fault: Reading["fault"]): boolean {
  return fault instanceof EngineError && fault.fault === "unreachable";
}

/** Reading the text once more can help: the engine broke, was cut off, or garbled it. */
function isWorthAnother(fault: Reading["fault"]): boolean {
  if (fault instanceof Error) return fault instanceof EngineError && ["broken", "unreachable"].includes(fault.fault);
  return fault !== undefined;
}

/** Going on with the next segment is useless. */
function isFatal(fault: Reading["fault"]): boolean {
  return fault instanceof Error && !(fault instanceof EngineError && fault.fault === "broken");
}
