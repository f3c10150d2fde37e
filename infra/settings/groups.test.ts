import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { groups } from "./groups.ts";
import type { Yaml } from "./kind.ts";
import { language, name, whole } from "./kinds.ts";
import { optional } from "./setting.ts";

const kind = groups({
  voice: optional(name, "The voice."),
  language: optional(language, "The language."),
  limits: { turns: optional(whole(1, 9), "How many.") },
});

describe("groups by name", () => {
  it("hold their settings, and nothing for what is not written", () => {
    const given = { shop: { voice: "anna", language: "en-us" }, "a.b": { limits: { turns: 3 } } };
    const reading = kind.fromYaml(given);
    assert.ok("value" in reading);
    assert.deepEqual(
      [...reading.value],
      [
        ["shop", { voice: "anna", language: "en-US", limits: { turns: undefined } }],
        ["a.b", { voice: undefined, language: undefined, limits: { turns: 3 } }],
      ],
    );
    assert.deepEqual(kind.toYaml(reading.value), { ...given, shop: { voice: "anna", language: "en-US" } });
    assert.deepEqual(kind.fromText(kind.write(reading.value)), reading, "a variable says the same");
    assert.equal(kind.write(new Map()), "");
  });

  const faults: [what: string, value: Yaml, at: (string | undefined)[], fault: RegExp][] = [
    ["a text", "shop", [undefined], /must be a map of names/],
    ["a list", [{ voice: "anna" }], [undefined], /must be a map of names/],
    ["a bad name", { "a shop": { voice: "anna" } }, ["a shop"], /must have a name of/],
    ["a name too long", { ["a".repeat(65)]: { voice: "anna" } }, ["a".repeat(65)], /must have a name of/],
    ["nothing below a name", { shop: null }, ["shop"], /must be a map of settings/],
    ["an empty group", { shop: {} }, ["shop"], /is empty/],
    ["a text for a group", { shop: "anna" }, ["shop"], /must be a map of settings/],
    ["what is no setting", { shop: { voise: "anna" } }, ["shop.voise"], /use one of voice, language, limits/],
    ["a name of every object", { shop: { toString: "a" } }, ["shop.toString"], /is an unknown setting/],
    ["a wrong value", { shop: { language: "en_US" } }, ["shop.language"], /BCP 47/],
    ["an empty text", { shop: { voice: "" } }, ["shop.voice"], /must not be empty/],
    ["a value for a group inside", { shop: { limits: 3 } }, ["shop.limits"], /must be a map of settings/],
    ["a wrong value inside", { shop: { limits: { turns: 10 } } }, ["shop.limits.turns"], /from 1 to 9/],
    ["several", { a: {}, b: { voice: 1 }, c: { limits: { turn: 1 } } }, ["a", "b.voice", "c.limits.turn"], /is empty/],
  ];
  it.each(faults)("are refused for %s", (_, value, at, fault) => {
    const reading = kind.fromYaml(value);
    assert.ok("fault" in reading);
    assert.match(reading.fault, fault);
    assert.deepEqual([reading.at, ...(reading.besides ?? []).map(({ at }) => at)], at);
  });

  it("in a variable are JSON", () => {
    assert.deepEqual(kind.fromText("shop: { voice: anna }"), { fault: "must be JSON" });
    assert.ok("value" in kind.fromText('{"shop":{"voice":"anna"}}'));
  });
});
