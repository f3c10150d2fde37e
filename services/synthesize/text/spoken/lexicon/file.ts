import { readFile, stat } from "node:fs/promises";
import type { Log } from "../../../../../infra/log/log.ts";
import { createLexicon, type Lexicon, noLexicon } from "./lexicon.ts";
import { LexiconError, parseLexicon } from "./parse.ts";

/** A lexicon that is read again whenever its file has changed. */
export interface LexiconFile {
  /**
   * The lexicon as the file is now. Each call checks the file, so no watcher is needed, and a replaced file is noticed
   * too. While the file cannot be read or contains an error, the last good lexicon stays in use, and the problem is
   * logged once.
   */
  current(): Promise<Lexicon>;
}

/** Options of openLexiconFile. */
export interface LexiconFileOptions {
  readonly file: string;
  /** The name of the setting that contains the file's path, for messages. */
  readonly setting: string;
  readonly log: Pick<Log, "info" | "warn">;
}

/**
 * Opens a lexicon file. If the file cannot be read or used, throws an Error that names the setting, since there is no
 * earlier lexicon to fall back on.
 */
export async function openLexiconFile({ file, setting, log }: LexiconFileOptions): Promise<LexiconFile> {
  let version = "";
  let lexicon = noLexicon;
  try {
    version = await versionOf(file);
    lexicon = await read(file);
  } catch (error) {
    throw new Error(`${setting}: ${file}: ${(error as Error).message}`);
  }
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    const found = await versionOf(file).catch((error: NodeJS.ErrnoException) => error.code ?? error.message);
    if (found === version) return;
    version = found;
    try {
      lexicon = await read(file);
      log.info({ file }, "the lexicon has changed and was reloaded");
    } catch (error) {
      const line = error instanceof LexiconError ? { line: error.line } : {};
      log.warn(
        { file, ...line, reason: (error as Error).message },
        "the lexicon cannot be used; the last valid one stays in use",
      );
    }
  }

  return {
    async current() {
      // Texts that begin at the same time share one check of the file.
      looking ??= look().finally(() => {
        looking = undefined;
      });
      await looking;
      return lexicon;
    },
  };
}

/** Returns a string that is different after every change of the file, to notice changes without reading it. */
async function versionOf(file: string): Promise<string> {
  const { ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
  return [ino, size, mtimeNs, ctimeNs].join(" ");
}

async function read(file: string): Promise<Lexicon> {
  return createLexicon(parseLexicon(await readFile(file, "utf8")));
}
