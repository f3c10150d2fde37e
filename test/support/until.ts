import assert from "node:assert/strict";

/**
 * Resolves once `holds` does; fails with `what` if that takes longer than `limitMs`. For what happens in another
 * process or socket.
 */
export async function until(what: string, holds: () => boolean, limitMs = 5_000): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!holds()) {
    assert.ok(performance.now() < deadline, `not within ${limitMs / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
