import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { isLasting, normalizeQuestion } from "./normalize.ts";

describe("questions that are one", () => {
  for (const [one, other] of [
    ["营业时间是什么？", "请问 营业时间 是什么呢"],
    ["What are your opening hours?", "please,  what are your OPENING hours"],
    ["ＷｉＦｉ密码", "wifi密码！"],
    ["“怎么退货？”", "怎么退货谢谢"],
  ] as const)
    it(`${one} | ${other}`, () => assert.equal(normalizeQuestion(one), normalizeQuestion(other)));
});

describe("questions that are not", () => {
  for (const [one, other] of [
    ["5-3", "5+3"],
    ["-5度", "5度"],
    ["C++", "C#"],
    ["1/2", "1 2"],
    ["3.14", "3 14"],
    ["x²", "x2"],
    ["①②", "12"],
    ["可以退货吗", "可以退货了"],
    ["可以退货", "不可以退货"],
    ["turn on the light", "turn off the light"],
    ["😀", "😢"],
    ["İ", "i"],
    ["?", "!"],
  ] as const)
    it(`${one} | ${other}`, () => assert.notEqual(normalizeQuestion(one), normalizeQuestion(other)));
});

describe("answers of a moment are not kept", () => {
  for (const question of [
    "今天天气怎么样",
    "what is the price now",
    "我的订单",
    "where is order 123456",
    "what is near me",
  ])
    it(question, () => assert.equal(isLasting(question), false));
  it("and others are", () => assert.ok(["营业时间是什么", "what is a mynah", "nowhere"].every(isLasting)));
});
