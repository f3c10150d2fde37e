import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, test } from "vitest";
import { environment } from "../support/environment.ts";
import type { FlagsQuestion } from "../support/flags.ts";
import { startProgram } from "../support/processes.ts";

const anyPort = "127.0.0.1:0";
const nowhere = "http://127.0.0.1:9";

/**
 * What tells the flags of V8 apart in a process that has called `collectByWhatIsHeld` with these arguments; with
 * undefined it has not.
 */
function tagAfter(args: string | undefined): number {
  const script = `
    const { collectByWhatIsHeld } = await import("./infra/process/collect.ts");
    ${args === undefined ? "" : `collectByWhatIsHeld(${args});`}
    console.log((await import("node:v8")).cachedDataVersionTag());`;
  const options = { cwd: join(import.meta.dirname, "../.."), env: environment(), encoding: "utf8" } as const;
  return Number(execFileSync(process.execPath, ["--input-type=module", "-e", script], options));
}

describe("garbage is collected by what is held", () => {
  test("by a flag where V8 does not do so by itself", () => {
    const [none, set] = [tagAfter(undefined), tagAfter('"14.7.173.20-node.1"')];
    assert.notEqual(set, none);
    assert.equal(tagAfter('"13.6.233.10-node.1"'), set);
    for (const later of ['"14.8.178.3-node.1"', '"15.0.1"']) assert.equal(tagAfter(later), none);
  });

  test.each([
    ["edge/main.ts", { DUET_EDGE_LISTEN: anyPort }],
    [
      "services/generate/main.ts",
      { DUET_VLLM_URL: nowhere, DUET_GENERATE_LISTEN: anyPort, DUET_GENERATE_ADMIN_LISTEN: anyPort },
    ],
    [
      "services/synthesize/main.ts",
      { DUET_FISH_URL: nowhere, DUET_SYNTHESIZE_LISTEN: anyPort, DUET_SYNTHESIZE_ADMIN_LISTEN: anyPort },
    ],
  ])("in %s", async (main, settings) => {
    const program = await startProgram(main, settings as Record<string, string>, {
      nodeArgs: ["--import", "./test/support/flags.ts"],
    });
    const { tag } = await program.ask<FlagsQuestion>({ type: "flags" });
    await program.stop();
    assert.equal(tag, tagAfter(""));
  });
});
