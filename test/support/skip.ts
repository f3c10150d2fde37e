import type { TestOptions } from "vitest";

declare module "vitest" {
  interface TaskMeta {
    /** Why a test, or every test of a suite, is skipped on this machine. */
    skipped?: string;
  }
}

/**
 * The options of a test or suite that cannot run for `reason`; none if there is no reason. The run names each test
 * skipped so with its reason, and where `CI=true` it has failed.
 */
export function skipFor(reason: string | false): Pick<TestOptions, "skip" | "meta"> {
  return reason === false ? {} : { skip: true, meta: { skipped: reason } };
}
