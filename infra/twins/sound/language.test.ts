import assert from "node:assert/strict";
import { test } from "vitest";
import { toRuns } from "./language.ts";

const runs = (text: string) => toRuns(text).map(({ language, text }) => `${language}:${text.trim()}`);

test("Latin words are English, the rest of a Chinese text is Chinese", () => {
  assert.deepEqual(runs("我用 GitHub 和 VS Code 写代码。"), [
    "zh:我用",
    "en:GitHub",
    "zh:和",
    "en:VS Code",
    "zh:写代码。",
  ]);
  assert.deepEqual(runs("设置 DUET_VLLM_URL 就行"), ["zh:设置", "en:DUET VLLM URL", "zh:就行"]);
  assert.deepEqual(runs("It costs 5 dollars."), ["en:It costs 5 dollars."]);
});

test("pauses follow the marks, on either side of a change of language", () => {
  assert.deepEqual(
    toRuns("我是 Duet，你好。").map(({ pauseSeconds }) => pauseSeconds),
    [0.03, 0.15, 0.28],
  );
  assert.equal(toRuns("好。")[0]?.pauseSeconds, 0.28);
});

test("numbers that espeak-ng misreads are written out", () => {
  assert.deepEqual(runs("2026 年 7:30 开门，9:00 关门"), ["zh:二零二六 年 7点30分 开门，9点整 关门"]);
  assert.deepEqual(runs("涨了 12.5%，零下-3℃"), ["zh:涨了 百分之12.5，零下零下3度"]);
  assert.deepEqual(runs("$4.50 或 ¥30，打 010-5550-0142"), ["zh:4.50美元 或 30元，打 零一零，五五五零，零一四二"]);
});

test("and in English", () => {
  assert.deepEqual(runs("A coffee is $4.50, two are $9.00, a car $30,000, yes. Call 555-0142."), [
    "en:A coffee is 4 dollars 50, two are 9 dollars, a car 30,000 dollars, yes. Call 5 5 5, 0 1 4 2.",
  ]);
});
