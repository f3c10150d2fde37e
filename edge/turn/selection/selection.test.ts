import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import { selectValues } from "./selection.ts";

/** What is spoken of a text, however it is cut. */
function spokenOf(written: string, paths: readonly string[] = [], cut = written.length): string {
  const selection = selectValues(paths);
  const chars = [...written];
  let out = "";
  for (let at = 0; at < chars.length; at += Math.max(1, cut)) out += selection.take(chars.slice(at, at + cut).join(""));
  return out;
}

const answer = JSON.stringify({
  mood: "glad",
  reply: 'He said "hi" –\n你好 😀.',
  steps: [
    { text: "One.", minutes: 5 },
    { text: "Two.", minutes: -1.5e3, done: true },
  ],
  none: null,
});

describe("of an answer in JSON", () => {
  const rows: [name: string, paths: string[], spoken: string][] = [
    ["every text is spoken where nothing is named", [], 'glad\nHe said "hi" –\n你好 😀.\nOne.\nTwo.'],
    ["one value by its name", ["reply"], 'He said "hi" –\n你好 😀.'],
    ["values in a list, by the names that lead through it", ["steps.text"], "One.\nTwo."],
    ["a figure where it is named", ["steps.minutes"], "5\n-1500"],
    ["all that a named object or list holds", ["steps"], "One.\n5\nTwo.\n-1500"],
    ["several, in the order in which they are written", ["steps.text", "mood"], "glad\nOne.\nTwo."],
    ["nothing by a name that leads nowhere, or to what is neither text nor figure", ["none", "repl", "steps.done"], ""],
  ];
  for (const [name, paths, spoken] of rows)
    it(name, () => {
      for (const cut of [1, 3, 1000]) assert.equal(spokenOf(answer, paths, cut), spoken);
    });

  it("an empty name is a name", () => {
    assert.equal(spokenOf('{"":{"reply":"no"},"reply":{"":"yes"}}', ["reply"]), "yes");
  });

  it("names are never spoken, nor what is no JSON", () => {
    for (const text of ["Hello.", "", "{", '{"a"', "}}]],,::", '{"a":tru', "\\u12"]) assert.equal(spokenOf(text), "");
  });

  it("one that is cut off is spoken as far as it is there", () => {
    assert.equal(spokenOf('{"reply":"Hello th'), "Hello th");
    assert.equal(spokenOf('{"reply":"a\\ud83d\\ude00b\\ud83d'), "a😀b");
  });

  it("a list or a text alone has no name, and is spoken", () => {
    assert.equal(spokenOf('["a","b"]'), "a\nb");
    assert.equal(spokenOf('"a"'), "a");
  });
});

it("objects within objects cost no more the deeper they lie", () => {
  const took = (depth: number) => {
    const selection = selectValues(["x".repeat(200)]);
    const began = performance.now();
    selection.take('{"name":1,"inner":'.repeat(depth));
    return performance.now() - began;
  };
  took(1_000);
  const [shallow, deep] = [took(2_000), took(20_000)];
  assert.ok(deep < 40 * shallow + 50, `${shallow} ms, and ${deep} ms for ten times as much`);
});

it("any JSON is read as the parser reads it, and each offset leads back to what was written there", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(
      fc.array(fc.oneof(text, fc.record({ inner: text })), { minLength: 1 }),
      fc.boolean(),
      (value, spaced) => {
        const written = spaced
          ? JSON.stringify(value, undefined, 1)
          : JSON.stringify(value).replace(
              /[^\x20-\x7e]/g,
              (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
            );
        const texts = value.map((item) => (typeof item === "string" ? item : item.inner));
        const selection = selectValues([]);
        const spoken = selection.take(written);
        assert.equal(spoken, texts.join("\n"));
        // Each text, from its first to its last character.
        const all = [...written];
        let at = 0;
        for (const one of texts) {
          const length = [...one].length;
          const event = { case: "warning", value: { start: at, end: at + length } } as const;
          const { start = 0, end = 0 } = selection.locate(event).value as { start?: number; end?: number };
          assert.equal(JSON.parse(`"${all.slice(start, end).join("")}"`), one);
          at += length + 1;
        }
      },
    ),
  );
});
