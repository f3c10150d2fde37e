import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const places = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const executablePath = places.find((place) => place !== undefined && existsSync(place));

/** Why browser tests cannot run here; false if they can, and where `CI=true`, so that they fail instead. */
export const noBrowser: string | false =
  executablePath === undefined && process.env.CI !== "true"
    ? "no Chromium found: install one, or set CHROMIUM_PATH to it"
    : false;

// Autoplay is left as it is for everybody: sound needs a real click.
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a headless Chromium, with flags besides; rejects if there is none. */
export function startBrowser(more: readonly string[] = []): Promise<Browser> {
  if (executablePath === undefined) throw new Error("no Chromium found: install one, or set CHROMIUM_PATH to it");
  return chromium.launch({ executablePath, args: [...flags, ...more] });
}

/** A person at the page, who listens. */
export interface Visitor {
  readonly page: Page;
  /** What the page wrote to its console as an error, and what it threw. */
  readonly complaints: readonly string[];
  /** What was heard lately. */
  hearing(): Promise<Hearing>;
  /** Leaves. */
  leave(): Promise<void>;
}

/** What the page's own ear has noticed; times are of the page's clock. */
export interface Hearing {
  /** The audio device's state. */
  readonly state: string;
  /** The loudest moment so far. */
  readonly loudest: number;
  /** When it was last louder than silence. */
  readonly lastSoundMs: number;
  /** When a button was last pressed, or Escape. */
  readonly lastPressMs: number;
  /** Now. */
  readonly nowMs: number;
}

/**
 * Opens the page at `url` with an ear that measures every few milliseconds, and waits until the page knows the server.
 * `first` runs in the page before the page's own script.
 */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
  first: () => void = () => {},
): Promise<Visitor> {
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.addInitScript(listen);
  await page.addInitScript(first);
  await page.goto(url);
  await page.locator("#questions button").first().waitFor({ state: "attached" });
  return {
    page,
    complaints,
    hearing: () => page.evaluate(() => Reflect.get(globalThis, "hearing")()),
    leave: () => context.close(),
  };
}

/** Where screenshots and the like are left for people to look at; git ignores it. */
export async function outputPath(name: string): Promise<string> {
  const folder = join(import.meta.dirname, "../.out");
  await mkdir(folder, { recursive: true });
  return join(folder, name);
}

// Runs in the page.
function listen(): void {
  const silence = 0.001;
  let loudest = 0;
  let lastSoundMs = 0;
  let lastPressMs = 0;
  const sound = () => Reflect.get(globalThis, "duet")?.sound ?? { state: "closed", level: 0 };
  const measure = () => {
    const { level } = sound();
    loudest = Math.max(loudest, level);
    if (level > silence) lastSoundMs = performance.now();
    setTimeout(measure, 4);
  };
  measure();
  const press = () => {
    lastPressMs = performance.now();
  };
  addEventListener("pointerdown", press, true);
  addEventListener("keydown", press, true);
  Reflect.set(globalThis, "hearing", () => {
    return { state: sound().state, loudest, lastSoundMs, lastPressMs, nowMs: performance.now() };
  });
}
