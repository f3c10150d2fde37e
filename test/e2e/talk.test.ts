import assert from "node:assert/strict";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { type Program, startProgram } from "../support/processes.ts";
import { skipFor } from "../support/skip.ts";
import { ask, reaches } from "./actions.ts";
import { noBrowser, outputPath, startBrowser, type Visitor, visit } from "./browser.ts";

describe("talking with the page", skipFor(noBrowser), () => {
  let duet: Program;
  let browser: Browser;
  beforeAll(async () => {
    // What `npm start` runs: scripted answers, and espeak-ng's real voice.
    duet = await startProgram("infra/launch/main.ts", { DUET_DISCOVER: "0", DUET_EDGE_LISTEN: "127.0.0.1:0" });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await duet?.stop();
  });

  it("asks in Chinese with a click, reads and hears the answer to its end", async () => {
    const visitor = await visit(browser, duet.url, { locale: "zh-CN" });
    const { page } = visitor;
    await page
      .getByRole("textbox", { name: "你的问题" })
      .fill("[[say:你好，我是一个会说话的助手。一杯咖啡 18 元，打八折。]]");
    await page.getByRole("button", { name: "发送" }).click();
    const turn = page.locator(".turn");
    await assertHeardToTheEnd(visitor, turn);
    assert.equal(await turn.locator(".answer").innerText(), "你好，我是一个会说话的助手。一杯咖啡 18 元，打八折。");
    assert.equal(await turn.locator(".answer").getAttribute("lang"), "zh-CN");
    const times = turn.getByRole("button", { name: /^首声 \d+(\.\d+)? 秒$/ });
    assert.equal(await turn.locator(".timeline").isVisible(), false);
    await times.click();
    assert.match(await turn.locator(".first-sound .here").innerText(), /秒$/);
    // What was waited for, in the order of the turn.
    assert.match(await turn.locator(".phases").innerText(), /^\D+ [\d.]+秒( · \D+ [\d.]+秒)*$/);
    await page.screenshot({ path: await outputPath("phases.png") });
    assert.equal(await times.getAttribute("aria-expanded"), "true");
    await leave(visitor);
  });

  it("asks in English with a question on offer, reads and hears the answer", async () => {
    const visitor = await visit(browser, duet.url);
    const { page } = visitor;
    await page.getByRole("button", { name: /^What is this\?/ }).click();
    await hears(visitor);
    const turn = page.locator(".turn");
    await captionsAdvance(turn);
    assert.match(await turn.locator(".answer").innerText(), /Duet/);
    await leave(visitor);
  });

  it("asks with Enter and hears a short answer to its end", async () => {
    const visitor = await visit(browser, duet.url);
    await ask(visitor.page, "[[say:Good morning. It is a fine day to go for a walk.]]");
    await assertHeardToTheEnd(visitor, visitor.page.locator(".turn"));
    await leave(visitor);
  });

  it("stops within 100 ms, tells the server, and answers the next question", async () => {
    const visitor = await visit(browser, duet.url);
    const { page } = visitor;
    await page.getByRole("button", { name: /^A longer story/ }).click();
    await hears(visitor);
    const interrupt = page.waitForRequest(/AssistantService\/Interrupt$/);
    await whileSounding(visitor);
    await page.getByRole("button", { name: "Stop" }).click();
    await assertSilentWithin(visitor, 100);
    assert.equal((await (await interrupt).response())?.status(), 200);
    await reaches(page.locator(".turn"), "stopped");
    assert.ok(await page.getByRole("button", { name: "Stop" }).isHidden());

    await ask(visitor.page, "[[say:Here I am again.]]");
    await assertHeardToTheEnd(visitor, page.locator(".turn").nth(1));
    await leave(visitor);
  });

  it("stops with Escape", async () => {
    const visitor = await visit(browser, duet.url);
    await visitor.page.getByRole("button", { name: /^A longer story/ }).click();
    await hears(visitor);
    await whileSounding(visitor);
    await visitor.page.keyboard.press("Escape");
    await assertSilentWithin(visitor, 100);
    await leave(visitor);
  });

  it("a new question stops the answer before it", async () => {
    const visitor = await visit(browser, duet.url);
    const { page } = visitor;
    await page.getByRole("button", { name: /^A longer story/ }).click();
    await captionsAdvance(page.locator(".turn"));
    await ask(visitor.page, "[[say:Yes, I am listening.]]");
    await reaches(page.locator(".turn").first(), "stopped");
    await assertHeardToTheEnd(visitor, page.locator(".turn").nth(1));
    await leave(visitor);
  });

  it("shows what a model writes as text, never as markup of the page", async () => {
    const visitor = await visit(browser, duet.url);
    const written = "See <img src=x onerror=alert(1)> and **bold** and [this](javascript:alert(1)).";
    await ask(visitor.page, `[[say:${written}]]`);
    const answer = visitor.page.locator(".answer");
    await answer.getByText("bold").waitFor();
    await reaches(visitor.page.locator(".turn"), "speaking");
    assert.equal(await answer.locator("img, script, a").count(), 0);
    assert.match(await answer.innerText(), /^See <img src=x onerror=alert\(1\)> and bold and this/);
    await leave(visitor);
  });
});

async function hears(visitor: Visitor): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const { state, loudest } = await visitor.hearing();
    if (state === "running" && loudest > 0.02) return;
    await visitor.page.waitForTimeout(50);
  }
  assert.fail(`not heard: ${JSON.stringify(await visitor.hearing())}`);
}

/** Waits for a moment in the middle of a sound, so that silence after it means something. */
async function whileSounding(visitor: Visitor): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const { lastSoundMs, nowMs } = await visitor.hearing();
    if (nowMs - lastSoundMs < 10) return;
    await visitor.page.waitForTimeout(10);
  }
  assert.fail("nothing sounds");
}

async function assertSilentWithin(visitor: Visitor, limitMs: number): Promise<void> {
  await visitor.page.waitForTimeout(700);
  const { lastSoundMs, lastPressMs } = await visitor.hearing();
  assert.ok(lastPressMs > 0);
  assert.ok(lastSoundMs - lastPressMs < limitMs, `sounded for ${lastSoundMs - lastPressMs} ms after the press`);
}

async function captionsAdvance(turn: Locator): Promise<void> {
  const heard = async () => Number(await turn.getAttribute("data-heard"));
  const seen = new Set<number>();
  for (let tries = 0; tries < 400 && seen.size < 4; tries++) {
    seen.add(await heard());
    await turn.page().waitForTimeout(50);
  }
  const places = [...seen];
  assert.ok(places.length >= 4, "words light up one after the other");
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
}

async function assertHeardToTheEnd(visitor: Visitor, turn: Locator): Promise<void> {
  await hears(visitor);
  await captionsAdvance(turn);
  await reaches(turn, "done");
  const length = (await turn.locator(".answer").textContent())?.length ?? 0;
  assert.ok(length > 0);
  assert.ok(Number(await turn.getAttribute("data-heard")) >= length);
}

async function leave(visitor: Visitor): Promise<void> {
  assert.deepEqual(visitor.complaints, []);
  await visitor.leave();
}
