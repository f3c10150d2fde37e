import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { skipFor } from "../support/skip.ts";
import type { Stack } from "../support/stack.ts";
import { ask, reaches } from "./actions.ts";
import { noBrowser, startBrowser, visit } from "./browser.ts";
import { startPageStack } from "./stack.ts";

describe("without eyes, without a mouse, without motion", skipFor(noBrowser), () => {
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

  it("what is announced is what the answer does, never the answer itself, and each once", async () => {
    const { page, leave } = await visit(browser, stack.url, {}, () => {
      const said: string[] = [];
      Reflect.set(globalThis, "said", said);
      addEventListener("DOMContentLoaded", () => {
        for (const region of document.querySelectorAll("[aria-live], [role=status], [role=alert]"))
          new MutationObserver(() => said.push(region.textContent?.trim() ?? "")).observe(region, {
            childList: true,
            characterData: true,
            subtree: true,
          });
      });
    });
    await ask(page, "[[say:The river runs on, past fields and towns.]]");
    await reaches(page.locator(".turn"), "done");
    const said = await page.evaluate(() => Reflect.get(globalThis, "said") as string[]);
    const ofAnswer = said.filter(
      (words) => /^(Thinking|Writing|Speaking|Done|river)/.test(words) || words.includes("river"),
    );
    assert.deepEqual(
      ofAnswer.filter((words) => words.includes("river")),
      [],
    );
    assert.deepEqual([...new Set(ofAnswer)], ofAnswer, "nothing is said twice");
    assert.equal(ofAnswer.at(-1), "Done");
    const live = await page
      .locator(".answer")
      .evaluate((answer) => answer.closest("[aria-live], [role=status], [role=log]"));
    assert.equal(live, null);
    await leave();
  });

  it("Tab goes through the page from top to bottom, and every stop has a name", async () => {
    const { page, leave } = await visit(browser, stack.url);
    await ask(page, "[[say:Good morning.]]");
    await reaches(page.locator(".turn"), "done");
    await page.getByRole("button", { name: "Conversations" }).focus();
    const stops = ["Conversations"];
    for (let presses = 0; presses < 40 && stops.at(-1) !== "Your question"; presses++) {
      await page.keyboard.press("Tab");
      stops.push(
        await page.evaluate(() => {
          const stop = document.activeElement as HTMLElement | null;
          const label = (stop as HTMLSelectElement | null)?.labels?.[0]?.querySelector("span")?.textContent;
          return stop?.ariaLabel ?? label ?? stop?.textContent?.trim() ?? "";
        }),
      );
    }
    assert.ok(!stops.includes(""), stops.join());
    const wanted = ["Conversations", "New conversation", "Voice", "Volume", "Play again", "Copy the answer"];
    const places = [...wanted, "Download the sound (WAV)", "Your question"].map((name) => stops.indexOf(name));
    assert.ok(!places.includes(-1), stops.join());
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
      stops.join(),
    );
    await leave();
  });

  it("the panel holds the focus, and gives it back", async () => {
    const { page, leave } = await visit(browser, stack.url, { locale: "zh-CN" });
    const show = page.getByRole("button", { name: "对话列表" });
    await show.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "对话列表" }).waitFor();
    for (let presses = 0; presses < 6; presses++) {
      await page.keyboard.press("Tab");
      const isOutside = await page.evaluate(() => {
        const { activeElement } = document;
        return activeElement !== document.body && activeElement?.closest("#sessions") === null;
      });
      assert.equal(isOutside, false);
    }
    await page.keyboard.press("Escape");
    assert.ok(await show.evaluate((button) => button === document.activeElement));
    await leave();
  });

  it("nothing moves for whoever wants it still", async () => {
    const { page, leave } = await visit(browser, stack.url, { reducedMotion: "reduce" });
    await ask(page, "[[tokens:60]]");
    await reaches(page.locator(".turn"), "speaking");
    const moving = await page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ effect }) => Number(effect?.getComputedTiming().endTime ?? 0) > 1)
        .map((animation) => (animation as CSSAnimation).animationName),
    );
    assert.deepEqual(moving, []);
    await leave();
  });
});
