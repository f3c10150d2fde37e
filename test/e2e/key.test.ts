import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { createKeysFile } from "../access/credentials.ts";
import { skipFor } from "../support/skip.ts";
import type { Stack } from "../support/stack.ts";
import { noBrowser, outputPath, startBrowser, visit } from "./browser.ts";
import { startPageStack } from "./stack.ts";

describe("where a key is needed", skipFor(noBrowser), () => {
  const file = createKeysFile();
  const [key = ""] = file.write(["tenant: acme"]);
  let stack: Stack;
  let browser: Browser;
  beforeAll(async () => {
    stack = await startPageStack({ timeScale: 0, edge: { access: "keys", keys: { file: file.path } } });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.close();
    file.remove();
  });

  const words = {
    "en-US": { needed: "This assistant needs a key.", wrong: "This key is not accepted.", go: "Continue" },
    "zh-CN": { needed: "使用这个助手需要密钥。", wrong: "这个密钥无效", go: "继续" },
  };
  for (const [locale, { needed, wrong, go }] of Object.entries(words))
    it(`the page asks for it, and keeps it for the tab: ${locale}`, async () => {
      const { page, complaints, leave } = await visit(browser, stack.url, {
        locale,
        viewport: { width: 360, height: 740 },
      });
      const ask = page.locator("#ask textarea");
      const form = page.locator("#key");
      await form.getByText(needed).waitFor();
      assert.equal(await ask.isVisible(), false, "there is nothing to ask yet");
      await page.screenshot({ path: await outputPath(`${locale}-key.png`) });

      for (const bad of ["密钥", "duet_no"]) {
        await form.locator("input").fill(bad);
        await form.getByRole("button", { name: go }).click();
        await form.getByText(wrong).waitFor();
      }
      await form.locator("input").fill(` ${key}\n`);
      await form.getByRole("button", { name: go }).click();
      await form.waitFor({ state: "hidden" });
      await ask.fill("[[say:All is well.]]");
      await ask.press("Enter");
      await page.locator('.turn[data-state="done"]').waitFor();
      assert.equal(await page.locator(".answer").innerText(), "All is well.");

      await page.reload();
      await ask.waitFor();
      assert.equal(await form.isVisible(), false, "the tab has it");
      const elsewhere = await page.context().newPage();
      await elsewhere.goto(stack.url);
      await elsewhere.locator("#key").waitFor();
      const stored = await page.evaluate(() => [JSON.stringify({ ...localStorage }), document.cookie, location.href]);
      assert.ok(!stored.join().includes(key), "and no other place");
      // A browser writes a line for each answer of 401.
      assert.deepEqual(
        complaints.filter((line) => !line.includes("401")),
        [],
      );
      await leave();
    });

  it("a key that is taken back in mid-conversation is asked for again", async () => {
    const [mine = ""] = file.write(["tenant: other", "tenant: acme"]);
    const answers = async (status: number) => {
      const url = `${stack.url}/duet.assistant.v1.AssistantService/GetStatus`;
      const headers = { "content-type": "application/json", authorization: `Bearer ${mine}` };
      while ((await fetch(url, { method: "POST", headers, body: "{}" })).status !== status);
    };
    const { page, leave } = await visit(browser, stack.url);
    await answers(200);
    await page.locator("#key input").fill(mine);
    await page.locator("#key input").press("Enter");
    const ask = page.locator("#ask textarea");
    await ask.waitFor();
    file.write(["tenant: acme"]);
    await answers(401);
    await ask.fill("And now?");
    await ask.press("Enter");
    await page.getByRole("alert").getByText("You need a valid key to ask questions here.").waitFor();
    await page.locator("#key").getByText("This key is not accepted.").waitFor();
    await leave();
  });
});
