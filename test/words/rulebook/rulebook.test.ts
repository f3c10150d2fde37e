import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "vitest";
import { entriesOf, languagesWithRules } from "./examples.ts";
import { passRates, roundsOf } from "./rates.ts";
import { rulebook } from "./rulebook.ts";

it("docs/words.md is current", () => {
  const written = readFileSync(new URL("../../../docs/words.md", import.meta.url), "utf8");
  assert.ok(written === rulebook(), "docs/words.md is stale: npm run docs");
});

for (const language of languagesWithRules)
  it(`each rule of ${language} has a name of its own`, () => {
    const entries = entriesOf(language);
    assert.ok(entries.length > 0);
    for (const { name, rules } of entries)
      assert.ok(rules.length === 1 || rules[0]?.kind === name, `two rules are named ${name}`);
  });

it("counts what was right at first sight by day and language", () => {
  const row = { id: "1", text: "", accepted: [] };
  const rows = [
    { ...row, lang: "pt-BR", seen: "2027-01-02", right: true },
    { ...row, lang: "pt", seen: "2027-01-02", right: false },
    { ...row, lang: "zh", seen: "2027-01-01", right: true },
  ];
  assert.deepEqual(roundsOf(rows), [
    { seen: "2027-01-01", lang: "zh", right: 1, of: 1 },
    { seen: "2027-01-02", lang: "pt", right: 1, of: 2 },
  ]);
  assert.match(passRates(rows), /\| 2027-01-02 \|.* 50 % of 2 \|/);
});
