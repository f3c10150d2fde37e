/**
 * Figures against plain readers of their own, which look at nothing around them: numbers however their digits are
 * grouped, years and times of the clock, in English and Chinese. A rule that fires where it should not, beside another
 * or at the edge of its reach, is seen here.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import { createSegmenter } from "../segmenter/segmenter.ts";
import { createSpokenForm } from "./spoken.ts";

const numRuns = Number(process.env.WORDS_RUNS ?? 100);

function said(text: string, language: string): string {
  const segmenter = createSegmenter();
  const form = createSpokenForm({ language });
  return [...segmenter.push(text), ...segmenter.flush()].map((clause) => form.speak(clause).spoken).join(" ");
}

const ones =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const tens = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

function english(n: number): string {
  if (n < 20) return ones[n] ?? "";
  if (n < 100) return `${tens[Math.floor(n / 10)]}${n % 10 === 0 ? "" : `-${ones[n % 10]}`}`;
  for (const [size, name] of [
    [1e9, "billion"],
    [1e6, "million"],
    [1e3, "thousand"],
    [100, "hundred"],
  ] as const)
    if (n >= size) return `${english(Math.floor(n / size))} ${name}${n % size === 0 ? "" : ` ${english(n % size)}`}`;
  return "";
}

/**
 * A number of Chinese: four places under each of 万 and 亿, a nought for those that are skipped, 两 before 千, 万 and 亿 at
 * its head.
 */
function chinese(n: number): string {
  let text = "";
  let isSkipped = false;
  for (const [place, digit] of [...String(n)].entries()) {
    const left = String(n).length - 1 - place;
    if (digit === "0") isSkipped = true;
    else {
      text += `${isSkipped ? "零" : ""}${"零一二三四五六七八九"[Number(digit)]}${["", "十", "百", "千"][left % 4]}`;
      isSkipped = false;
    }
    if (left % 4 > 0) continue;
    // Noughts at the end of four places are not said; four of them are, as one.
    isSkipped = Math.floor(n / 10 ** left) % 1e4 === 0;
    if (left === 8) text += "亿";
    if (left === 4 && !isSkipped) text += "万";
  }
  return text
    .replace(/^一十/, "十")
    .replace(/^二(?=[千万亿])/, "两")
    .replace(/^二$/, "两");
}

const digits = (text: string) => [...text].map((digit) => "零一二三四五六七八九"[Number(digit)]).join("");

/** Of every length alike. */
const number = fc
  .tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 0, max: 9_999_999_999 }))
  .map(([length, any]) => Number(String(any).slice(0, length)))
  .filter((n) => n > 2);
const grouped = (n: number, separator: string) => String(n).replace(/\B(?=(?:\d{3})+$)/g, separator);

describe("English", () => {
  it("reads a number however it is grouped", () => {
    fc.assert(
      fc.property(number, fc.constantFrom("", ",", "\u202f", "\u00a0", "\u2009"), (n, separator) => {
        assert.equal(
          said(`There were ${grouped(n, separator)} people there.`, "en"),
          `There were ${english(n)} people there.`,
        );
      }),
      { numRuns },
    );
  });

  it("reads a year by its halves", () => {
    for (let year = 1100; year < 2100; year++) {
      const [century, rest] = [Math.floor(year / 100), year % 100];
      const isThousand = year >= 2000 && year < 2010;
      const last = rest === 0 ? "hundred" : rest < 10 ? `oh ${english(rest)}` : english(rest);
      const read = isThousand ? english(year) : `${english(century)} ${last}`;
      assert.equal(said(`In ${year}, it rained.`, "en"), `In ${read}, it rained.`);
    }
  });

  it("reads a time of the clock, wherever it stands", () => {
    for (let hour = 0; hour < 24; hour++)
      for (const minute of [0, 1, 9, 10, 30, 59]) {
        const shown = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
        const whole = hour === 0 || hour > 12 ? "hundred" : "o'clock";
        const read = `${english(hour)} ${minute === 0 ? whole : minute < 10 ? `oh ${english(minute)}` : english(minute)}`;
        for (const frame of ["At # we left.", "We left at #.", "It is # now.", "The shop is open until #."])
          assert.equal(said(frame.replace("#", shown), "en"), frame.replace("#", read));
      }
  });
});

describe("Chinese", () => {
  it("reads a number however it is grouped", () => {
    fc.assert(
      fc.property(number, fc.constantFrom("", ","), (n, separator) => {
        assert.equal(said(`一共有${grouped(n, separator)}人。`, "zh"), `一共有${chinese(n)}人。`);
      }),
      { numRuns },
    );
  });

  it("reads a year digit by digit", () => {
    for (let year = 1000; year < 2100; year++)
      assert.equal(said(`在${year}年下雨。`, "zh"), `在${digits(String(year))}年下雨。`);
  });

  it("reads a time of the clock, wherever it stands", () => {
    for (let hour = 0; hour < 24; hour++)
      for (const minute of [0, 1, 9, 10, 30, 59]) {
        const shown = `${hour}:${String(minute).padStart(2, "0")}`;
        const whole = `${hour === 0 ? "零" : chinese(hour)}点`;
        const read = `${whole}${minute === 0 ? "" : `${minute < 10 ? "零" : ""}${chinese(minute).replace("两", "二")}分`}`;
        for (const frame of ["我们#出发。", "会议从#开始。", "商店开到#。", "现在是#。"])
          assert.equal(said(frame.replace("#", shown), "zh"), frame.replace("#", read));
      }
  });
});

describe("a number that is grouped as its language does is read as one that is not", () => {
  const languages: Readonly<Record<string, readonly [frame: string, separators: readonly string[]]>> = {
    de: ["Es waren # Menschen da.", [".", "\u202f", "\u00a0"]],
    fr: ["Il y avait # personnes.", ["\u202f", "\u00a0"]],
    es: ["Había # personas allí.", [".", "\u202f", "\u00a0"]],
    it: ["C'erano # persone.", [".", "\u202f", "\u00a0"]],
    pt: ["Havia # pessoas ali.", [".", "\u202f", "\u00a0"]],
    ru: ["Там было # человек.", ["\u202f", "\u00a0"]],
    ja: ["全部で#人います。", [","]],
    ko: ["모두 #명입니다.", [","]],
  };
  for (const [language, [frame, separators]] of Object.entries(languages))
    it(language, () => {
      fc.assert(
        fc.property(fc.integer({ min: 10_000, max: 999_999_999 }), fc.constantFrom(...separators), (n, separator) => {
          assert.equal(
            said(frame.replace("#", grouped(n, separator)), language),
            said(frame.replace("#", String(n)), language),
          );
        }),
        { numRuns: Math.ceil(numRuns / 2) },
      );
    });
});

describe("a date is read alike however it is written", () => {
  const months = "January February March April May June July August September October November December".split(" ");
  const dates = fc.record({
    year: fc.integer({ min: 1950, max: 2069 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  });
  const two = (n: number) => String(n).padStart(2, "0");

  it("in English", () => {
    fc.assert(
      fc.property(dates, ({ year, month, day }) => {
        const name = months[month - 1] ?? "";
        const began = (date: string) => said(`It began on ${date}.`, "en");
        for (const date of [
          `${year}-${two(month)}-${two(day)}`,
          `${month}/${day}/${year}`,
          `${two(month)}/${two(day)}/${year}`,
          `${name.slice(0, 3)} ${day}, ${year}`,
          `${name} ${day} ${year}`,
        ])
          assert.equal(began(date), began(`${name} ${day}, ${year}`), date);
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    );
  });

  it("in Chinese", () => {
    fc.assert(
      fc.property(dates, ({ year, month, day }) => {
        const began = (date: string) => said(`会议在${date}开始。`, "zh");
        for (const mark of "-/.")
          for (const date of [[year, month, day].join(mark), [year, two(month), two(day)].join(mark)])
            assert.equal(began(date), began(`${year}年${month}月${day}日`), date);
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    );
  });
});
