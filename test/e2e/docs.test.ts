import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { skipFor } from "../support/skip.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { noBrowser, outputPath, startBrowser } from "./browser.ts";

describe("the page of the API", skipFor(noBrowser), () => {
  let stack: Stack;
  let browser: Browser;
  beforeAll(async () => {
    stack = await startStack({ timeScale: 0 });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.close();
  });

  it("shows every operation, and a call can be tried by clicks, without another host", async () => {
    const page = await browser.newPage();
    const asked = new Set<string>();
    const complaints: string[] = [];
    page.on("request", (request) => asked.add(new URL(request.url()).origin));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(`${stack.url}/docs`);
    await page.locator("#operations-OpenAI-listModels").waitFor();
    assert.equal(await page.locator(".opblock").count(), 14);
    await page.screenshot({ path: await outputPath("docs.png") });
    const operation = page.locator("#operations-OpenAI-listModels");
    await operation.locator(".opblock-summary-control").click();
    await operation.getByRole("button", { name: "Execute" }).click();
    await operation.locator(".live-responses-table .response-col_status", { hasText: "200" }).waitFor();
    assert.match(await operation.locator(".live-responses-table").innerText(), /tts-1-hd/);
    await page.screenshot({ path: await outputPath("docs-tried.png") });
    assert.deepEqual(
      [...asked].filter((origin) => origin !== "null"),
      [stack.url],
    );
    assert.deepEqual(complaints, []);
    await page.close();
  });
});
