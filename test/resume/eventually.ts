import assert from "node:assert/strict";

/**
 * Resolves once `holds` does; fails with `what` if that takes longer than 10 s. For what has to be asked of another
 * process.
 */
export async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await holds())) {
    assert.ok(performance.now() < deadline, `not within 10 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
