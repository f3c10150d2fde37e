import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { skipFor } from "../support/skip.ts";
import type { Stack } from "../support/stack.ts";
import { isWide } from "../support/wide.ts";
import { noBrowser, outputPath, startBrowser, visit } from "./browser.ts";
import { startPageStack } from "./stack.ts";

const desktop = { width: 1280, height: 860 };
const phone = { width: 360, height: 740 };
// Each language, size and scheme meets each other one at least once.
const visitors = [
  { locale: "zh-CN", size: "desktop", viewport: desktop, colorScheme: "light" },
  { locale: "zh-CN", size: "phone", viewport: phone, colorScheme: "dark" },
  { locale: "en", size: "desktop", viewport: desktop, colorScheme: "light" },
  { locale: "en", size: "phone", viewport: phone, colorScheme: "dark" },
] as const;
/** All, or two that have nothing in common. */
const visiting = isWide ? visitors : [visitors[0], visitors[3]];
const questions = {
  "zh-CN": { table: "一张表格", prices: "数字和价格", code: "一段代码" },
  en: { table: "A table", prices: "Numbers and prices", code: "Some code" },
};
const docs = { "zh-CN": "查阅和试用 API", en: "Read and try the API" };

describe("how the page looks", skipFor(noBrowser), () => {
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

  for (const { locale, size, viewport, colorScheme } of visiting)
    it(`${locale}, ${size}, ${colorScheme}: everything fits and stays readable`, async () => {
      const { page, complaints, leave } = await visit(browser, stack.url, { locale, viewport, colorScheme });
      const shoot = async (name: string) =>
        page.screenshot({ path: await outputPath(`${locale}-${size}-${colorScheme}-${name}.png`) });
      await shoot("greeting");
      await assertFits(page, "the greeting");
      await page.locator("#show-sessions").click();
      await page.locator("#sessions .docs").waitFor();
      await shoot("panel");
      await page.keyboard.press("Escape");
      for (const link of [".hero .docs", "#sessions .docs"])
        assert.equal(await page.locator(link).textContent(), docs[locale]);
      for (const [name, label] of Object.entries(questions[locale])) {
        await page.locator("#questions button", { hasText: label }).first().click();
        const turn = page.locator(".turn").last();
        await turn.and(page.locator('[data-state="speaking"]')).waitFor();
        await turn.locator(".tools .copy").waitFor();
        await turn.locator(".times").click();
        await turn.locator(".total .server").filter({ hasNotText: "–" }).waitFor();
        await shoot(name);
        await assertFits(page, name);
      }
      assert.ok(await page.locator(".answer table tbody tr").first().isVisible());
      assert.ok(await page.locator(".answer pre code").isVisible());
      assert.deepEqual(complaints, []);
      await leave();
    });

  it("speaks the browser's language, and the other one when asked, now and on the next visit", async () => {
    const { page, leave } = await visit(browser, stack.url, { locale: "zh-CN" });
    assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
    assert.match(await page.locator("#questions button").first().innerText(), /\p{Script=Han}/u);
    await page.locator("#language").click();
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    assert.equal(await page.getByRole("textbox").getAttribute("placeholder"), "Ask something");
    await page.reload();
    await page.getByRole("button", { name: /^A table/ }).waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    await leave();
  });

  it("offers the server's voices and asks with the chosen one", async () => {
    const { page, leave } = await visit(browser, stack.url);
    const voice = page.getByRole("combobox", { name: "Voice" });
    await voice.locator("option").nth(1).waitFor({ state: "attached" });
    const names = await voice
      .locator("option")
      .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
    assert.ok(names.length > 1);
    const chosen = names.at(-1) as string;
    await voice.selectOption(chosen);
    const request = page.waitForRequest(/Converse$/);
    await page.getByRole("button", { name: /^A list/ }).click();
    assert.ok((await request).postDataBuffer()?.includes(chosen));
    await leave();
  });

  it("says plainly that a script answers, and which setting plugs in a model", async () => {
    const { page, leave } = await visit(browser, stack.url);
    const notice = await page.locator("#notice").innerText();
    assert.match(notice, /scripted.*not a model.*DUET_VLLM_URL/is);
    await leave();
  });

  it("is worked by keyboard alone", async () => {
    const { page, leave } = await visit(browser, stack.url);
    await page.keyboard.press("Shift+Tab");
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    assert.match(await focused(), /^Some code|^一段代码/);
    await page.keyboard.press("Enter");
    await page.locator('.turn[data-state="speaking"]').waitFor();
    await page.keyboard.press("Escape");
    await page.locator('.turn[data-state="stopped"]').waitFor();
    await page.getByRole("textbox").focus();
    await page.keyboard.type("one");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("two");
    assert.equal(await page.getByRole("textbox").inputValue(), "one\ntwo");
    await leave();
  });
});

/** Nothing is cut off at the side, and what a person needs is in view. */
async function assertFits(page: Page, what: string): Promise<void> {
  const { wide, view } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, view: innerWidth }));
  assert.ok(wide <= view, `${what} is ${wide} pixels wide on a page of ${view}`);
  for (const control of [
    "#show-sessions",
    "#new-session",
    "#voice",
    "#show-volume",
    "#language",
    "#ask textarea",
    "#ask .send",
  ]) {
    const box = await page.locator(control).boundingBox();
    assert.ok(box !== null && box.x >= 0 && box.x + box.width <= view, `${control} with ${what}`);
  }
}
