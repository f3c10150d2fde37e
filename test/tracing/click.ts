import assert from "node:assert/strict";
import { reaches } from "../e2e/actions.ts";
import { startBrowser, visit } from "../e2e/browser.ts";

/** A person asks at the page by a click, hears the answer to its end, and leaves. */
export async function clickAndListen(url: string): Promise<void> {
  await using browser = await startBrowser();
  const { page, complaints } = await visit(browser, url);
  await page.locator("#ask textarea").fill("[[say:Good evening to you.]]");
  await page.locator("#ask .send").click();
  await reaches(page.locator(".turn"), "done");
  assert.deepEqual(complaints, []);
}
