/**
 * Stores speech in a folder, as `tenant/day/turn.wav`. A file is written under another name first and then renamed, so
 * that nobody ever sees a partial file. Several edges may share the folder; they then also share the secret stored in
 * it, which signs the URLs unless a setting gives another secret.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, readFile, rename, rm, rmdir, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { SettingsError } from "../../infra/settings/error.ts";
import { Failure } from "../errors.ts";
import { storeAway } from "./failures.ts";
import { createSigner, type Signer } from "./sign.ts";
import { isKey, isOver, type SpeechStore } from "./store.ts";
import { watchWork } from "./watched.ts";

/** The path under which the edge serves stored files. */
export const audioPath = "/audio/";

/** Options of openFolder. */
export interface FolderOptions {
  readonly folder: string;
  /** Secrets for URLs: the first one signs, and all of them verify. Default: a secret stored in the folder. */
  readonly secrets?: readonly string[];
  readonly unixNow: () => number;
}

/** Stored speech in a folder, and access to it by URL. */
export interface FolderStore extends SpeechStore {
  readonly kind: "folder";
  /**
   * The file for a path below `audioPath` and its signed query; undefined if the signature is invalid, or the file is
   * gone.
   */
  find(path: string, query: URLSearchParams): Promise<string | undefined>;
}

const secretName = ".secret";
const secretForm = /^[\w-]{43}$/;
/** The maximum time that writing a file takes, in ms. An older partial file is deleted, since its writer has died. */
const mostWritingMs = 600_000;

/** Opens a folder, creating it if necessary. Throws SettingsError if it cannot be written to. */
export async function openFolder({ folder, secrets = [], unixNow }: FolderOptions): Promise<FolderStore> {
  let signer: Signer;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const [first = await ownSecret(folder), ...others] = secrets;
    signer = createSigner([first, ...others], unixNow);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SettingsError(
      `DUET_EDGE_STORED_FOLDER: speech cannot be stored in ${folder} (${why}): set it to a folder that this process may write to`,
    );
  }
  const { run, fault } = watchWork((error) =>
    storeAway(`DUET_EDGE_STORED_FOLDER: ${error instanceof Error ? error.message : String(error)}`, error),
  );

  return {
    kind: "folder",
    notReady: fault,
    put: ({ key, bytes }) =>
      run(async () => {
        const target = join(folder, key);
        const beside = join(folder, `.${randomUUID()}.tmp`);
        await mkdir(dirname(target), { recursive: true, mode: 0o700 });
        try {
          const file = await open(beside, "wx", 0o600);
          try {
            await file.writeFile(bytes);
            await file.sync();
          } finally {
            await file.close();
          }
          // If the rename fails, a sweep may have removed the day's folder meanwhile: the folder is created again.
          await rename(beside, target).catch(async () => {
            await mkdir(dirname(target), { recursive: true, mode: 0o700 });
            await rename(beside, target);
          });
        } finally {
          await rm(beside, { force: true });
        }
      }),
    async urlOf(key, expiresAt, origin) {
      const path = audioPath + key;
      return `${origin}${path}?${signer.sign(path, Math.floor(expiresAt / 1000))}`;
    },
    async find(path, query) {
      const key = path.slice(audioPath.length);
      if (!isKey(key) || !signer.proves(path, query)) return undefined;
      const file = join(folder, key);
      return (await isFile(file)) ? file : undefined;
    },
    sweep: (before) =>
      run(async () => {
        const left = { files: 0, bytes: 0 };
        for (const entry of await readdir(folder, { withFileTypes: true })) {
          const path = join(folder, entry.name);
          if (entry.isDirectory()) await sweepTenant(path, before, left);
          else if (entry.name.endsWith(".tmp") && unixNow() - (await timeOf(path)) > mostWritingMs)
            await rm(path, { force: true });
        }
        return left;
      }),
  };
}

async function sweepTenant(folder: string, before: number, left: { files: number; bytes: number }): Promise<void> {
  for (const day of await readdir(folder)) {
    const path = join(folder, day);
    if (isOver(day, before)) await rm(path, { recursive: true, force: true });
    else
      for (const name of await readdir(path)) {
        const { size } = await stat(join(path, name)).catch(() => ({ size: 0 }));
        left.files++;
        left.bytes += size;
      }
  }
  // `rmdir` fails for a folder that is not empty, so that the folder stays.
  await rmdir(folder).catch(() => {});
}

async function timeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => ({ mtimeMs: 0 }))).mtimeMs;
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw new Failure("UNAVAILABLE", "STORE_AWAY", "this file cannot be read at the moment: try again later", {
      cause: error,
    });
  }
}

/**
 * Reads the secret stored in the folder. The first edge creates it atomically, so that two edges that start together
 * use the same secret.
 */
async function ownSecret(folder: string): Promise<string> {
  const target = join(folder, secretName);
  const beside = join(folder, `.${randomUUID()}.tmp`);
  const file = await open(beside, "wx", 0o600);
  await file.writeFile(randomBytes(32).toString("base64url"));
  await file.close();
  await link(beside, target).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await unlink(beside);
  const secret = await readFile(target, "utf8");
  if (!secretForm.test(secret))
    throw new Error(`the file ${secretName} in this folder holds no secret of Duet's: remove that file`);
  return secret;
}
