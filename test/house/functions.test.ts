import assert from "node:assert/strict";
import { test } from "vitest";
import { functionsOf, judgeFunctions, measureFunctions, mostLines } from "./functions.ts";
import { sourceFiles } from "./imports.ts";
import { root } from "./tool.ts";

/** Too long for now. */
const allowed: readonly string[] = [];

test("no function of the product is too long", () => {
  const files = sourceFiles(root).filter((file) => !file.startsWith("test/") && !/\.test\.ts$/.test(file));
  const functions = files.flatMap((file) => functionsOf(root, file));
  assert.ok(functions.length > 2500, `only ${functions.length} functions were found`);
  assert.deepEqual(judgeFunctions(functions, allowed), []);
});

/** A function body of so many lines. */
const body = (lines: number) => `{\n${"  work();\n".repeat(lines - 2)}}`;

test("every kind of function is measured and named", () => {
  const source = [
    `export function declared() ${body(3)}`,
    `const arrow = async () => ${body(4)};`,
    `const { taken } = { method() ${body(5)}, get got() ${body(6)}, value: function () ${body(7)} };`,
    `class Thing { #hidden = () => ${body(8)}; constructor() ${body(9)} *#made() ${body(10)} }`,
    `export default () => ${body(11)};`,
    "declare function typed(): void;",
  ].join("\n");
  const found = measureFunctions("edge/a.ts", source).map(({ name, lines }) => [name, lines]);
  const named = ["declared", "arrow", "method", "got", "value", "hidden", "constructor", "made", ""];
  assert.deepEqual(
    found,
    named.map((name, at) => [name, at + 3]),
  );
});

test("a nested function counts towards the one around it, too", () => {
  const found = measureFunctions("edge/a.ts", `function outer() {\n  const inner = () => ${body(5)};\n}`);
  assert.deepEqual(
    found.map(({ name, lines }) => [name, lines]),
    [
      ["outer", 7],
      ["inner", 5],
    ],
  );
});

test("a function that is one line too long is named unless allowed, and so is an entry that is not needed", () => {
  const of = (lines: number) => [{ file: "edge/a.ts", name: "long", lines }];
  assert.deepEqual(judgeFunctions(of(mostLines), []), []);
  assert.match(judgeFunctions(of(mostLines + 1), []).join(), /^edge\/a\.ts long has 91 lines; the most is 90/);
  assert.deepEqual(judgeFunctions(of(mostLines + 1), ["edge/a.ts long"]), []);
  assert.match(judgeFunctions(of(mostLines), ["edge/a.ts long"]).join(), /^edge\/a\.ts long is short enough/);
  assert.match(judgeFunctions([], ["edge/gone.ts long"]).join(), /^edge\/gone\.ts long is short enough/);
});
