import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runInNewContext } from "node:vm";
import { describe, type TestContext, test } from "vitest";
import { bundleFolder, isFresh, runBundle } from "../../process/bundled.ts";
import { inLatin1, makeBundles } from "./make.ts";

interface Said {
  readonly word: string;
  readonly url: string;
  readonly stack: string;
}

// As with Node's `--enable-source-maps`.
process.setSourceMapsEnabled(true);
const said: Said[] = [];
Object.assign(globalThis, { say: (what: Said) => said.push(what) });

/** A tree with one program, which says a word of another file, where it thinks it is, and a stack. */
function makeTree(t: TestContext, word: string) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "duet-bundle-")));
  t.onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, "parts"));
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(root, "run.ts"),
    [
      "interface Word { readonly text: string }",
      'import { word } from "./parts/word.ts";',
      'import { later } from "./parts/later.ts";',
      "const it: Word = { text: word };",
      "globalThis.say({ word: it.text, url: import.meta.url, stack: new Error().stack });",
      "globalThis.later = later;",
    ].join("\n"),
  );
  const tell = (text: string) => writeFileSync(join(root, "parts/word.ts"), `export const word: string = "${text}";\n`);
  tell(word);
  writeFileSync(
    join(root, "parts/later.ts"),
    'export const later = async () => (await import("./rare.ts")).rare as string;\n',
  );
  writeFileSync(join(root, "parts/rare.ts"), 'export const rare = "rare";\n');
  return { root, tell };
}

const run = (program: string, root: string) => {
  said.length = 0;
  return runBundle(program, root) ? said[0] : undefined;
};

describe("the bundle of a program", () => {
  test("is the program: it knows where its sources are, and its map where each line comes from", async (t) => {
    const { root } = makeTree(t, "one");
    assert.equal(run("it", root), undefined);
    assert.deepEqual(await makeBundles({ root, entries: { it: "run.ts" } }), ["it"]);
    const told = run("it", root);
    assert.equal(told?.word, "one");
    assert.equal(told.url, pathToFileURL(join(root, "run.ts")).href);
    assert.ok(told.stack.includes(join(root, "run.ts:5:")), told.stack);
  });

  test("is one file, in which a running program finds what it loads later", async (t) => {
    const { root } = makeTree(t, "one");
    await makeBundles({ root, entries: { it: "run.ts" } });
    assert.equal(run("it", root)?.word, "one");
    rmSync(join(root, bundleFolder("it")), { recursive: true });
    const { later } = globalThis as unknown as { later: () => Promise<string> };
    assert.equal(await later(), "rare");
  });

  test("is left alone until a source changes, and made anew then", async (t) => {
    const { root, tell } = makeTree(t, "one");
    const options = { root, entries: { it: "run.ts" } };
    await makeBundles(options);
    assert.deepEqual(await makeBundles(options), []);
    tell("three");
    assert.equal(isFresh("it", root), false);
    assert.equal(run("it", root), undefined);
    assert.deepEqual(await makeBundles(options), ["it"]);
    assert.equal(run("it", root)?.word, "three");
  });

  test("is not run where it is broken, and made anew", async (t) => {
    const { root } = makeTree(t, "one");
    const options = { root, entries: { it: "run.ts" } };
    await makeBundles(options);
    truncateSync(join(root, bundleFolder("it"), "program.cjs"), 200);
    assert.equal(run("it", root), undefined);
    assert.deepEqual(await makeBundles(options), ["it"]);
    writeFileSync(join(root, bundleFolder("it"), "sources.json"), "{");
    assert.equal(run("it", root), undefined);
    assert.deepEqual(await makeBundles(options), ["it"]);
    assert.equal(run("it", root)?.word, "one");
  });

  test("that is sealed is run without a look at the sources", async (t) => {
    const { root } = makeTree(t, "one");
    await makeBundles({ root, entries: { it: "run.ts" }, sealed: true });
    rmSync(join(root, "parts"), { recursive: true });
    assert.equal(run("it", root)?.word, "one");
  });
});

describe("the code of a bundle", () => {
  const rows: [code: string, wanted: string][] = [
    ["'日' + `月` + /[中-年]/u.test('今年')", "'\\u65e5' + `\\u6708` + /[\\u4e2d-\\u5e74]/u.test('\\u4eca\\u5e74')"],
    ["'😀' + 'é' + 'ÿ' + 'Ā'", "'\\ud83d\\ude00' + 'é' + 'ÿ' + '\\u0100'"],
    // An escape would be read as six characters there.
    ["String.raw`\\d年` + '日'", "String.raw`\\d年` + '日'"],
    ["String.raw`\\d` + '日'", "String.raw`\\d` + '\\u65e5'"],
  ];
  for (const [code, wanted] of rows)
    test(`takes one byte a character where that changes nothing: ${code}`, () => {
      assert.equal(inLatin1(code), wanted);
      assert.deepEqual(evaluate(inLatin1(code)), evaluate(code));
    });
});

const evaluate = (code: string): unknown => runInNewContext(code);
