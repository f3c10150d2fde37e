import assert from "node:assert/strict";
import { test } from "vitest";
import type { SeenTts } from "../../../infra/twins/fish/seen.ts";
import { spokenWork } from "./work.ts";

const seen = { body: { text: "好。" }, receivedAtMs: 100, partsAtMs: [], workMs: 0, clientLeft: false };
const spanOf = (differs: Partial<SeenTts>) => {
  const { startedAtMs, endedAtMs } = spokenWork(1000)({ ...seen, ...differs } as unknown as SeenTts);
  return [startedAtMs, endedAtMs];
};

for (const [state, differs, span] of [
  ["queued", {}, [1000, 1000]],
  ["running", { startedAtMs: 200 }, [200, 1000]],
  ["finished", { startedAtMs: 200, workMs: 50 }, [200, 250]],
  ["failed", { startedAtMs: 200, workMs: 50 }, [200, 250]],
  // Duet asks so to tell generations apart; an engine that were taken to work on would never be quiet.
  ["refused", {}, [100, 100]],
] as const)
  test(`a request that is ${state} lasts from ${span[0]} to ${span[1]}`, () =>
    assert.deepEqual(spanOf({ state, ...differs }), span));
