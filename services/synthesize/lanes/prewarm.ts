import { readFileSync } from "node:fs";
import { type Clock, sleep } from "../../../infra/clock/clock.ts";
import type { Log } from "../../../infra/log/log.ts";
import { EngineError, type EngineFault } from "../../common/errors/engine-error.ts";
import { createSegmenter } from "../text/segmenter/segmenter.ts";
import { noLexicon } from "../text/spoken/lexicon/lexicon.ts";
import type { Lexicons } from "../text/spoken/lexicon/lexicons.ts";
import { createSpokenForm } from "../text/spoken/spoken.ts";
import { cut, type Written } from "../text/words.ts";
import type { Casting } from "./casting.ts";

/** How long to wait before another try when a voice is unavailable, in milliseconds. */
const againMs = 5_000;
/** How many times to try a text that an available voice fails to speak. */
const mostTries = 3;
/** Faults of an engine that may be temporary: its voices may work again, so the texts for them are retried later. */
const awayFaults: ReadonlySet<EngineFault> = new Set(["unreachable", "overloaded", "stalled", "silent"]);

/**
 * Reads a file of texts, one per line; empty lines and lines that begin with `#` are skipped. If the file cannot be
 * read, throws an Error that names `setting`, the setting from which the file's path comes.
 */
export function readTexts(file: string, setting: string): readonly string[] {
  try {
    const lines = readFileSync(file, "utf8").split(/\r?\n/);
    return lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
  } catch (error) {
    throw new Error(`${setting}: ${file}: ${(error as Error).message}`);
  }
}

/** Options of createPrewarm. */
export interface PrewarmOptions {
  readonly casting: Pick<Casting, "cast">;
  /** Pronunciations of words that would be spoken wrongly. Default: none. */
  readonly lexicons?: Lexicons | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** A text to be cached before anybody asks for it. */
export interface Prepared {
  readonly text: string;
  /** The full name of the voice. Default: the default voice. */
  readonly voice?: string;
  /** The language of the text. Default: detected from the text. */
  readonly language?: string;
  readonly questionLanguage?: string;
  /** The profile whose lexicon applies in addition to the service's own. Default: none. */
  readonly lexicon?: string;
}

/**
 * Has texts spoken before anybody asks for them, so that their speech is in the cache. Texts are spoken one after
 * another, and only when this holds up no other work. A text that cannot be spoken is skipped; while a voice is
 * unavailable, its texts are retried.
 */
export interface Prewarm {
  /**
   * Adds texts. A text that is already waiting is not added again. While a thousand texts are waiting, further ones are
   * rejected; a rejected text can be added later, when it is next needed and again found not to be cached.
   */
  add(...texts: readonly Prepared[]): void;
  /** Resolves once no text is waiting to be spoken. */
  settled(): Promise<void>;
}

/** The maximum number of waiting texts: an hour's work of one voice. */
const mostWaiting = 1_000;

/** Makes a Prewarm, which works until `signal` is aborted. */
export function createPrewarm(options: PrewarmOptions, signal: AbortSignal): Prewarm {
  const { casting, lexicons, clock, log } = options;
  const waiting = new Map<string, Prepared>();
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    let made = 0;
    for (const [key, prepared] of waiting) {
      if (await retrying(prepared)) made++;
      waiting.delete(key);
      if (signal.aborted) return waiting.clear();
    }
    running = undefined;
    log.info({ texts: made }, "the speech of the prepared texts is in the cache");
  }

  async function speak({ text, voice = "", language, questionLanguage, lexicon = "" }: Prepared): Promise<void> {
    const sayings = (await lexicons?.current(lexicon)) ?? noLexicon;
    const known = { ...(language && { language }), ...(questionLanguage && { questionLanguage }) };
    const spokenForm = (asWritten: boolean) => createSpokenForm({ ...known, lexicon: sayings, asWritten });
    const cast = await casting.cast(voice);
    // A substitute voice is not used: its speech must not be cached under the name of the voice that was asked for.
    if (voice !== "" && cast.first.name !== voice) throw new EngineError("unreachable", `${voice} cannot speak now`);
    const cuts = cut(only({ text }), createSegmenter());
    for await (const _ of cast.speak(cuts, { spokenForm, opener: "written", signal, background: true }));
  }

  async function retrying(prepared: Prepared): Promise<boolean> {
    for (let tries = 1; ; tries++)
      try {
        await speak(prepared);
        return true;
      } catch (error) {
        if (signal.aborted) return false;
        const isAway = error instanceof EngineError && awayFaults.has(error.fault);
        if (!isAway && tries >= mostTries) {
          log.warn(
            { reason: (error as Error).message },
            "a text cannot be spoken in advance for the cache, and is skipped",
          );
          return false;
        }
        await sleep(clock, againMs, signal).catch(() => {});
      }
  }

  return {
    add(...texts) {
      for (const prepared of texts) {
        const { text, voice, language, questionLanguage, lexicon } = prepared;
        const key = JSON.stringify([text, voice, language, questionLanguage, lexicon]);
        if (waiting.size < mostWaiting && !signal.aborted) waiting.set(key, prepared);
      }
      if (waiting.size > 0) running ??= run();
    },
    settled: async () => running,
  };
}

async function* only(written: Written): AsyncGenerator<Written> {
  yield written;
}
