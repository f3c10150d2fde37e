import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { freePort, lacks, startProxy } from "../proxies/proxy.ts";
import { skipFor } from "../support/skip.ts";
import { noBrowser, outputPath, startBrowser } from "./browser.ts";
import { startPageStack } from "./stack.ts";

// A proxy of its own authority, at a name of its own.
const flags = ["--ignore-certificate-errors", "--host-resolver-rules=MAP example.com 127.0.0.1"];

describe("the page of the API", skipFor(noBrowser || lacks("nginx")), () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser(flags);
  });
  afterAll(async () => {
    await browser?.close();
  });

  it("shows every operation, and a call can be tried by clicks, without another host", async () => {
    const stack = await startPageStack({ timeScale: 0, edge: { publicUrl: "https://example.com/duet" } });
    try {
      const { page, asked, complaints } = await visitor(browser, { width: 1280, height: 860 });
      await page.goto(`${stack.url}/docs`);
      await page.locator("#operations-OpenAI-listModels").waitFor();
      const { paths } = (await (await fetch(`${stack.url}/openapi.json`)).json()) as { paths: Record<string, object> };
      const operations = Object.values(paths).flatMap((path) => Object.keys(path));
      assert.equal(await page.locator(".opblock").count(), operations.length);
      await page.screenshot({ path: await outputPath("docs.png") });
      await tryModels(page);
      await page.screenshot({ path: await outputPath("docs-tried.png") });
      assert.deepEqual(asked(), [stack.url], "also where callers are to use another address");
      assert.deepEqual(complaints, []);
      await page.close();
    } finally {
      await stack.close();
    }
  });

  it("is found from the page and works on a phone, below the path at which a proxy serves it", async () => {
    const port = await freePort();
    const origin = `https://example.com:${port}`;
    const stack = await startPageStack({
      timeScale: 0,
      edge: { publicUrl: `${origin}/duet`, trustedProxies: ["127.0.0.1"] },
    });
    const proxy = await startProxy("nginx", new URL(stack.url).host, port);
    try {
      const { page, asked, complaints } = await visitor(browser, { width: 360, height: 740 });
      await page.goto(`${origin}/duet/`);
      await page.locator(".hero .docs").click();
      await page.locator("#operations-OpenAI-listModels").waitFor();
      assert.equal(page.url(), `${origin}/duet/docs`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 360, `${wide} pixels wide`);
      await page.screenshot({ path: await outputPath("docs-phone.png") });
      await tryModels(page);
      await page.locator("#operations-OpenAI-listModels .request-url").scrollIntoViewIfNeeded();
      assert.match(
        await page.locator("#operations-OpenAI-listModels .request-url").innerText(),
        /example\.com:\d+\/duet\/v1\/models/,
      );
      await page.screenshot({ path: await outputPath("docs-phone-tried.png") });
      await page.goto(`${origin}/duet/docs/`);
      await page.locator("#operations-OpenAI-listModels").waitFor();
      assert.deepEqual(asked(), [origin]);
      assert.deepEqual(complaints, []);
      await page.close();
    } finally {
      await proxy.close();
      await stack.close();
    }
  });
});

/** Opens a page that notes whom it asks, and what it complains of. */
async function visitor(browser: Browser, viewport: { width: number; height: number }) {
  const page = await browser.newPage({ viewport, locale: "en-US" });
  const origins = new Set<string>();
  const complaints: string[] = [];
  page.on("request", (request) => origins.add(new URL(request.url()).origin));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  return { page, complaints, asked: () => [...origins].filter((origin) => origin !== "null") };
}

async function tryModels(page: Page): Promise<void> {
  const operation = page.locator("#operations-OpenAI-listModels");
  await operation.locator(".opblock-summary-control").click();
  await operation.getByRole("button", { name: "Execute" }).click();
  await operation.locator(".live-responses-table .response-col_status", { hasText: "200" }).waitFor();
  assert.match(await operation.locator(".live-responses-table").innerText(), /tts-1-hd/);
}
