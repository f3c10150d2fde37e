import { readFile, stat } from "node:fs/promises";
import type { Clock } from "../../../infra/clock/clock.ts";
import type { Log } from "../../../infra/log/log.ts";
import { SettingsError } from "../../../infra/settings/error.ts";
import type { Profiles } from "../../../infra/settings/profiles.ts";
import { readKeys } from "./file.ts";
import type { Keys } from "./keys.ts";

/** The contents of a keys file, which is read again whenever the file has changed. */
export interface WatchedKeys {
  /**
   * The current contents. A change takes effect within a second; if the file cannot be read, the error is logged and
   * the previous contents stay in force.
   */
  current(): Promise<Keys>;
}

/** Options of watchKeys. */
export interface WatchOptions {
  readonly path: string;
  /** The name of the setting that gives the file's path, for error messages. */
  readonly setting: string;
  /** The profiles that keys may name. */
  readonly profiles: Profiles;
  readonly log: Log;
  readonly clock: Clock;
}

// How often the file is checked for changes: a revoked key must stop working soon, but a check on every call is not
// needed. File-system events are no alternative: they miss updates by Kubernetes, which swaps a link to the folder.
const lookEveryMs = 1_000;

/** Reads a keys file and watches it for changes. Throws SettingsError if it cannot be read. */
export async function watchKeys({ path, setting, profiles, log, clock }: WatchOptions): Promise<WatchedKeys> {
  const look = async () => {
    const { mtimeMs, size, ino } = await stat(path);
    return `${mtimeMs} ${size} ${ino}`;
  };
  let seen = "";
  const read = async (): Promise<Keys> => {
    const state = await look();
    const text = await readFile(path, "utf8");
    // Only now: a file that could not be read is read again at the next look, without having changed.
    seen = state;
    return readKeys(text, profiles);
  };
  let keys: Keys;
  try {
    keys = await read();
  } catch (error) {
    throw new SettingsError(`${setting}=${path}: ${(error as Error).message}`);
  }
  let lookedAt = clock.now();
  let looking: Promise<void> | undefined;
  let complained = "";
  const refresh = async () => {
    try {
      if ((await look()) === seen) return;
      keys = await read();
      complained = "";
      log.info({ keys: keys.keys.size, tenants: keys.tenants.size }, "the keys file was read again");
    } catch (error) {
      const { message } = error as Error;
      if (message !== complained)
        log.error({ file: path, error: message }, "the keys file cannot be read: the keys read before stay in force");
      complained = message;
    }
  };
  return {
    async current() {
      if (looking === undefined && clock.now() - lookedAt >= lookEveryMs) {
        lookedAt = clock.now();
        looking = refresh().finally(() => {
          looking = undefined;
        });
      }
      await looking;
      return keys;
    },
  };
}
