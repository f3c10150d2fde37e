import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { type AbbreviationKind, abbreviationKind, initials, insideAfter } from "./abbreviations.ts";

/** What the tables of the languages come to: texts that stand before a full stop. */
const kinds: Readonly<Record<string, readonly (readonly [text: string, kind: AbbreviationKind | undefined])[]>> = {
  "as its table says": [
    ["etc", "any"],
    ["e.g", "never"],
    ["Mr", "never"],
    ["Inc", "name"],
    ["no", "number"],
    ["art", "number"],
    ["lantern", undefined],
  ],
  "the one that does less harm, where tables differ": [
    ["min", "number"],
    ["sec", "number"],
    ["Vol", "never"],
    ["ext", "never"],
    ["Dr", "never"],
    ["Fr", "name"],
    ["Mgr", "name"],
    ["incl", "name"],
    ["Sr", "name"],
  ],
  "never the end before a name that looks like one": [
    ["Al", "name"],
    ["Rod", "name"],
  ],
  "with a capital at the start of a sentence too, but for titles": [
    ["Etc", "any"],
    ["No", "number"],
    ["E.g", "never"],
    ["mr", undefined],
    ["inc", undefined],
    ["ETC", undefined],
  ],
  "of several words by the last of them": [
    ["z. B", "never"],
    ["z.B", "never"],
    ["Z. B", "never"],
    ["Dipl.-Ing", "never"],
    ["et al", "name"],
    ["EE. UU", "name"],
    ["al", undefined],
    ["B", undefined],
    ["UU", undefined],
  ],
};

for (const [rule, rows] of Object.entries(kinds))
  describe(`an abbreviation means ${rule}`, () => {
    for (const [text, kind] of rows)
      it(`${text}: ${kind ?? "none"}`, () => {
        const [last = ""] = /[\p{L}.]*$/u.exec(text) ?? [];
        assert.equal(
          abbreviationKind(last, (length) => text.slice(-length)),
          kind,
        );
      });
  });

it("knows what goes on inside an abbreviation, behind its first full stop", () => {
  assert.ok(insideAfter.get("EE")?.has("UU"));
  assert.deepEqual([...(insideAfter.get("z") ?? [])].sort(), ["B", "Hd", "T", "Z", "Zt"]);
  assert.equal(insideAfter.get("lantern"), undefined);
  assert.equal(insideAfter.get(""), undefined);
});

it("takes letters with full stops, or one capital, for initials", () => {
  for (const word of ["U.S", "J", "e.g", "Ä", "д.п.н"]) assert.ok(initials.test(word), word);
  for (const word of ["j", "US", "U.", "U.Sa", "5.S", ".S", "aU.S", ""]) assert.ok(!initials.test(word), word);
});
