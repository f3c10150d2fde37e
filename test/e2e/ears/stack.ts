import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { wavHeader } from "../../../edge/audio/wav.ts";
import type { EarsSettings } from "../../../edge/ears/ears.ts";
import { toBytes } from "../../../infra/audio/pcm.ts";
import { type EarsTwin, startEarsTwin } from "../../../infra/twins/transcribe/server.ts";
import * as sounds from "../../ears/sounds.ts";
import type { Stack } from "../../support/stack.ts";
import { startBrowser } from "../browser.ts";
import { startPageStack } from "../stack.ts";

/** A deployment that hears, and its page. */
export interface HearingStack {
  readonly stack: Stack;
  readonly ears: EarsTwin;
  close(): Promise<void>;
}

/** Starts a deployment whose recognizer understands these words, whatever is said. */
export async function startHearingStack(says: string, timeScale = 0.1): Promise<HearingStack> {
  const ears = await startEarsTwin({ timeScale: 0, says: [says], faults: false });
  const transcribe: EarsSettings = {
    url: [ears.url],
    apiKey: undefined,
    kind: "auto",
    model: undefined,
    language: undefined,
    timeoutMs: 5_000,
    maxAtOnce: 4,
    stream: false,
  };
  const stack = await startPageStack({ timeScale, edge: { transcribe, allowedHosts: ["duet.test"] } });
  return {
    stack,
    ears,
    async close() {
      await stack.close();
      await ears.close();
    },
  };
}

/** A browser before whose microphone a sound is played. */
export interface HearingBrowser {
  readonly browser: Browser;
  close(): Promise<void>;
}

/** Starts one: whenever the page opens the microphone the sound begins anew, and silence follows it. */
export async function startHearingBrowser(samples: Int16Array, more: readonly string[] = []): Promise<HearingBrowser> {
  const folder = await mkdtemp(join(tmpdir(), "duet-ear-"));
  const file = join(folder, "heard.wav");
  const bytes = toBytes(samples);
  await writeFile(file, Buffer.concat([wavHeader(sounds.rate, bytes.length), bytes]));
  const browser = await startBrowser([
    "--use-fake-device-for-media-stream",
    `--use-file-for-fake-audio-capture=${file}%noloop`,
    ...more,
  ]);
  return {
    browser,
    async close() {
      await browser.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** The browser lets the page have its microphone without asking. */
export const allowed = "--use-fake-ui-for-media-stream";
