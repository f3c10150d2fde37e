import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { type FactKind, lostFacts, type Say } from "./lost-facts.ts";

const kinds = (text: string, say: Say, decimalMark: "." | "," = "."): FactKind[] => [
  ...new Set(lostFacts(text, say, { decimalMark }).map(({ kind }) => kind)),
];
const dropping = (signs: RegExp) => (text: string) => text.replace(signs, "");
const saying = (signs: RegExp, word: string) => (text: string) => text.replace(signs, word);

describe("a reading that loses a fact is found out", () => {
  const rows: [what: string, text: string, faulty: Say, kind: FactKind][] = [
    ["a number is lost before its letter", "It got 1.2K comments.", saying(/\d\.\dK/, "K"), "figure"],
    [
      "a number is lost but for its order of size",
      "We have 12.5K users.",
      saying(/\d\d\.\dK/, "one thousand K"),
      "figure",
    ],
    ["the second of two numbers is lost", "定员3人，共5人。", dropping(/(?<=，共)\d/), "figure"],
    ["a range is joined to one number", "3〜5日でお届けします。", dropping(/〜/), "border"],
    ["a range of decimals is joined", "0.5～1.0秒です", dropping(/～/), "border"],
    ["clock times are joined", "9:00〜18:00", dropping(/〜/), "border"],
    ["a power is joined as if it were bold", "2**10 equals 1024", dropping(/\*\*/), "border"],
    ["a range is two numbers in a row", "3-5 Tage", saying(/-/, " "), "sign"],
    ["a range is a pause", "25–32°C", saying(/–/, ", "), "sign"],
    ["a minus is lost", "Il fait −5 °C.", dropping(/−/), "sign"],
    ["a hyphen for a minus is lost", "El saldo es -50 €", dropping(/-/), "sign"],
    ["a minus in a list is lost", "x = -2, -3", dropping(/-(?=3)/), "sign"],
    ["a minus in brackets is lost", "12 - (-3) = 15", dropping(/(?<=\()-/), "sign"],
    ["a degree is lost", "25℃です", dropping(/℃/), "sign"],
    ["a root is lost", "√16 ≠ 5", dropping(/√/), "sign"],
    ["an inequality is lost", "√16 ≠ 5", dropping(/≠ /), "sign"],
    ["a bound is lost", "内存>4GB", dropping(/>/), "sign"],
    ["a bound in percent is lost", "成功率>99%", dropping(/>/), "sign"],
    ["a percent is lost", "成功率99%", dropping(/%/), "sign"],
    ["a price is a bare number", "It costs $5.", dropping(/\$/), "sign"],
    ["a minus between words of an equation is lost", "净资产=总资产-总负债。", dropping(/-/), "sign"],
    ["a minus before a word in brackets is lost", "(220-年龄)×2", dropping(/-/), "sign"],
    [
      "a minus after a power is left to a voice that skips it",
      "a²-b²",
      (text) => text.replaceAll("²", "的平方"),
      "sign",
    ],
    ["a key is lost", "拨打*06#", dropping(/[*#]/g), "sign"],
    ["a sign of a password is lost", "密码是Ab12_cd#9", dropping(/[_#]/g), "sign"],
    ["a minus is a range in brackets", "(120-30)÷2=45", saying(/[-~]/, "到"), "meaning"],
    ["a minus is a range before a factor", "(20-5)×3", saying(/[-~]/, "比"), "meaning"],
    ["a range is an approximation", "199元~299元", saying(/，?,? ?~/, "约"), "meaning"],
    ["a range is a sum", "3~5天", saying(/[~+]/, "加"), "meaning"],
    ["a range up to a minus is only the minus", "20~-10°C", saying(/~|, (?=-)/, " "), "meaning"],
    ["decimals are lost", "It is 3.5 today.", dropping(/\.(?=\d)/), "decimal"],
  ];
  for (const [what, text, faulty, kind] of rows)
    it(what, () => assert.ok(kinds(text, faulty).includes(kind), kinds(text, faulty).join(" ")));

  it("a decimal comma is a list", () =>
    assert.deepEqual(kinds("Temperatura 12,5 stopnia", saying(/12,\s?5/, "twelve, five"), ","), ["decimal"]));
});

describe("nothing is said against what is left as it is written", () => {
  const rows = [
    "3〜5日でお届けします。",
    "2~3일 내에 도착합니다",
    "Il fait −5 °C, demain +3 °C.",
    "Das kostet 1.234,50 € oder 12,5 %.",
    "14:30–16:00, 3/4, 1,234 and 10 000",
    "2×3=6, 8÷2=4, 5≥3",
    "电话400-123-4567，取件码A-3-2017",
    "x = -2, -3",
    "",
    "没有数字。",
  ];
  for (const text of rows)
    it(text, () =>
      assert.deepEqual(
        lostFacts(text, (said) => said),
        [],
      ),
    );
});

describe("what may be silent is not asked for", () => {
  const silent = (text: string) => text.replace(/[-:]/g, "");
  for (const text of [
    "电话400-123-4567",
    "Call 555-123-4567 now",
    "GPT-4 and RTX-4090",
    "3C:52:82:4F",
    "030 / 901-0",
    "089 4567-12",
  ])
    it(text, () => assert.deepEqual(lostFacts(text, silent), []));
  it("group marks, and decimals of nothing but zeros", () =>
    assert.deepEqual(
      lostFacts("1,234.00", (text) => text.replace(/,/g, "").replace(".00", "")),
      [],
    ));
});
