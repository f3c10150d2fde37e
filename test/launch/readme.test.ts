import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, test } from "vitest";
import { type Launcher, startLauncher } from "./launcher.ts";

const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
const calls = [...readme.matchAll(/^curl -sN? (http\S+) ((?:-H '[^']+' )+)-d '([^']+)'(?: > \S+\.(\w+)$)?/gm)].map(
  ([, url = "", said = "", body = "", file]) => {
    const headers = [...said.matchAll(/-H '([^:]+): ([^']+)'/g)].map(([, name = "", value = ""]) => [name, value]);
    return { url: new URL(url), headers: Object.fromEntries(headers) as Record<string, string>, body, file };
  },
);
/** How a file of a kind begins. */
const beginnings: Record<string, RegExp> = { wav: /^RIFF....WAVE/s, mp3: /^(?:ID3|\xff[\xe0-\xff])/ };

describe("what the README shows works on a house that was started as it says:", () => {
  let launcher: Launcher;
  let page = "";
  beforeAll(async () => {
    launcher = startLauncher({ DUET_DISCOVER: "0", DUET_EDGE_LISTEN: "127.0.0.1:0" });
    page = await launcher.page;
  });
  afterAll(() => launcher.end());

  const call = ({ url, headers, body }: (typeof calls)[number]) =>
    fetch(new URL(url.pathname, page), { method: "POST", headers, body });

  test("there are calls of every kind", () => {
    const names = calls.map(({ url }) => url.pathname.split("/").at(-1));
    assert.deepEqual(names, ["Converse", "Speak", "ListVoices", "GetStatus", "Speak", "chat", "speech"]);
  });

  for (const each of calls.filter(({ file }) => file !== undefined))
    test(`${each.url.pathname} for a file of ${each.file}`, async () => {
      const response = await call(each);
      assert.equal(response.status, 200);
      const bytes = Buffer.from(await response.arrayBuffer());
      assert.match(bytes.toString("latin1"), beginnings[each.file as string] as RegExp);
      assert.ok(bytes.length > 5_000, `${bytes.length} bytes`);
    });

  for (const each of calls.filter(({ file }) => file === undefined))
    test(`${each.url.pathname} with ${each.body}`, async () => {
      const response = await call(each);
      assert.equal(response.status, 200);
      const lines = (await response.text())
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      if (/ListVoices|GetStatus/.test(each.url.pathname)) return assert.equal(lines.length, 1);
      if (each.url.pathname === "/chat") {
        const stored = await fetch(lines[0].audio_url);
        const bytes = Buffer.from(await stored.arrayBuffer()).toString("latin1");
        assert.equal(stored.status, 200);
        return assert.match(bytes, beginnings.wav as RegExp);
      }
      assert.deepEqual(
        lines.map(({ sequence }) => sequence),
        lines.map((_, index) => index + 1),
      );
      assert.ok("started" in lines[0]);
      assert.equal(lines.at(-1).finished.outcome, "OUTCOME_COMPLETED");
      assert.equal(lines.filter((line) => "finished" in line).length, 1);
      const lastText = lines.findLastIndex((line) => "textDelta" in line);
      if (lastText >= 0)
        assert.ok(lines.findIndex((line) => "audio" in line) < lastText, "it is not heard while it is written");
      const samples = pcmOf(lines);
      const seconds = samples.length / lines[0].started.audioFormat.sampleRateHertz;
      assert.ok(seconds > 0.5 && seconds < 60, `${seconds} s`);
      assert.ok(
        samples.some((sample) => Math.abs(sample) > 1000),
        "it is silent",
      );
    });

  test("every metric that it names is there", async () => {
    const admins = [...launcher.output().matchAll(/admin=(\S+)/g)].map(([, address]) => `http://${address}`);
    assert.equal(admins.length, 2, launcher.output());
    const pages = await Promise.all(
      [page, ...admins].map(async (url) => (await fetch(new URL("/metrics", url))).text()),
    );
    const there = pages.join("\n");
    for (const [name] of readme.matchAll(/\bduet_[a-z_]+\b/g)) assert.match(there, new RegExp(`^# TYPE ${name} `, "m"));
  });
});

/** The samples of all audio events, in order. */
function pcmOf(lines: { audio?: { pcm: string } }[]): Int16Array {
  const bytes = Buffer.concat(
    lines.flatMap(({ audio }) => (audio === undefined ? [] : Buffer.from(audio.pcm, "base64"))),
  );
  return new Int16Array(Uint8Array.from(bytes).buffer);
}
