import assert from "node:assert/strict";
import { fromBinary } from "@bufbuild/protobuf";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { ConverseRequestSchema } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { skipFor } from "../support/skip.ts";
import type { Stack } from "../support/stack.ts";
import { ask, reaches } from "./actions.ts";
import { noBrowser, startBrowser, visit } from "./browser.ts";
import { startPageStack } from "./stack.ts";

describe("voices", skipFor(noBrowser), () => {
  let stack: Stack;
  let browser: Browser;
  beforeAll(async () => {
    const voices = ["jf_alpha", "af_heart", "am_adam", "zf_xiaoxiao", "zm_yunxi"];
    stack = await startPageStack({ timeScale: 0.1, speech: { kind: "kokoro-fastapi", voices } });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.close();
  });

  for (const { locale, offered, byDefault } of [
    {
      locale: "en-US",
      offered: ["jf alpha · Japanese", "af heart · American English", "am adam · American English"],
      byDefault: "speech/af_heart",
    },
    {
      locale: "zh-CN",
      offered: ["jf alpha · 日语", "af heart · 美国英语", "am adam · 美国英语"],
      byDefault: "speech/zf_xiaoxiao",
    },
  ])
    it(`have names and languages as a person says them, and one of the page's language speaks: ${locale}`, async () => {
      const { page, leave } = await visit(browser, stack.url, { locale });
      const select = page.locator("#voice");
      await select.locator("option").nth(1).waitFor({ state: "attached" });
      const names = await select.locator("option").allInnerTexts();
      assert.deepEqual(names.slice(0, 3), offered);
      assert.equal(await select.inputValue(), byDefault);
      assert.equal(await voiceOf(page, "[[say:Hello.]]"), byDefault);
      await leave();
    });

  it("follow the page's language until a person chooses, and what was chosen is kept", async () => {
    const { page, leave } = await visit(browser, stack.url, { locale: "zh-CN" });
    const select = page.locator("#voice");
    await select.locator("option").nth(1).waitFor({ state: "attached" });
    await page.locator("#language").click();
    assert.equal(await select.inputValue(), "speech/af_heart");
    await select.selectOption("speech/zm_yunxi");
    await page.locator("#language").click();
    assert.equal(await select.inputValue(), "speech/zm_yunxi");
    await page.reload();
    await select.locator("option").nth(1).waitFor({ state: "attached" });
    assert.equal(await select.inputValue(), "speech/zm_yunxi");
    assert.equal(await page.locator("#voice-news").isVisible(), false);
    await leave();
  });

  it("one that has gone away falls back with a word, and is remembered in case it comes back", async () => {
    const { page, leave } = await visit(browser, stack.url, { locale: "zh-CN" }, () => {
      if (localStorage.getItem("duet.voice") === null) localStorage.setItem("duet.voice", "zf_gone");
    });
    await page.getByText("zf_gone 这个声音已经没有了，改由 zf xiaoxiao 来说。").waitFor();
    assert.equal(await voiceOf(page, "[[say:你好。]]"), "speech/zf_xiaoxiao");
    assert.equal(await page.evaluate(() => localStorage.getItem("duet.voice")), "zf_gone");
    await page.locator("#voice").selectOption("speech/zm_yunxi");
    assert.equal(await page.locator("#voice-news").isVisible(), false);
    await leave();
  });
});

/** The voice that a question asks for. */
async function voiceOf(page: Page, question: string): Promise<string> {
  const request = page.waitForRequest(/Converse$/);
  await ask(page, question);
  // Connect's envelope is five bytes.
  const body = (await request).postDataBuffer() ?? Buffer.alloc(5);
  await reaches(page.locator(".turn").last(), "done");
  return fromBinary(ConverseRequestSchema, body.subarray(5)).voice;
}
