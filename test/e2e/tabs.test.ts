import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { skipFor } from "../support/skip.ts";
import type { Stack } from "../support/stack.ts";
import { ask, call, keptOf, reaches, sessionOf } from "./actions.ts";
import { noBrowser, outputPath, startBrowser, visit } from "./browser.ts";
import { startPageStack } from "./stack.ts";

const service = "duet.assistant.v1.AssistantService";
const story = `[[say:${"The river runs on, past fields and towns. ".repeat(6).trim()}]]`;

describe("a conversation in several places", skipFor(noBrowser), () => {
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

  it("is one in two tabs: what is said in one is read in the other, and what is deleted is gone in both", async () => {
    const { page, leave } = await visit(browser, stack.url);
    await ask(page, "[[say:From here.]]");
    await reaches(page.locator(".turn"), "done");
    const name = await sessionOf(page);
    const other = await openIn(page, stack.url, name);
    await other.locator(".answer", { hasText: "From here." }).waitFor();
    await ask(other, "[[say:From there.]]");
    await reaches(other.locator(".turn").nth(1), "done");
    await page.locator(".answer", { hasText: "From there." }).waitFor();
    assert.deepEqual(await page.locator(".answer").allInnerTexts(), ["From here.", "From there."]);
    assert.equal(await page.locator(".replay:visible").count(), 1, "the sound of the other tab is not here");

    await ask(page, story);
    await reaches(page.locator(".turn").nth(2), "speaking");
    await other.getByRole("button", { name: "Conversations" }).click();
    await other.locator("#sessions li .remove").first().click();
    await other.locator("#sessions .yes").first().click();
    await page.getByText("That conversation was deleted or has expired. This is a new one.").waitFor();
    assert.equal(await page.locator(".turn").count(), 0);
    await page.screenshot({ path: await outputPath("deleted-elsewhere.png") });
    await ask(page, "[[say:On we go.]]");
    await reaches(page.locator(".turn"), "done");
    assert.notEqual(await sessionOf(page), name);
    await leave();
  });

  it("is listed among the newest thirty, and the earlier ones behind them when asked", async () => {
    const { page, leave } = await visit(browser, stack.url);
    await ask(page, "[[say:Hello.]]");
    await reaches(page.locator(".turn"), "done");
    const userId = await page.evaluate(() => localStorage.getItem("duet.person"));
    const headers = { "content-type": "application/json" };
    const say = async (nth: number) => {
      const body = JSON.stringify({ text: `[[say:${nth}.]]`, sessionId: `later-${nth}`, userId });
      const left = new AbortController();
      const answer = await fetch(`${stack.url}/${service}/Converse`, {
        method: "POST",
        headers,
        body,
        signal: left.signal,
      });
      // It is kept before anything of it is sent.
      await answer.body?.getReader().read();
      left.abort();
    };
    await Promise.all(Array.from({ length: 32 }, (_, nth) => say(nth)));
    await page.getByRole("button", { name: "Conversations" }).click();
    const titles = page.locator("#sessions .title");
    const more = page.getByRole("button", { name: "Show more" });
    await more.waitFor();
    assert.equal(await titles.count(), 30);
    await more.click();
    await more.waitFor({ state: "hidden" });
    const all = await titles.allInnerTexts();
    assert.deepEqual([all.length, new Set(all).size, all.at(-1)], [33, 33, "[[say:Hello.]]"]);
    await page.locator("#sessions .close").click();
    await page.getByRole("button", { name: "Conversations" }).click();
    await more.waitFor();
    assert.equal(await titles.count(), 30, "opened again it begins anew");
    await leave();
  });

  it("deleted behind the page's back it says so: at a reload, and at the next question", async () => {
    const { page, leave } = await visit(browser, stack.url, { locale: "zh-CN" });
    await ask(page, "[[say:一。]]");
    await reaches(page.locator(".turn"), "done");
    await call(stack.url, "DeleteSession", { sessionId: await sessionOf(page) });
    await ask(page, "[[say:二。]]");
    await page.getByText("之前的对话已被删除或已过期，助手从这里重新开始。").waitFor();
    await reaches(page.locator(".turn").nth(1), "done");
    const places = await page.locator("#turns > *").evaluateAll((all) => all.map(({ className }) => className));
    assert.deepEqual(places, ["turn", "aside news", "turn"], "it stands where the assistant knows nothing before");

    await call(stack.url, "DeleteSession", { sessionId: await sessionOf(page) });
    await page.reload();
    await page.getByText("那个对话已被删除或已过期，这是一个新的对话。").waitFor();
    await ask(page, "[[say:三。]]");
    await reaches(page.locator(".turn"), "done");
    assert.equal((await keptOf(page, stack.url)).length, 2);
    await leave();
  });
});

/** Another tab of the same browser, with the same conversation: as if it had been duplicated. */
async function openIn(page: Page, url: string, name: string): Promise<Page> {
  const other = await page.context().newPage();
  await other.addInitScript((name) => sessionStorage.setItem("duet.session", name), name);
  await other.goto(url);
  return other;
}
