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

it("counts what was right at first sight by day, round and language", () => {
  const row = { text: "", accepted: [] };
  const rows = [
    { ...row, id: "pt-10-001", lang: "pt-BR", seen: "2027-01-02", right: true },
    { ...row, id: "pt-10-002", lang: "pt", seen: "2027-01-02", right: false },
    { ...row, id: "pt-b9-001", lang: "pt", seen: "2027-01-02", right: false },
    { ...row, id: "mix-10-001", lang: "mix", seen: "2027-01-02", right: true },
    { ...row, id: "some", lang: "zh", seen: "2027-01-01", right: true },
  ];
  assert.deepEqual(roundsOf(rows), [
    { seen: "2027-01-01", round: "", lang: "zh", right: 1, of: 1 },
    { seen: "2027-01-02", round: "9", lang: "pt", right: 0, of: 1 },
    { seen: "2027-01-02", round: "10", lang: "pt", right: 1, of: 2 },
    { seen: "2027-01-02", round: "10", lang: "mix", right: 1, of: 1 },
  ]);
  const table = passRates(rows);
  assert.match(table, /\n\| 2027-01-01 \| 100 % of 1 \|/);
  assert.match(
    table,
    /\n\| 2027-01-02, round 9 \|.* 0 % of 1 \|\n\| 2027-01-02, round 10 \|.* 100 % of 1 \|.* 50 % of 2 \|/,
  );
});
