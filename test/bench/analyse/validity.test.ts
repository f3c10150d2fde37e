import assert from "node:assert/strict";
import { test } from "vitest";
import type { CellRun, ProcessUse } from "../record.ts";
import { run } from "./known.ts";
import { judgeRun } from "./validity.ts";

const judge = (differs: Partial<CellRun> = {}, lateP99Ms = 1) => judgeRun(run(differs), { lateP99Ms });
const using = (role: ProcessUse["role"], differs: Partial<ProcessUse>) => ({
  processes: run().processes.map((one) => (one.role === role ? { ...one, ...differs } : one)),
});
const machine = (differs: object) => ({ machine: { cores: 2, busy: 0.2, ours: 0.19, stolen: 0, ...differs } });

test("a quiet run is valid, also where the machine does not tell", () => {
  assert.deepEqual(judge(), []);
  assert.deepEqual(judge({ machine: undefined }), []);
  assert.deepEqual(judge({ time: "virtual", processes: [], machine: undefined }), []);
});

for (const [what, faults, told] of [
  ["a starved client", judge(using("client", { cpuMs: 8100 })), /^client was the bottleneck: 81 % of a core$/],
  ["a client that was late to look", judge(using("client", { loopDelayP99Ms: 40 })), /^client was late: .* 40 ms$/],
  ["turns begun late", judge({}, 31), /^turns began late: 31 ms$/],
  ["engines that are the bottleneck", judge(using("engine", { cpuMs: 9000 })), /^fish was the bottleneck: 90 %/],
  [
    "a machine that others use",
    judge(machine({ busy: 0.5 })),
    /^the machine was busy with something else: 31 % of it$/,
  ],
  ["a machine that is taken away", judge(machine({ stolen: 0.05 })), /^its host took 5 % of the machine away$/],
] as const)
  test(`${what}: not valid, and that alone is told`, () => {
    assert.equal(faults.length, 1, faults.join());
    assert.match(faults[0] as string, told);
  });

test("a side that is busy is what is measured", () => {
  assert.deepEqual(judge(using("side", { cpuMs: 9900, loopDelayP99Ms: 300 })), []);
});
