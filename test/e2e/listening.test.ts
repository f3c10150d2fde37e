import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fromBinary } from "@bufbuild/protobuf";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import {
  ConverseResponseSchema,
  InterruptRequestSchema,
  type Listened,
  ReportPlaybackRequestSchema,
} from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { skipFor } from "../support/skip.ts";
import type { Stack } from "../support/stack.ts";
import { ask, keptOf, reaches, until } from "./actions.ts";
import { noBrowser, outputPath, startBrowser, visit } from "./browser.ts";
import { startPageStack } from "./stack.ts";

// What the Fish twin speaks at.
const rate = 44_100;
const text = "The river runs on. It passes fields and towns, and it never comes back.";
const story = `[[say:${"The river runs on, past fields and towns. ".repeat(6).trim()}]]`;

describe("listening", skipFor(noBrowser), () => {
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

  it("the server is told twice a second how far it is, and the history holds all of what was heard to its end", async () => {
    const { page, leave } = await visit(browser, stack.url);
    const reports = reportsOf(page);
    const sound = soundOf(page);
    const traced: string[] = [];
    page.on("request", (request) => "traceparent" in request.headers() && traced.push(request.url()));
    await ask(page, `[[say:${text}]]`);
    await reaches(page.locator(".turn"), "done");
    const { lengths } = await sound;
    const framesOf = ({ segment, offset }: Report) =>
      lengths.slice(0, segment).reduce((sum, length) => sum + length, offset);
    const all = lengths.reduce((sum, length) => sum + length, 0);
    await until(
      page,
      "the end is told",
      async () => reports.map(framesOf).at(-1),
      (frames) => frames === all,
    );
    assert.ok(reports.length >= 4, `${reports.length} reports`);
    assert.deepEqual(traced, [], "nothing is traced here");
    const firsts = reports.flatMap(({ listened }) => listened?.firstSoundMs ?? []);
    assert.equal(firsts.length, 1, "when it was first heard is told once");
    const [timings] = await page.locator(".turn .times span").allTextContents();
    assert.match(timings ?? "", new RegExp(`\\b${((firsts[0] ?? 0) / 1000).toFixed(1).replace(/\.0$/, "")}`));
    const [first] = reports;
    for (const [index, report] of reports.slice(0, -1).entries()) {
      const before = reports[index - 1];
      if (first === undefined || before === undefined) continue;
      assert.ok(report.ms - before.ms > 400, `${report.ms - before.ms} ms between reports`);
      assert.ok(framesOf(report) > framesOf(before));
      // However late a report is on its way, no more can have been heard than there was time for.
      const most = ((report.ms - first.ms + 400) * rate) / 1000;
      assert.ok(framesOf(report) - framesOf(first) <= most, `${framesOf(report)} frames`);
    }
    const [, answer] = await keptOf(page, stack.url);
    assert.deepEqual([answer?.text, answer?.heardEnd, answer?.interrupted ?? false], [text, text.length, false]);
    await leave();
  });

  it("stopped by a new question, history and page agree on what was heard, and the model is told no more", async () => {
    const { page, leave } = await visit(browser, stack.url);
    const stop = page.waitForRequest(/Interrupt$/);
    await ask(page, story);
    const turn = page.locator(".turn").first();
    await until(
      page,
      "some words were heard",
      async () => Number(await turn.getAttribute("data-heard")),
      (heard) => heard > 30,
    );
    const before = stack.vllm.seen().length;
    await ask(page, "[[say:Yes?]]");
    await reaches(page.locator(".turn").nth(1), "done");
    const { played } = fromBinary(InterruptRequestSchema, (await stop).postDataBuffer() ?? Buffer.alloc(0));
    assert.ok(played !== undefined && played.segment + played.offset > 0);
    const [, answer] = await keptOf(page, stack.url);
    const { text: written = "", heardEnd = 0 } = answer ?? {};
    assert.ok(answer?.interrupted && heardEnd > 30 && heardEnd < written.length);
    assert.equal(Number(await turn.getAttribute("data-heard")), heardEnd);
    const { messages = [] } = (stack.vllm.seen()[before]?.body ?? {}) as { messages?: { content: string }[] };
    assert.equal(messages.at(-2)?.content, written.slice(0, heardEnd));
    await leave();
  });

  it("held it is silent and stays where it is, let go on it goes on, and nothing of it is lost", async () => {
    const { page, complaints, leave } = await visit(browser, stack.url);
    const reports = reportsOf(page);
    await ask(page, `[[say:${text}]]`);
    const turn = page.locator(".turn");
    await until(
      page,
      "it sounds",
      () => loudness(page, 50),
      (level) => level > 0.02,
    );
    await page.getByRole("button", { name: "Pause" }).click();
    await reaches(turn, "paused");
    await page.waitForTimeout(200);
    const heard = await turn.getAttribute("data-heard");
    const told = reports.length;
    assert.ok(told > 0, "where it is held is told at once");
    assert.equal(await loudness(page, 600), 0);
    assert.equal(await turn.getAttribute("data-heard"), heard);
    assert.equal(reports.length, told, "nothing new is heard, nothing is told");
    await page.screenshot({ path: await outputPath("held.png") });
    await page.getByRole("button", { name: "Go on" }).click();
    await until(
      page,
      "it sounds again",
      () => loudness(page, 50),
      (level) => level > 0.02,
    );
    await reaches(turn, "done");
    const [, answer] = await keptOf(page, stack.url);
    assert.deepEqual([answer?.heardEnd, answer?.interrupted ?? false], [text.length, false]);
    assert.deepEqual(complaints, []);
    await leave();
  });

  it("what was heard is heard again and saved, sample for sample", async () => {
    const { page, complaints, leave } = await visit(browser, stack.url, { acceptDownloads: true });
    const sound = soundOf(page);
    await ask(page, `[[say:${text}]]`);
    const turn = page.locator(".turn");
    await reaches(turn, "done");
    const reports = reportsOf(page);
    await page.getByRole("button", { name: "Play again" }).click();
    await reaches(turn, "speaking");
    await until(
      page,
      "it sounds again",
      () => loudness(page, 50),
      (level) => level > 0.02,
    );
    await page.getByRole("button", { name: "Pause" }).click();
    await reaches(turn, "paused");
    // What has left for the speaker is still heard for a moment.
    await until(
      page,
      "it is silent",
      () => loudness(page, 100),
      (level) => level === 0,
    );
    await page.getByRole("button", { name: "Stop" }).click();
    await reaches(turn, "done");
    assert.deepEqual(reports, [], "a replay is not reported");
    assert.equal((await keptOf(page, stack.url))[1]?.heardEnd, text.length);

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download the sound (WAV)" }).click(),
    ]);
    assert.match(download.suggestedFilename(), /^duet-\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d\.wav$/);
    const wav = await readFile(await download.path());
    const { pcm: sent } = await sound;
    assert.ok(sent.length > rate);
    const header = [wav.toString("latin1", 0, 4), wav.toString("latin1", 8, 16), wav.toString("latin1", 36, 40)];
    assert.deepEqual(header, ["RIFF", "WAVEfmt ", "data"]);
    assert.deepEqual([wav.readUInt32LE(4), wav.readUInt32LE(40)], [wav.length - 8, sent.length]);
    assert.deepEqual([wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt16LE(34)], [1, rate, 16]);
    assert.ok(wav.subarray(44).equals(sent), "it is what the server sent");
    assert.deepEqual(complaints, []);
    await leave();
  });

  it("volume and mute are worked by keyboard, heard at once, and kept for the next visit", async () => {
    const { page, leave } = await visit(browser, stack.url);
    await ask(page, story);
    await until(
      page,
      "it sounds",
      () => loudness(page, 100),
      (level) => level > 0.02,
    );
    await page.getByRole("button", { name: "Volume" }).focus();
    await page.keyboard.press("Enter");
    const slider = page.getByRole("slider", { name: "Volume" });
    assert.ok(await slider.evaluate((element) => element === document.activeElement));
    const full = await loudness(page, 700);
    for (let presses = 0; presses < 10; presses++) await page.keyboard.press("ArrowLeft");
    assert.equal(await slider.inputValue(), "50");
    await page.waitForTimeout(100);
    const half = await loudness(page, 700);
    assert.ok(half > 0.15 * full && half < 0.4 * full, `a quarter of ${full}: ${half}`);
    const mute = page.getByRole("button", { name: "Mute" });
    await mute.focus();
    await page.keyboard.press("Enter");
    await page.waitForTimeout(200);
    assert.equal(await mute.getAttribute("aria-pressed"), "true");
    assert.ok((await loudness(page, 300)) < 0.001);
    await page.keyboard.press("Escape");
    assert.equal(await mute.isVisible(), false);
    assert.equal(await page.locator(".turn").getAttribute("data-state"), "speaking", "Escape closed what lay over it");

    await page.reload();
    await reaches(page.locator(".turn"), "stopped");
    await page.getByRole("button", { name: "Volume" }).click();
    assert.deepEqual([await slider.inputValue(), await mute.getAttribute("aria-pressed")], ["50", "true"]);
    await leave();
  });
});

/** The loudest moment within a time. */
function loudness(page: Page, ms: number): Promise<number> {
  return page.evaluate(async (ms) => {
    let loudest = 0;
    for (const endMs = performance.now() + ms; performance.now() < endMs; ) {
      loudest = Math.max(loudest, Reflect.get(globalThis, "duet").sound.level);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return loudest;
  }, ms);
}

interface Report {
  readonly ms: number;
  readonly listened: Listened | undefined;
  readonly segment: number;
  readonly offset: number;
}

/** What the page reports from now on, and when by the browser's clock. */
function reportsOf(page: Page): readonly Report[] {
  const reports: Report[] = [];
  page.on("requestfinished", (request) => {
    if (!/ReportPlayback$/.test(request.url())) return;
    const { played, listened } = fromBinary(ReportPlaybackRequestSchema, request.postDataBuffer() ?? Buffer.alloc(0));
    const { segment = 0, offset = 0 } = played ?? {};
    reports.push({ ms: request.timing().startTime, segment, offset, listened });
  });
  return reports;
}

/**
 * The sound of the next answer, as the server sends it, and how many frames each of its segments has. Read beside the
 * page, as the browser's own record of a body may be gone by the time it is asked for.
 */
async function soundOf(page: Page): Promise<{ readonly pcm: Buffer; readonly lengths: readonly number[] }> {
  const encoded = await page.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const { fetch } = globalThis;
        globalThis.fetch = async (...request: Parameters<typeof fetch>) => {
          const response = await fetch(...request);
          if (!response.url.endsWith("/Converse") || response.body === null) return response;
          globalThis.fetch = fetch;
          const [theirs, ours] = response.body.tee();
          new Response(ours).bytes().then((bytes) => resolve(bytes.toBase64()), reject);
          return new Response(theirs, response);
        };
      }),
  );
  const body = Buffer.from(encoded, "base64");
  const pcm: Uint8Array[] = [];
  const lengths: number[] = [];
  for (let at = 0; at + 5 <= body.length; ) {
    const [flags, length] = [body.readUInt8(at), body.readUInt32BE(at + 1)];
    // Connect's last envelope is no message.
    const isMessage = (flags & 2) === 0;
    const { event } = fromBinary(
      ConverseResponseSchema,
      isMessage ? body.subarray(at + 5, at + 5 + length) : Buffer.alloc(0),
    );
    if (event.case === "audio") pcm.push(event.value.pcm);
    if (event.case === "segmentDone") lengths.push(event.value.sampleCount);
    at += 5 + length;
  }
  return { pcm: Buffer.concat(pcm), lengths };
}
