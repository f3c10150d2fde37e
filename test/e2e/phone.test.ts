import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { skipFor } from "../support/skip.ts";
import type { Stack } from "../support/stack.ts";
import { ask, reaches } from "./actions.ts";
import { noBrowser, outputPath, startBrowser, visit } from "./browser.ts";
import { startPageStack } from "./stack.ts";

const answer = `[[say:${"The river runs on, past fields and towns. ".repeat(14).trim()}]]`;

describe("on a phone", skipFor(noBrowser), () => {
  let stack: Stack;
  let browser: Browser;
  beforeAll(async () => {
    stack = await startPageStack({ timeScale: 0.1 });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.close();
  });

  for (const { locale, width, height } of [
    { locale: "zh-CN", width: 360, height: 640 },
    { locale: "en-US", width: 390, height: 844 },
  ])
    it(`${locale}, ${width} × ${height}: nothing hides below the input`, async () => {
      const viewport = { width, height };
      const { page, complaints, leave } = await visit(browser, stack.url, { locale, viewport, hasTouch: true });
      await assertFree(page, "the greeting", [".hero h1", ".hero p", ".dock .kept", "#questions button"]);
      await ask(page, answer);
      const turn = page.locator(".turn");
      await reaches(turn, "speaking");
      // All of it is written, and most of it is still to be heard.
      await turn.locator(".tools .copy:not([hidden])").waitFor({ state: "attached" });
      await assertFree(page, "an answer longer than the page", [".hold", ".progress", ".clock", ".state"]);
      await page.screenshot({ path: await outputPath(`${locale}-${width}-speaking.png`) });
      await page.locator(".hold").click();
      await reaches(turn, "paused");
      await page.locator(".times").click();
      await page.locator(".timeline").waitFor();
      await settles(page);
      await assertFree(page, "where the time went", [".times", ".timeline", ".timeline table"]);
      await page.locator("#ask .stop").click();
      await reaches(turn, "stopped");
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await assertFree(page, "the end of the page", [".replay", ".copy", ".download", ".times", ".timeline"]);
      await page.screenshot({ path: await outputPath(`${locale}-${width}-times.png`) });

      // A keyboard takes the lower half.
      await page.setViewportSize({ width, height: 320 });
      await page.locator("#ask textarea").fill("很长的问题，一行放不下。".repeat(20));
      await settles(page);
      await assertInside(page, ["#ask", "#ask textarea", "#ask .send", "header"]);
      const { dock, view } = await page.evaluate(() => ({
        dock: document.querySelector(".dock")?.getBoundingClientRect().height ?? 0,
        view: innerHeight,
      }));
      assert.ok(dock < view / 2, `the dock takes ${dock} of ${view} pixels`);
      await page.screenshot({ path: await outputPath(`${locale}-${width}-keyboard.png`) });

      await page.setViewportSize(viewport);
      await page.locator("#show-sessions").click();
      await page.locator("#sessions li").first().waitFor();
      await settles(page);
      await assertInside(page, [
        "#sessions",
        "#sessions .new",
        "#sessions .close",
        "#sessions .remove",
        "#sessions .kept",
      ]);
      await page.keyboard.press("Escape");
      await page.locator("#show-volume").click();
      await assertInside(page, ["#volume", "#mute", "#volume-level"]);
      assert.deepEqual(complaints, []);
      await leave();
    });

  it("what the finger aims at is large enough, and stays clear of the rounded corners", async () => {
    const { page, leave } = await visit(browser, stack.url, { viewport: { width: 360, height: 640 }, hasTouch: true });
    await ask(page, "[[say:Good morning.]]");
    await reaches(page.locator(".turn"), "done");
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("button, select, textarea")]
        .map((element) => ({ name: element.id || element.className, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
        .map(({ name }) => name),
    );
    assert.deepEqual(small, []);
    const css = await (await fetch(`${stack.url}/playground.css`)).text();
    for (const side of ["top", "right", "bottom", "left"])
      assert.ok(css.includes(`env(safe-area-inset-${side})`), side);
    await leave();
  });

  for (const { locale, says } of [
    {
      locale: "en-US",
      says: "Too long: 8,201 characters, at most 8,000. Shorten it by 201, or ask in parts. Nothing was cut off.",
    },
    { locale: "zh-CN", says: "太长了：8,201 个字符，最多 8,000 个。 请删去 201 个，或者分几次问。内容都还在。" },
  ])
    it(`a pasted text that is too long says so at once, and nothing of it is lost: ${locale}`, async () => {
      const { page, leave } = await visit(browser, stack.url, { locale, viewport: { width: 360, height: 640 } });
      const field = page.locator("#ask textarea");
      // One of two UTF-16 units counts once, as the server counts.
      const long = `${"长".repeat(8_200)}😀`;
      await field.fill(long);
      assert.equal(await page.locator("#count").innerText(), says);
      assert.equal(await field.getAttribute("aria-invalid"), "true");
      assert.ok(await page.locator("#ask .send").isDisabled());
      await field.press("Enter");
      assert.equal(await page.locator(".turn").count(), 0);
      assert.equal(await field.inputValue(), long);
      await assertFree(page, "a text that is too long", ["#count"]);
      await page.screenshot({ path: await outputPath(`${locale}-too-long.png`) });
      await field.fill("长".repeat(8_000));
      assert.ok(await page.locator("#ask .send").isEnabled());
      assert.equal(await field.getAttribute("aria-invalid"), "false");
      await field.fill("长");
      assert.equal(await page.locator("#count").isVisible(), false);
      await leave();
    });
});

/** Waits until nothing moves any more. */
async function settles(page: Page): Promise<void> {
  const places = () =>
    page.evaluate(() => [scrollY, document.querySelector(".dock")?.getBoundingClientRect().top, innerHeight].join());
  for (let before = "", now = await places(); before !== now; ) {
    await page.waitForTimeout(120);
    before = now;
    now = await places();
  }
  // A drawer slides in for a while; what pulses for ever is not waited for.
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState, effect }) => {
      return playState !== "running" || effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY;
    }),
  );
}

/** These are to be seen whole: in the view, and not below the header or the composer. */
async function assertFree(page: Page, what: string, selectors: readonly string[]): Promise<void> {
  await settles(page);
  const covered = await page.evaluate((selectors) => {
    const found: string[] = [];
    const field = document.querySelector("#ask")?.getBoundingClientRect().top ?? 0;
    for (const selector of selectors)
      for (const element of document.querySelectorAll(selector)) {
        const box = element.getBoundingClientRect();
        if (box.width === 0) continue;
        const points = [box.left + 2, (box.left + box.right) / 2, box.right - 2].flatMap((x) =>
          [box.top + 2, box.bottom - 2].map((y) => document.elementFromPoint(x, y)),
        );
        const isFree = points.every((top) => top !== null && (element.contains(top) || top.contains(element)));
        if (!isFree || box.bottom > field + 1)
          found.push(`${selector} ${Math.round(box.top)}–${Math.round(box.bottom)}`);
      }
    return found;
  }, selectors);
  assert.deepEqual(covered, [], what);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${what} is ${wide} pixels too wide`);
}

/** These lie wholly within the view. */
async function assertInside(page: Page, selectors: readonly string[]): Promise<void> {
  const view = page.viewportSize() ?? { width: 0, height: 0 };
  for (const selector of selectors) {
    const box = await page.locator(selector).first().boundingBox();
    assert.ok(box !== null, selector);
    const { x, y, width, height } = box;
    const isInside = x >= 0 && y >= 0 && x + width <= view.width + 0.5 && y + height <= view.height + 0.5;
    assert.ok(isInside, `${selector}: ${JSON.stringify(box)} in ${JSON.stringify(view)}`);
  }
}
