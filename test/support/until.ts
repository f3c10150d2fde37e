import assert from "node:assert/strict";

/** Resolves once `holds` does; fails with `what` if that takes longer than 5 s. For what happens in another process or socket. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!holds()) {
    assert.ok(performance.now() < deadline, `not within 5 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
