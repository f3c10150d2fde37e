import assert from "node:assert/strict";
import { describe, it } from "vitest";
import type { Yaml } from "./kind.ts";
import { openings, usualOpenings } from "./openings.ts";

describe("openings by language", () => {
  it("are lists, of which a variable says the same", () => {
    const given = { en: ["Good question.", "Well now!"], "zh-hant": ["讓我想想。"], es: ["¡Buena pregunta!"], ja: [] };
    const reading = openings.fromYaml(given);
    const { "zh-hant": hant, ...others } = given;
    assert.deepEqual(reading, { value: { ...others, "zh-Hant": hant } });
    assert.ok("value" in reading);
    assert.deepEqual(openings.fromText(openings.write(reading.value)), reading);
  });

  const faults: [what: string, value: Yaml, at: (string | undefined)[], fault: RegExp][] = [
    ["a list", ["Good question."], [undefined], /must be a map of lists/],
    ["a text for a list", { en: "Good question." }, ["en"], /must be a list of texts/],
    ["a figure", { en: ["Good question.", 3] }, ["en"], /must be a list of texts/],
    ["a name that is no tag", { en_US: ["Good question."] }, ["en_US"], /BCP 47/],
    ["a language twice", { "en-us": [], "en-US": [] }, ["en-US"], /names en-US twice/],
    ["a text without a mark", { en: ["Good question"] }, ["en[0]"], /single clause/],
    ["two clauses", { zh: ["好的，让我想想。"] }, ["zh[0]"], /single clause/],
    ["digits", { en: ["Give me 2 seconds."] }, ["en[0]"], /single clause/],
    ["markup", { en: ["**Good** question."] }, ["en[0]"], /single clause/],
    ["two lines", { en: ["Good\nquestion."] }, ["en[0]"], /single clause/],
    ["an empty text", { en: ["Good question.", ""] }, ["en[1]"], /single clause/],
    ["a long text", { en: [`${"a".repeat(40)}.`] }, ["en[0]"], /at most 40/],
    ["a text twice", { en: ["Well.", "Good.", "Well."] }, ["en[2]"], /twice/],
    ["too many", { en: Array.from({ length: 33 }, (_, at) => `${"a".repeat(at + 1)}.`) }, ["en"], /at most 32/],
    ["several", { en: ["a"], "x y": [], fr: ["b"] }, ["en[0]", "x y", "fr[0]"], /single clause/],
  ];
  it.each(faults)("are refused for %s", (_, value, at, fault) => {
    const reading = openings.fromYaml(value);
    assert.ok("fault" in reading);
    assert.match(reading.fault, fault);
    assert.deepEqual([reading.at, ...(reading.besides ?? []).map(({ at }) => at)], at);
  });

  it("that are usual are right", () => assert.deepEqual(openings.fromYaml(usualOpenings), { value: usualOpenings }));

  it("in a variable are JSON", () => assert.deepEqual(openings.fromText("en: Good"), { fault: "must be JSON" }));
});
