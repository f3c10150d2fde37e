import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { createPlayground } from "../../edge/playground/serve.ts";
import { formatAddress } from "../../infra/net/address.ts";
import { openEdge } from "../sessions/edges.ts";
import { skipFor } from "../support/skip.ts";
import type { Stack } from "../support/stack.ts";
import { ask, keptOf, reaches, until } from "./actions.ts";
import { noBrowser, outputPath, startBrowser, visit } from "./browser.ts";
import { startPageStack } from "./stack.ts";
import { layWire, type Wire } from "./wire.ts";

/** A second of it, at 44.1 kHz: far less than there is of the answer that is cut, however fast that comes. */
const someSpeech = 88_200;

describe("trouble on the page", skipFor(noBrowser), () => {
  let stack: Stack;
  let wire: Wire;
  let browser: Browser;
  beforeAll(async () => {
    stack = await startPageStack({ timeScale: 1 });
    wire = await layWire(stack.url);
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await wire?.close();
    await stack?.close();
  });

  it("a browser that keeps its sound shut gets a button that opens it", async () => {
    const { page, hearing, leave } = await visit(browser, stack.url, { locale: "zh-CN" }, () => {
      // No hand has touched the page when this question is sent.
      addEventListener("load", () => {
        const field = document.querySelector("textarea") as HTMLTextAreaElement;
        field.value = "[[tokens:200]]";
        field.form?.requestSubmit();
      });
    });
    const button = page.getByRole("button", { name: "点一下，开始听" });
    await button.waitFor();
    await page.screenshot({ path: await outputPath("sound-shut.png") });
    assert.notEqual((await hearing()).state, "running");
    assert.equal((await hearing()).loudest, 0);
    await button.click();
    await button.waitFor({ state: "hidden" });
    const { state } = await hearing();
    assert.equal(state, "running");
    await page.locator('.turn[data-state="speaking"]').waitFor();
    await leave();
  });

  it("a server that is away is a sentence with a button, and the button works when it is back", async () => {
    const { page, leave } = await visit(browser, wire.url);
    wire.cut();
    await page.getByRole("textbox").fill("[[say:All is well.]]");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("alert").getByText("The server cannot be reached.").waitFor();
    await page.getByRole("status").getByText("The server cannot be reached. Trying again.").waitFor();
    wire.mend();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator('.turn[data-state="done"]').waitFor();
    assert.equal(await page.locator(".turn").count(), 1);
    assert.equal(await page.locator(".answer").innerText(), "All is well.");
    await page.locator("#alarm").waitFor({ state: "hidden" });
    await leave();
  });

  it("an answer whose connection is lost goes on where it was as soon as there is one, and is heard to its end", async () => {
    const { page, leave } = await visit(browser, wire.url);
    const sentences = ["We open at nine.", "Come and see us.", "Bring a friend.", "Stay for tea.", "There is cake."];
    let held = wire.holdAfter(someSpeech);
    await ask(page, `[[say:${sentences.join(" ")}]]`);
    await reaches(page.locator(".turn"), "speaking");
    for (const isLast of [false, true]) {
      await held;
      const refused = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/Resume"));
      // While the wire is cut nothing answers; it may do so the moment it is mended.
      const resumed = page.waitForResponse((response) => response.url().endsWith("/Resume"));
      wire.cut();
      await refused;
      wire.mend();
      if (!isLast) held = wire.holdAfter(someSpeech);
      await resumed;
    }
    await reaches(page.locator(".turn"), "done");
    assert.equal(await page.locator(".answer").innerText(), sentences.join(" "));
    assert.equal(await page.locator(".problem:visible").count(), 0);
    const heardEnd = async () => (await keptOf(page, stack.url))[1]?.heardEnd;
    await until(page, "it is known to be heard", heardEnd, (end) => end === sentences.join(" ").length);
    await leave();
  });

  it("a connection lost in mid-answer says so and keeps what was written, where the answer cannot go on", async (context) => {
    const { answer } = await createPlayground();
    const { edge } = await openEdge(context, stack, undefined, {
      page: answer,
      resume: { maxTurnBytes: 1 << 10, patienceMs: 10_000 },
    });
    const wire = await layWire(`http://${formatAddress(edge.address)}`);
    context.onTestFinished(() => wire.close());
    const { page, leave } = await visit(browser, wire.url, { locale: "zh-CN" });
    await page.getByRole("button", { name: /^一个长故事/ }).click();
    await page.locator('.turn[data-state="speaking"]').waitFor();
    wire.cut();
    await page.getByRole("alert").getByText("回答还没结束，连接就断了。").waitFor();
    assert.match(await page.locator(".answer").innerText(), /^从前/);
    assert.ok(await page.getByRole("button", { name: "重试" }).isVisible());
    await leave();
  });

  it("an engine that fails in mid-answer is a sentence, with the server's reason below it", async () => {
    const { page, leave } = await visit(browser, stack.url);
    await page.getByRole("textbox").fill("[[fault:error-mid]]");
    await page.getByRole("button", { name: "Send" }).click();
    await page.locator('.turn[data-state="failed"]').waitFor();
    assert.match(await page.locator(".problem .sentence").innerText(), /\.$/);
    assert.notEqual(await page.locator(".problem .detail").innerText(), "");
    await leave();
  });

  it("a service that is down is named before anybody asks", async () => {
    const lame = await startPageStack({ timeScale: 0 });
    try {
      await lame.synthesize.stop();
      const { page, leave } = await visit(browser, lame.url, { locale: "zh-CN" });
      await page.getByRole("status").getByText("声音还没准备好。").waitFor();
      await leave();
    } finally {
      await lame.close();
    }
  });
});
