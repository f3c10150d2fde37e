import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileFault } from "../../../../infra/config/file/file-fault.ts";

/** A recording of a voice, for the engine to imitate, with its transcript. */
export interface FishReference {
  readonly audio: Uint8Array;
  readonly text: string;
}

const audioEndings = new Set([".wav", ".mp3", ".flac", ".ogg", ".m4a", ".aac"]);

/**
 * Reads voices from a folder with the layout of Fish-Speech's own `references`: one folder per voice, with recordings
 * and, for each, a `.lab` file of the same name with its transcript. Returns them by folder name. Throws an Error that
 * names the missing file.
 */
export function readReferences(folder: string): Map<string, readonly FishReference[]> {
  const voices = new Map<string, readonly FishReference[]>();
  for (const voice of listFolder(folder).filter((entry) => entry.isDirectory())) {
    const own = join(folder, voice.name);
    const recordings = readdirSync(own)
      .filter((file) => audioEndings.has(extname(file).toLowerCase()))
      .sort()
      .map((file) => ({ audio: new Uint8Array(readFileSync(join(own, file))), text: readWords(own, file) }));
    if (recordings.length > 0) voices.set(voice.name, recordings);
  }
  if (voices.size === 0)
    throw new Error(
      `DUET_FISH_REFERENCES=${folder} holds no voice: create a folder in it for each voice, with a recording and a .lab file of the words spoken`,
    );
  return voices;
}

/** A digest that identifies recordings. */
export function digestOf(recordings: readonly FishReference[]): string {
  const hash = createHash("sha256");
  for (const { audio, text } of recordings)
    hash
      .update(`${audio.length} ${Buffer.byteLength(text)} `)
      .update(audio)
      .update(text);
  return hash.digest("base64url");
}

function listFolder(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new Error(`DUET_FISH_REFERENCES=${folder}: ${fileFault(error).replace("file", "folder")}`);
  }
}

function readWords(folder: string, recording: string): string {
  const file = join(folder, `${recording.slice(0, -extname(recording).length)}.lab`);
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    throw new Error(`${file} is missing: create it with the words that are spoken in ${recording}`);
  }
}
