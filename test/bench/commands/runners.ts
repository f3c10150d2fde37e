import { createRealRunner } from "../real/runner.ts";
import type { Runner } from "../runner.ts";
import { createVirtualRunner } from "../virtual/runner.ts";
import type { RunFlags } from "./flags.ts";

/**
 * What runs the cells of a scenario: real processes with virtual time beside them, or virtual time alone. Throws an
 * Error that names the flag which would do nothing.
 */
export function runnersOf({ replies: repliesFile, profile, gzip, virtual }: RunFlags, seed: number): Runner[] {
  const inVirtualTime = createVirtualRunner({ repliesFile, seed });
  if (virtual === true) {
    for (const [flag, value] of Object.entries({ "--profile": profile, "--gzip": gzip }))
      if (value !== undefined) throw new Error(`${flag} is for processes, of which there are none with --virtual`);
    return [inVirtualTime];
  }
  return [createRealRunner({ repliesFile, seed, profileInto: profile, gzip: gzip === true }), inVirtualTime];
}
