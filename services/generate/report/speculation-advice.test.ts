import assert from "node:assert/strict";
import fc from "fast-check";
import { it } from "vitest";
import { advise, type SpeculationFacts } from "./speculation-advice.ts";

const facts = (given: Partial<SpeculationFacts> = {}): SpeculationFacts => ({
  speculation: { method: "eagle3", numSpeculativeTokens: 3 },
  tensor: 1,
  quantization: undefined,
  meanAcceptanceLength: 2.24,
  meanBatch: 8,
  ...given,
});

it("breaks even near 90 requests, three guesses and 2.24 tokens a step on one card", () => {
  const advice = advise(facts());
  assert.equal(advice?.action, "keep");
  assert.ok(advice !== undefined && Math.abs(advice.breakEvenBatch - 91) <= 1, String(advice?.breakEvenBatch));
});

const rows: [what: string, given: Partial<SpeculationFacts>, action: string | undefined][] = [
  ["larger batches than it pays for", { meanBatch: 120 }, "limitBatch"],
  ["a head that guesses badly", { meanAcceptanceLength: 1.1 }, "turnOff"],
  [
    "a look-up that finds little",
    { speculation: { method: "ngram", numSpeculativeTokens: 4 }, meanAcceptanceLength: 1.01 },
    "changeMethod",
  ],
  ["every guess right", { meanAcceptanceLength: 4, meanBatch: 250 }, "keep"],
  ["off and quiet", { speculation: undefined, meanBatch: 5 }, "turnOn"],
  ["off and busy", { speculation: undefined, meanBatch: 80 }, "keep"],
  ["off and idle", { speculation: undefined, meanBatch: 0 }, "keep"],
  ["nothing measured", { meanAcceptanceLength: undefined }, undefined],
];
for (const [what, given, action] of rows)
  it(`advises for ${what}`, () => {
    const advice = advise(facts(given));
    assert.equal(advice?.action, action);
    if (action !== undefined && action !== "keep") assert.match(advice?.text ?? "", /engine\.vllm\.speculation/);
  });

it("breaks even later the more guesses are right", () => {
  const length = fc.double({ min: 1.2, max: 3.9, noNaN: true });
  fc.assert(
    fc.property(length, length, (a, b) => {
      const [worse, better] = [Math.min(a, b), Math.max(a, b)].map(
        (meanAcceptanceLength) => advise(facts({ meanAcceptanceLength }))?.breakEvenBatch ?? 0,
      );
      assert.ok((worse as number) <= (better as number));
    }),
  );
});
