import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { skipFor } from "../support/skip.ts";
import type { Stack } from "../support/stack.ts";
import { noBrowser, outputPath, startBrowser, visit } from "./browser.ts";
import { startPageStack } from "./stack.ts";

const answer = [
  "这台机器的价格是 ¥1,299.50，打八折。",
  "",
  "| 型号 | 内存 |",
  "| --- | --- |",
  "| 小号 | 16GB |",
  "",
  "```js",
  "const price = 1;",
  "```",
  "",
  "就这些。",
].join("\n");

describe("captions", skipFor(noBrowser), () => {
  let stack: Stack;
  let browser: Browser;
  beforeAll(async () => {
    stack = await startPageStack({ timeScale: 0.2 });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.close();
  });

  it("light up a price, a table and what follows code as they were written, in the order in which they are said", async () => {
    const { page, complaints, leave } = await visit(browser, stack.url, { locale: "zh-CN" });
    await page.getByRole("textbox").fill(`[[say:${answer}]]`);
    await page.getByRole("textbox").press("Enter");
    const turn = page.locator(".turn");
    await turn.and(page.locator('[data-state="speaking"]')).waitFor();

    const lit: string[] = [];
    let pictured = false;
    while ((await turn.getAttribute("data-state")) === "speaking") {
      const word = await page.evaluate(() => [...(CSS.highlights.get("word") ?? [])].map(String).join(""));
      if (word !== "" && word !== lit.at(-1)) lit.push(word);
      if (/16|内存/.test(word) && !pictured) {
        pictured = true;
        await page.screenshot({ path: await outputPath("one-answer.png") });
      }
      await page.waitForTimeout(20);
    }
    const said = lit.join("|");
    const places = [/1,299\.50/, /八折|八|折/, /小/, /16/, /就这些|这些/].map((what) => said.search(what));
    assert.ok(!places.includes(-1), said);
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
      said,
    );
    assert.equal(lit.filter((word) => word.includes("const")).length, 1, `code is named as a whole: ${said}`);
    assert.ok(pictured);
    assert.deepEqual(complaints, []);
    await leave();
  });
});
