import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import * as sounds from "../../ears/sounds.ts";
import { skipFor } from "../../support/skip.ts";
import { ask, keptOf, reaches, until } from "../actions.ts";
import { noBrowser, outputPath, type Visitor, visit } from "../browser.ts";
import { allowed, type HearingBrowser, type HearingStack, startHearingBrowser, startHearingStack } from "./stack.ts";

const voice = await sounds.createVoice();
// One that the scripted stand-in answers.
const question = "What is Duet?";
const spoken = sounds.join(sounds.silence(0.7), voice?.(question, "emma") ?? sounds.silence(1), sounds.silence(0.3));
const spokenMs = (1000 * spoken.length) / sounds.rate;

const story = "The river runs on, past fields and towns. ".repeat(8).trim();
const missing = noBrowser || (voice === undefined && "espeak-ng is not installed");

describe("a question that is spoken", skipFor(missing), () => {
  let hearing: HearingStack;
  let ear: HearingBrowser;
  beforeAll(async () => {
    [hearing, ear] = await Promise.all([
      startHearingStack(question),
      startHearingBrowser(spoken, [allowed, "--host-resolver-rules=MAP duet.test 127.0.0.1"]),
    ]);
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

  describe("hands-free", () => {
    let visitor: Visitor;
    let page: Page;
    beforeAll(async () => {
      visitor = await visit(ear.browser, hearing.stack.url, {}, noteSpeech);
      ({ page } = visitor);
      const free = page.locator("#ask .free");
      await free.click();
      await page.locator('#ear[data-state="listening"], #ear[data-state="hearing"]').waitFor({ timeout: 120_000 });
      await free.click();
      await page.locator("#ear").waitFor({ state: "hidden" });
    });
    afterAll(() => visitor?.leave());

    it("is found to have ended, asked and answered aloud", async () => {
      await listenAnew(page);
      await page.locator(".turn .question-text").getByText(question).waitFor({ timeout: 60_000 });
      await page.locator('#ear[data-state="speaking"]').waitFor({ timeout: 60_000 });
      await until(page, "the answer is heard", visitor.hearing, ({ loudest }) => loudest > 0.01);
      await page.screenshot({ path: await outputPath("ear-speaking.png") });
      assert.equal(await page.locator(".turn").count(), 1);
    });

    it("stops the voice, and the history holds what was heard of it", async () => {
      await tellStory(page);
      await page.evaluate(() => Reflect.get(globalThis, "note")());
      await listenAnew(page);
      const turn = page.locator(".turn").nth(1);
      await reaches(turn, "stopped");
      await page.locator(".turn").nth(2).waitFor();
      const heardEnd = Number(await turn.getAttribute("data-heard"));
      const [, , , answer] = await until(
        page,
        "the answer is kept",
        () => keptOf(page, hearing.stack.url),
        (kept) => kept.length > 4,
      );
      assert.deepEqual([answer?.heardEnd, answer?.interrupted], [heardEnd, true]);
      assert.ok(heardEnd > 0 && heardEnd < story.length, `${heardEnd} of ${story.length}`);
      const ms = await page.evaluate(() => Reflect.get(globalThis, "silentMs") - Reflect.get(globalThis, "speechMs"));
      assert.deepEqual(visitor.complaints, []);
      assert.ok(ms < 300, `the voice fell silent ${ms} ms after speech was noticed`);
    });
  });

  for (const { what, locale, host, says } of [
    { what: "is refused", locale: "en-US", host: "localhost", says: "This page may not use the microphone." },
    { what: "is kept from plain http", locale: "zh-CN", host: "duet.test", says: "只有通过 HTTPS 或 localhost" },
  ])
    it(`the page says so where the microphone ${what}, on a phone`, async () => {
      const viewport = { width: 360, height: 640 };
      const url = hearing.stack.url.replace("127.0.0.1", host);
      const { page, complaints, leave } = await visit(ear.browser, url, { locale, viewport, hasTouch: true }, refuse);
      const button = page.locator("#ask .speak");
      await button.click();
      await page.locator("#ear").getByText(says).waitFor();
      await settled(page);
      await page.screenshot({ path: await outputPath(`ear-${host}.png`) });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${wide} pixels too wide`);
      // What can be typed can still be asked.
      await page.locator("#ask textarea").fill("?");
      await page.locator("#ask .send").waitFor();
      // Chromium tells everybody on plain http that such a header means nothing there.
      const others = complaints.filter((text) => !text.startsWith("The Cross-Origin-Opener-Policy header"));
      assert.deepEqual(others, []);
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

/** Has the page hear by itself, and what is said said from its beginning. */
async function listenAnew(page: Page): Promise<void> {
  const free = page.locator("#ask .free");
  if ((await free.getAttribute("aria-pressed")) === "true") await free.click();
  await free.click();
}

/** Has the assistant speak for a while, deaf, and waits until some of it was heard. */
async function tellStory(page: Page): Promise<void> {
  const free = page.locator("#ask .free");
  if ((await free.getAttribute("aria-pressed")) === "true") await free.click();
  const turns = await page.locator(".turn").count();
  await ask(page, `[[say:${story}]]`);
  const turn = page.locator(".turn").nth(turns);
  await turn.waitFor();
  await until(
    page,
    "some words were heard",
    async () => Number(await turn.getAttribute("data-heard")),
    (heard) => heard > 10,
  );
}

// Runs in the page. `note` begins to note when speech is noticed, and when the voice that sounded then was last heard.
function noteSpeech(): void {
  Reflect.set(globalThis, "note", () => {
    let speechMs: number | undefined;
    let silentMs = 0;
    const look = () => {
      const { ear, sound } = Reflect.get(globalThis, "duet");
      const now = performance.now();
      if (ear.state === "hearing") speechMs ??= now;
      if (sound.level > 0.001) silentMs = now;
      Object.assign(globalThis, { speechMs, silentMs });
      if (speechMs === undefined || now - silentMs < 100) setTimeout(look, 4);
    };
    look();
  });
}

/** Waits until nothing moves any more. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined))),
  );
}

// Runs in the page: a person who does not let it have the microphone.
function refuse(): void {
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) return;
  devices.getUserMedia = () => Promise.reject(new DOMException("Permission denied", "NotAllowedError"));
}
