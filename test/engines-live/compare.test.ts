import assert from "node:assert/strict";
import { test } from "vitest";
import { compare } from "./compare.ts";

test("figures are the same in digits and in words", () => {
  const heard = "the invoice is for one hundred and twenty-five dollars and it is due on March third";
  assert.deepEqual(
    compare("The invoice is for $125, and it is due on March 3.", [["$125"], ["March 3"]], heard, "en"),
    {
      ...{ errors: 0, words: 15, lost: [] },
    },
  );
  assert.deepEqual(
    compare("室温25°C，湿度60%。", [["25°C"], ["60%"]], "室温二十五摄氏度湿度百分之六十", "zh").lost,
    [],
  );
});

test("a wrong figure, a wrong name and a missing word are found", () => {
  const { errors, lost } = compare("Anna scored 92 points.", [["Anna"], ["92 points"]], "Hannah scored 82", "en");
  assert.deepEqual([errors, lost], [3, ["Anna", "92 points"]]);
  assert.equal(compare("小明考了98分。", [["98分"]], "小明考了九十九分", "zh").errors, 1);
});
