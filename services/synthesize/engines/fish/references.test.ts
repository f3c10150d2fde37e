import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "vitest";
import { readReferences } from "./references.ts";

/** A folder with these files. */
function folderOf(t: TestContext, files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "voices-"));
  t.onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

test("each folder is a voice, each recording in it has its words", (t) => {
  const folder = folderOf(t, {
    "emma/b.WAV": "two",
    "emma/b.lab": " second \n",
    "emma/a.mp3": "one",
    "emma/a.lab": "first",
    "emma/notes.txt": "not a recording",
    "nobody/notes.txt": "no recording at all",
    "readme.md": "no voice",
  });
  const voices = [...readReferences(folder)];
  assert.deepEqual(
    voices.map(([name, recordings]) => [
      name,
      recordings.map(({ audio, text }) => [Buffer.from(audio).toString(), text]),
    ]),
    [
      [
        "emma",
        [
          ["one", "first"],
          ["two", "second"],
        ],
      ],
    ],
  );
});

test("what is missing is named", (t) => {
  const wordless = folderOf(t, { "emma/a.wav": "one" });
  assert.throws(() => readReferences(wordless), /a\.lab is missing.*words that are spoken in a\.wav/);
  assert.throws(() => readReferences(folderOf(t, { "readme.md": "" })), /DUET_FISH_REFERENCES.*holds no voice/);
});
