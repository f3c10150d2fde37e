import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import type { Log } from "../../../infra/log/log.ts";
import { EngineError } from "../../common/errors/engine-error.ts";
import { createWorkerHealth } from "./worker-health.ts";

const gone = new EngineError("unreachable", "it is not there");
const noSound = new EngineError("misshapen", "it sent HTML");

/** Two workers, and what is logged of them. */
function create() {
  const clock = createVirtualClock();
  const lines: unknown[][] = [];
  const keep =
    (level: string) =>
    ({ server, ...more }: { server: string }, told: string) =>
      void lines.push([level, server, more, told]);
  const log = { info: keep("info"), warn: keep("warn") } as unknown as Log;
  const health = createWorkerHealth({ addresses: ["http://a", "http://b"], log, clock });
  return { clock, health, lines };
}

describe("a worker", () => {
  it("is told of at once where it sends no sound, and where it fails otherwise only once it is left out", () => {
    const { health, lines } = create();
    health.failed(0, gone);
    health.failed(1, new Error("broken"));
    assert.deepEqual(lines, []);
    health.failed(1, noSound);
    assert.deepEqual(lines.splice(0), [["warn", "http://b", {}, "it sent HTML"]]);
    health.changed(0, "away");
    const out = "the speech server at http://a is taken out of rotation: it is not there";
    assert.deepEqual(lines, [["warn", "http://a", {}, out]]);
  });

  it("that fell silent is told of without a reason", () => {
    const { health, lines } = create();
    health.changed(1, "away");
    assert.match(String(lines[0]?.at(-1)), /http:\/\/b is taken out of rotation: it does not respond$/);
    assert.match(health.trouble(1) ?? "", /http:\/\/b has sent nothing for longer/);
  });

  it("is told to be back with the seconds that it was away", async () => {
    const { clock, health, lines } = create();
    await clock.advance(5_000);
    health.changed(0, "away");
    lines.length = 0;
    await clock.advance(1_249);
    health.changed(0, "well");
    const back = "the speech server at http://a is back in rotation";
    assert.deepEqual(lines, [["info", "http://a", { seconds: 1.2 }, back]]);
  });

  it("is in trouble by its own last error, from when it is left out until it is back", () => {
    const { health } = create();
    health.failed(0, noSound);
    health.failed(0, gone);
    health.failed(1, new Error("another's"));
    assert.deepEqual([health.trouble(0), health.trouble(1)], [undefined, undefined]);
    for (const state of ["away", "faulty"] as const) {
      health.changed(0, state);
      assert.deepEqual([health.trouble(0), health.trouble(1)], ["it is not there", undefined]);
    }
    health.changed(0, "well");
    assert.equal(health.trouble(0), undefined);
    health.changed(0, "away");
    assert.match(health.trouble(0) ?? "", /has sent nothing/, "what was wrong before is over");
  });
});

describe("what callers are told while no worker takes work", () => {
  const told = (happen: (health: ReturnType<typeof create>["health"]) => void) => {
    const { health } = create();
    happen(health);
    const { fault, message, retryDelayMs } = health.outage;
    return [fault, message, retryDelayMs];
  };
  const nobody = ["unreachable", "no speech server of the voice responds", 1_000];

  it("is the error of one that is away, before any newer one, and to come again in a second or as it says", () => {
    const stalled = new EngineError("stalled", "it hangs", { retryDelayMs: 7_000 });
    assert.deepEqual(
      told((health) => {
        health.failed(0, gone);
        health.changed(0, "away");
        health.failed(1, stalled);
      }),
      ["unreachable", "it is not there", 1_000],
    );
    const onlyNew = told((health) => health.failed(1, stalled));
    assert.deepEqual(onlyNew, ["stalled", "it hangs", 7_000]);
  });

  it("is that none responds, where nothing is known, or what was sent is no caller's business", () => {
    assert.deepEqual(
      told(() => {}),
      nobody,
    );
    for (const error of [noSound, new Error("a mistake of ours")])
      assert.deepEqual(
        told((health) => health.failed(0, error)),
        nobody,
      );
  });
});
