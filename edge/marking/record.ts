import { appendFile, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "../../infra/log/log.ts";
import { SettingsError } from "../../infra/settings/error.ts";
import { describeCause } from "../errors.ts";

/** What is recorded about speech that was marked as machine-made; never what was said. */
export type RecordEntry = Readonly<Record<string, string | number | boolean>>;

/** The record of marked speech: one line of JSON per entry, one file per day. */
export interface MarkRecord {
  /** Adds an entry without waiting. It does not throw: what cannot be written is logged. */
  add(entry: RecordEntry): void;
  /** Waits until all entries have been written. */
  close(): Promise<void>;
}

// How many entries may wait to be written: far more than the turns that can end on one edge while a line is written.
const mostWaiting = 10_000;
const dayMs = 86_400_000;

/** Opens the record in `folder`; deletes files older than `days` days. Throws SettingsError if it cannot be written. */
export async function createRecord(
  folder: string,
  days: number,
  { unixNow, log }: { unixNow: () => number; log: Log },
): Promise<MarkRecord> {
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
  const forget = async () => {
    const oldest = dayOf(unixNow() - days * dayMs);
    for (const name of await readdir(folder))
      if (/^\d{4}-\d\d-\d\d\.jsonl$/.test(name) && name.slice(0, 10) < oldest) await rm(join(folder, name));
  };
  let today = dayOf(unixNow());
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await appendFile(join(folder, `${today}.jsonl`), "", { mode: 0o600 });
    await forget();
  } catch (error) {
    throw new SettingsError(
      `DUET_EDGE_MARKING_RECORD_FOLDER: no record can be kept in ${folder} (${describeCause(error)}): set it to a folder that this process may write to`,
    );
  }
  let waiting: string[] = [];
  let writing: Promise<void> | undefined;
  const write = async () => {
    while (waiting.length > 0) {
      const lines = waiting;
      waiting = [];
      try {
        const day = dayOf(unixNow());
        await appendFile(join(folder, `${day}.jsonl`), lines.join(""), { mode: 0o600 });
        if (day !== today) await forget();
        today = day;
      } catch (error) {
        log.error(
          { lost: lines.length, cause: describeCause(error) },
          "speech could not be recorded in the log of marked speech (DUET_EDGE_MARKING_RECORD_FOLDER)",
        );
      }
    }
    writing = undefined;
  };
  return {
    add(entry) {
      if (waiting.length >= mostWaiting)
        return log.error(
          { lost: 1 },
          "too many entries are waiting to be written to the log of marked speech (DUET_EDGE_MARKING_RECORD_FOLDER)",
        );
      waiting.push(`${JSON.stringify({ at: new Date(unixNow()).toISOString(), ...entry })}\n`);
      writing ??= write();
    },
    close: async () => writing,
  };
}
