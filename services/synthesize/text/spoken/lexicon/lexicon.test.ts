import assert from "node:assert/strict";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "vitest";
import { createSegmenter } from "../../segmenter/segmenter.ts";
import { createSpokenForm } from "../spoken.ts";
import { type LexiconFileOptions, openLexiconFile } from "./file.ts";
import { createLexicon, type Lexicon, type LexiconByLanguage } from "./lexicon.ts";
import { parseLexicon } from "./parse.ts";

function said(text: string, lexicon: Lexicon, language?: string): string {
  const segmenter = createSegmenter();
  const spokenForm = createSpokenForm({ lexicon, ...(language === undefined ? {} : { language }) });
  return [...segmenter.push(text), ...segmenter.flush()].map((clause) => spokenForm.speak(clause).spoken).join(" ");
}
const spoken = (text: string, words: LexiconByLanguage, language?: string) =>
  said(text, createLexicon(words), language);

describe("words of the lexicon", () => {
  it("are said as it says, whole words in Latin letters in any case", () => {
    const all = { 重庆: "chong2 qing4", SQL: "sequel", 长安: "常安", 歌曲格式: "mp3" };
    assert.equal(spoken("重庆的SQL和NoSQL，sql", { all }), "虫庆的sequel和NoSQL， sequel");
    assert.equal(spoken("长安街", { all }), "常安街");
    assert.equal(spoken("歌曲格式", { all }), "mp3");
  });

  it("come before the rules, the longest first", () => {
    const zh = { "5G": "五代", "5G网络": "新网络" };
    assert.equal(spoken("用5G网络看5G新闻。", { zh }), "用新网络看五代新闻。");
  });

  it("count in clauses of their language", () => {
    const words = { zh: { Java: "爪哇" }, en: { Java: "jah va" } };
    assert.equal(spoken("他在学Java。", words), "他在学爪哇。");
    assert.equal(spoken("He is learning Java now.", words), "He is learning jah va now.");
  });

  it("of a tag come before those of its language, and those before all others'", () => {
    const words = {
      all: { ACME: "one", Foo: "all foo" },
      fr: { ACME: "two", Bar: "fr bar" },
      "fr-CA": { ACME: "three" },
    };
    assert.equal(spoken("Foo Bar ACME est pour vous.", words, "fr-CA"), "all foo fr bar three est pour vous.");
    assert.equal(spoken("Foo Bar ACME est pour vous.", words, "fr"), "all foo fr bar two est pour vous.");
  });

  it("that belong to every object are none", () =>
    assert.equal(spoken("constructor toString", {}), "constructor toString"));
});

describe("a lexicon file", () => {
  it("holds languages and their words, texts whatever YAML takes them for", () =>
    assert.deepEqual(
      structuredClone(parseLexicon("all:\n  1.10: one ten\n  'no': 1.50\nzh:\n  重庆: chong2 qing4\nen:\n")),
      {
        all: { "1.10": "one ten", no: "1.50" },
        zh: { 重庆: "chong2 qing4" },
        en: {},
      },
    ));

  it("may be empty", () => assert.deepEqual(parseLexicon("# nothing yet\n"), {}));

  const faults: [what: string, content: string, message: RegExp][] = [
    ["no map", "- a\n", /^line 1: the file must be a map of languages/],
    ["no language", "all: {}\nchinese-language: {}\n", /^line 2: a language must be a BCP 47 tag/],
    ["a language twice", "zh: {}\nZH: {}\n", /^line 2: this language is listed twice/],
    ["words without a language", "重庆: chong2 qing4\n", /^line 1: a language must be/],
    ["a list of words", "zh:\n  - 重庆\n", /^line 2: a language must be a map of words/],
    ["a word twice", "zh:\n  a: b\n  a: c\n", /^line 3: /],
    ["no reading", "zh:\n  重庆:\n", /^line 2: the pronunciation of a word/],
    ["signs for a reading", "zh:\n  重庆: '…'\n", /^line 2: the pronunciation of a word/],
    ["a slip in pinyin", "zh:\n  重庆: chong2 qingg4\n", /^line 2: syllable 2 of the pinyin does not exist/],
    ["a text for a word", `zh:\n  ${"长".repeat(101)}: a\n`, /^line 2: a word must have 1 to 100/],
    [
      "a text for a reading",
      `zh:\n  长: ${"长".repeat(101)}\n`,
      /^line 2: the pronunciation of a word must have at most 100/,
    ],
    ["broken YAML", 'zh:\n  a: "b\n', /^line \d: /],
  ];
  for (const [what, content, message] of faults)
    it(`is refused for ${what}`, () => assert.throws(() => parseLexicon(content), { name: "LexiconError", message }));

  function folder(context: TestContext): string {
    const path = mkdtempSync(join(tmpdir(), "duet-"));
    context.onTestFinished(() => rmSync(path, { recursive: true }));
    return path;
  }
  function listen() {
    const told: [level: string, line: unknown][] = [];
    const tell = (level: string) => (facts: unknown) => void told.push([level, (facts as { line?: number }).line]);
    return {
      told,
      log: { info: tell("info"), warn: tell("warn") } as unknown as LexiconFileOptions["log"],
    };
  }

  it("is read again when it has changed, and the last good one stays while it is broken or away", async (context) => {
    const file = join(folder(context), "words.yaml");
    const { told, log } = listen();
    writeFileSync(file, "all: { ACME: one }\n");
    const lexicon = await openLexiconFile({ file, setting: "DUET_SYNTHESIZE_LEXICON", log });
    const now = async () => said("ACME", await lexicon.current());
    assert.equal(await now(), "one");
    writeFileSync(file, "all: { ACME: two two }\n");
    assert.equal(await now(), "two two");
    writeFileSync(file, "all:\n  ACME: [\n");
    assert.deepEqual(await Promise.all([now(), now(), now()]), ["two two", "two two", "two two"]);
    assert.equal(await now(), "two two");
    writeFileSync(`${file}.new`, "all: { ACME: three }\n");
    renameSync(`${file}.new`, file);
    assert.equal(await now(), "three");
    rmSync(file);
    assert.deepEqual([await now(), await now()], ["three", "three"]);
    assert.deepEqual(
      told.map(([level]) => level),
      ["info", "warn", "info", "warn"],
    );
    assert.ok(typeof told[1]?.[1] === "number");
  });

  it("must be good when it is opened", async (context) => {
    const file = join(folder(context), "words.yaml");
    const { log } = listen();
    await assert.rejects(
      openLexiconFile({ file, setting: "DUET_SYNTHESIZE_LEXICON", log }),
      /^Error: DUET_SYNTHESIZE_LEXICON: .*ENOENT/,
    );
    writeFileSync(file, "zh:\n  a:\n");
    await assert.rejects(
      openLexiconFile({ file, setting: "DUET_SYNTHESIZE_LEXICON", log }),
      /^Error: DUET_SYNTHESIZE_LEXICON: .*words\.yaml: line 2: /,
    );
  });
});
