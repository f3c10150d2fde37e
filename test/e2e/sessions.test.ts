import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { skipFor } from "../support/skip.ts";
import type { Stack } from "../support/stack.ts";
import { ask, call, keptOf, reaches, sessionOf, until } from "./actions.ts";
import { noBrowser, outputPath, startBrowser, visit } from "./browser.ts";
import { startPageStack } from "./stack.ts";

const story = `[[say:${"The river runs on, past fields and towns. ".repeat(6).trim()}]]`;

describe("the conversation", skipFor(noBrowser), () => {
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

  it("is there again after a reload, to be read and to be gone on with, and its sound is not", async () => {
    const { page, complaints, leave } = await visit(browser, stack.url);
    await ask(page, "[[say:Good morning.]]");
    await reaches(page.locator(".turn"), "done");
    assert.ok(await page.locator(".replay").isVisible());
    await page.locator("#ask textarea").fill("half a thought");
    await page.reload();
    await reaches(page.locator(".turn"), "done");
    assert.equal(await page.locator(".answer").innerText(), "Good morning.");
    assert.equal(await page.locator(".question-text").innerText(), "[[say:Good morning.]]");
    await page.getByText("their sound is not kept").waitFor();
    for (const absent of [".replay", ".download", ".hold", ".times"])
      assert.equal(await page.locator(absent).isVisible(), false, `${absent} of an answer without sound`);
    assert.ok(await page.locator(".copy").isVisible());
    assert.equal(await page.locator("#ask textarea").inputValue(), "half a thought");

    const before = stack.vllm.seen().length;
    await ask(page, "[[say:And a good day.]]");
    await reaches(page.locator(".turn").nth(1), "done");
    const { messages = [] } = (stack.vllm.seen()[before]?.body ?? {}) as { messages?: { content: string }[] };
    assert.deepEqual(
      messages.slice(-3).map(({ content }) => content),
      ["[[say:Good morning.]]", "Good morning.", "[[say:And a good day.]]"],
      "the model is told what was said before the reload",
    );
    assert.deepEqual(complaints, []);
    await leave();
  });

  it("reloaded in mid-answer it holds what was heard, to the word, and says what was not", async () => {
    const { page, leave } = await visit(browser, stack.url, { locale: "zh-CN" });
    await ask(page, story);
    const turn = page.locator(".turn");
    await until(
      page,
      "some words were heard",
      async () => Number(await turn.getAttribute("data-heard")),
      (heard) => heard > 20,
    );
    await page.reload();
    await reaches(turn, "stopped");
    const [, answer] = await keptOf(page, stack.url);
    assert.ok(answer?.interrupted);
    const { text = "", heardEnd = 0 } = answer ?? {};
    assert.ok(heardEnd > 20 && heardEnd < text.length, `${heardEnd} of ${text.length}`);
    assert.equal(await page.locator(".answer").textContent(), text);
    const lit = () => page.evaluate(() => [...(CSS.highlights.get("heard") ?? [])].map(String).join(""));
    await until(page, "what was heard stands out", lit, (heard) => heard === text.slice(0, heardEnd));
    await turn.getByText("已停止，浅色的部分没有听到").waitFor();
    assert.equal(await page.getByRole("button", { name: "停止" }).isVisible(), false);
    await page.screenshot({ path: await outputPath("reloaded.png") });
    await leave();
  });

  it("a new one is empty, earlier ones are listed and opened, and one is deleted once that is confirmed", async () => {
    const { page, complaints, leave } = await visit(browser, stack.url);
    await ask(page, "[[say:First.]]");
    await reaches(page.locator(".turn"), "done");
    const first = await sessionOf(page);
    await page.getByRole("button", { name: "New conversation" }).click();
    assert.equal(await page.locator(".turn").count(), 0);
    assert.ok(await page.locator(".hero").isVisible());
    await ask(page, "[[say:Second.]]");
    await reaches(page.locator(".turn"), "done");
    assert.notEqual(await sessionOf(page), first);

    const panel = page.getByRole("dialog", { name: "Conversations" });
    const open = () => page.getByRole("button", { name: "Conversations" }).click();
    await open();
    const titles = panel.locator(".title");
    await titles.nth(1).waitFor();
    assert.deepEqual(await titles.allInnerTexts(), ["[[say:Second.]]", "[[say:First.]]"]);
    assert.equal(await panel.locator("[aria-current] .title").innerText(), "[[say:Second.]]");
    await titles.nth(1).click();
    await page.locator(".answer", { hasText: "First." }).waitFor();
    assert.equal(await sessionOf(page), first);
    assert.equal(await page.locator(".turn").count(), 1);

    await open();
    const remove = panel.getByRole("button", { name: "Delete “[[say:First.]]”" });
    await remove.click();
    await panel.getByRole("button", { name: "Keep" }).click();
    assert.equal((await keptOf(page, stack.url)).length, 2, "it was not meant");
    await remove.click();
    assert.equal(
      await page.evaluate(() => document.activeElement?.textContent),
      "Keep",
      "the harmless one has the focus",
    );
    await panel.getByRole("button", { name: "Delete", exact: true }).click();
    await page.locator(".hero").waitFor();
    assert.deepEqual(await titles.allInnerTexts(), ["[[say:Second.]]"]);
    const { code } = await call<{ code: string }>(stack.url, "GetSession", { sessionId: first });
    assert.equal(code, "not_found");
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "hidden" });
    assert.equal(await page.locator(".turn").count(), 0, "what was deleted is off the page");
    assert.deepEqual(complaints, []);
    await leave();
  });

  it("a question that was refused before it began is asked again in its place, one that began stays as it is kept", async () => {
    const { page, leave } = await visit(browser, stack.url);
    await ask(page, "[[fault:error-mid]]");
    await reaches(page.locator(".turn"), "failed");
    await page.getByRole("button", { name: "Try again" }).click();
    await reaches(page.locator(".turn").nth(1), "failed");
    assert.equal(await page.locator(".turn").count(), 2);
    assert.equal((await keptOf(page, stack.url)).filter(({ role }) => role === "ROLE_USER").length, 2);
    await leave();
  });

  it("tells how long it lasts, where that is only as long as the server runs", async () => {
    const { page, leave } = await visit(browser, stack.url);
    assert.equal(await page.locator(".dock .kept").innerText(), "Conversations last until the server restarts.");
    await leave();
  });
});
