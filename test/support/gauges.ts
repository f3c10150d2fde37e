import assert from "node:assert/strict";
import type { HostedService } from "./services.ts";
import type { Stack } from "./stack.ts";

/** Settings with which the services say where their admin pages are: see `untilIdle`. */
export const sayAdmin = { DUET_LOG_LEVEL: "info" };

const gauges = /^duet_\w+_(?:calls_in_flight|sessions_in_flight|slots_in_use)\b.* (\d+)$/gm;

/**
 * Waits until neither service has a call, a session or a busy worker. The stack was started with `sayAdmin`; if much
 * will be logged, this is called before, so that the address is not forgotten.
 */
export async function untilIdle(
  { generate, synthesize }: Pick<Stack, "generate" | "synthesize">,
  limitMs = 5_000,
): Promise<void> {
  for (const program of [generate, synthesize]) {
    const deadline = performance.now() + limitMs;
    for (;;) {
      const page = await readMetrics(program);
      const left = [...page.matchAll(gauges)].filter(([, count]) => count !== "0").map(([line]) => line);
      assert.ok(page.includes("_calls_in_flight"), "the gauges are there");
      if (left.length === 0) break;
      assert.ok(performance.now() < deadline, `not within ${limitMs / 1000} s: ${left.join(", ")} is 0`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

/** Waits until a service has ended so many calls of an RPC, however they ended. */
export async function untilEnded(program: Written, rpc: string, count: number, limitMs = 20_000): Promise<void> {
  const line = new RegExp(`^duet_\\w+_calls_total\\{rpc="${rpc}",.*\\} (\\d+)$`, "gm");
  const deadline = performance.now() + limitMs;
  for (;;) {
    const ended = [...(await readMetrics(program)).matchAll(line)].reduce((sum, [, calls]) => sum + Number(calls), 0);
    if (ended >= count) return;
    assert.ok(performance.now() < deadline, `not within ${limitMs / 1000} s: ${ended} of ${count} calls have ended`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function readMetrics(program: Written): Promise<string> {
  return (await fetch(`${adminOf(program)}/metrics`)).text();
}

type Written = Pick<HostedService, "written">;
const admins = new WeakMap<Written, string>();

/** Its first line says it; remembered, as what was written is forgotten. */
function adminOf(program: Written): string {
  const said = admins.get(program) ?? /"admin":"([^"]+)"/.exec(program.written)?.[1];
  assert.ok(said !== undefined, "the program says where its admin pages are: start it with sayAdmin");
  admins.set(program, said);
  return `http://${said}`;
}
