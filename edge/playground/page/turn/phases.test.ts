import assert from "node:assert/strict";
import { test } from "vitest";
import { PhaseKind } from "../../../gen/duet/assistant/v1/assistant_pb.ts";
import { worthTelling } from "./phases.ts";

test("what took long is told in the order of the turn, and what took hardly any time, or is not known, is not", () => {
  const phases = [
    { kind: PhaseKind.EDGE, ms: 2 },
    { kind: PhaseKind.FIRST_TOKEN, ms: 98 },
    { kind: PhaseKind.THINKING, ms: 0 },
    { kind: PhaseKind.ENGINE, ms: 200 },
    { kind: 99 as PhaseKind, ms: 100 },
  ];
  assert.deepEqual(worthTelling(phases), [
    { key: "phase.firstToken", ms: 98 },
    { key: "phase.engine", ms: 200 },
  ]);
  assert.deepEqual(worthTelling([]), []);
});

test("every phase of the contract has a name on the page", () => {
  for (const kind of Object.values(PhaseKind))
    if (kind !== PhaseKind.UNSPECIFIED) assert.equal(worthTelling([{ kind, ms: 1 }]).length, 1, `phase ${kind}`);
});
