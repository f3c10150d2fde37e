import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import * as sounds from "../../ears/sounds.ts";
import { skipFor } from "../../support/skip.ts";
import { keptOf, reaches, until } from "../actions.ts";
import { noBrowser, outputPath, visit } from "../browser.ts";
import { allowed, type HearingBrowser, type HearingStack, startHearingBrowser, startHearingStack } from "./stack.ts";

const voice = await sounds.createVoice();
// One that the scripted stand-in answers.
const question = "What is Duet?";
const spoken = sounds.join(sounds.silence(0.3), voice?.(question, "emma") ?? sounds.silence(1), sounds.silence(0.3));
const spokenMs = (1000 * spoken.length) / sounds.rate;

const missing = noBrowser || (voice === undefined && "espeak-ng is not installed");

describe("a question that is spoken", skipFor(missing), () => {
  let hearing: HearingStack;
  let ear: HearingBrowser;
  beforeAll(async () => {
    [hearing, ear] = await Promise.all([startHearingStack(question), startHearingBrowser(spoken, [allowed])]);
  });
  afterAll(async () => {
    await ear?.close();
    await hearing?.close();
  });

  it("while the button is held is asked, answered aloud and can be corrected", async () => {
    const { page, complaints, hearing: heard, leave } = await visit(ear.browser, hearing.stack.url);
    await hold(page);
    const turn = page.locator(".turn");
    await turn.locator(".question-text").getByText(question).waitFor();
    await until(page, "the answer is heard", heard, ({ loudest }) => loudest > 0.01);
    assert.deepEqual((await keptOf(page, hearing.stack.url))[0]?.text, question);
    assert.ok((hearing.ears.seen().at(-1)?.wave?.seconds ?? 0) > 0.5);
    await page.screenshot({ path: await outputPath("ear-answered.png") });
    await turn.locator(".correct").click();
    assert.equal(await page.locator("#ask textarea").inputValue(), question);
    await reaches(turn, "stopped");
    assert.deepEqual(complaints, []);
    await leave();
  });
});

/** Holds the button until all was said. */
async function hold(page: Page): Promise<void> {
  const button = page.locator("#ask .speak");
  await button.hover();
  await page.mouse.down();
  await until(
    page,
    "all was said",
    () => page.evaluate(() => Reflect.get(globalThis, "duet").ear.heardMs as number),
    (ms) => ms > spokenMs,
  );
  await page.screenshot({ path: await outputPath("ear-hearing.png") });
  await page.mouse.up();
}
