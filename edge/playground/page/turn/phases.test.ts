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

test("every phase of the contract has its own name on the page", () => {
  for (const [name, kind] of Object.entries(PhaseKind)) {
    if (kind === PhaseKind.UNSPECIFIED) continue;
    const own = name.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
    assert.deepEqual(worthTelling([{ kind, ms: 1 }]), [{ key: `phase.${own}`, ms: 1 }]);
  }
});
