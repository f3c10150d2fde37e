import assert from "node:assert/strict";
import { it } from "vitest";
import { InvalidRequestError } from "../../common/errors/request-error.ts";
import type { ChatRequest, Sampling } from "../chat.ts";
import { withSampling } from "./sampling.ts";

/** The fields that are refused; none if the chat below is asked. */
async function refused(guesses: boolean, sampling: Sampling): Promise<string[]> {
  let asked = false;
  const chat = withSampling(() => guesses)(async function* () {
    asked = true;
    yield { type: "started", model: "m" };
  });
  try {
    await Array.fromAsync(chat({ sampling } as ChatRequest, new AbortController().signal));
    assert.ok(asked);
    return [];
  } catch (error) {
    assert.ok(error instanceof InvalidRequestError && !asked);
    return error.violations.map(({ field }) => field);
  }
}

const rows: [sampling: Sampling, fields: string[]][] = [
  [{}, []],
  [{ minP: 0, temperature: 1, seed: 3 }, []],
  [{ minP: 0.1 }, ["sampling.min_p"]],
  [{ minP: 0.1, logitBias: { 7: 1 } }, ["sampling.min_p", "sampling.logit_bias"]],
];
for (const [sampling, fields] of rows)
  it(`refuses ${fields.join(" and ") || "nothing"} of ${JSON.stringify(sampling)} while tokens are guessed`, async () => {
    assert.deepEqual(await refused(true, sampling), fields);
    assert.deepEqual(await refused(false, sampling), []);
  });
