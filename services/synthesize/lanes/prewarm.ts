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

/** How long to wait after a voice could not be had. */
const againMs = 5_000;
/** How often a text is tried that a voice which is there does not speak. */
const mostTries = 3;
/** Of a voice that may be there again later. */
const awayFaults: ReadonlySet<EngineFault> = new Set(["unreachable", "overloaded", "stalled", "silent"]);

/** Reads a file of texts, one a line; empty lines and those that begin with `#` are none. Throws an Error that names the setting. */
export function readTexts(file: string, setting: string): readonly string[] {
  try {
    const lines = readFileSync(file, "utf8").split(/\r?\n/);
    return lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
  } catch (error) {
    throw new Error(`${setting}: ${file}: ${(error as Error).message}`);
  }
}

/** What prewarm works with. */
export interface PrewarmOptions {
  readonly casting: Pick<Casting, "cast">;
  /** How words are to be said that would be said wrongly. Default: as they are. */
  readonly lexicons?: Lexicons | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Has texts spoken in the default voice, one after the other, before anybody asks for them and where no other work is held up by it: the
 * cache keeps what comes of them. One that cannot be spoken is left out; while there is no voice, it is tried again. Resolves once all are
 * made, or `signal` ends it.
 */
export async function prewarm(texts: readonly string[], options: PrewarmOptions, signal: AbortSignal): Promise<void> {
  const { casting, lexicons, clock, log } = options;
  if (texts.length === 0) return;
  let made = 0;
  for (const text of texts) {
    const isMade = await retrying(text);
    if (signal.aborted) return;
    if (isMade) made++;
  }
  log.info({ texts: made }, "the prepared texts are at hand");

  async function speak(text: string): Promise<void> {
    const sayings = (await lexicons?.current("")) ?? noLexicon;
    const spokenForm = (asWritten: boolean) => createSpokenForm({ lexicon: sayings, asWritten });
    const cast = await casting.cast("");
    const cuts = cut(only({ text }), createSegmenter());
    for await (const _ of cast.speak(cuts, { spokenForm, signal, background: true }));
  }

  async function retrying(text: string): Promise<boolean> {
    for (let tries = 1; ; tries++)
      try {
        await speak(text);
        return true;
      } catch (error) {
        if (signal.aborted) return false;
        const isAway = error instanceof EngineError && awayFaults.has(error.fault);
        if (!isAway && tries >= mostTries) {
          log.warn({ reason: (error as Error).message }, "a prepared text cannot be spoken, and is left out");
          return false;
        }
        await sleep(clock, againMs, signal).catch(() => {});
      }
  }
}

async function* only(written: Written): AsyncGenerator<Written> {
  yield written;
}
