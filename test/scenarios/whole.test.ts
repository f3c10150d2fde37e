import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { startPiperTwin } from "../../infra/twins/piper/server.ts";
import { triggers } from "../../infra/twins/speaking/faults.ts";
import { startVitsTwin } from "../../infra/twins/vits/server.ts";
import { isWide } from "../support/wide.ts";
import { type End, limitMs, stackOf } from "./turns.ts";

const cut = "completed, SEGMENT_FAILED";
const odd = "completed, AUDIO_SUSPECT";
const both = (end: End) => ({ always: end, once: end });
const retried = (always: End) => ({ always, once: "completed" as const });

/** What becomes of a turn when a server of whole files does this each time it is asked, and when it does it `once`. */
const ofServer: Record<string, { always: End; once: End }> = {
  FAIL: retried(cut),
  OOM: retried(cut),
  BUSY: retried("failed: ResourceExhausted ENGINE_OVERLOADED"),
  LATER: retried("failed: ResourceExhausted ENGINE_OVERLOADED"),
  DENIED: both("failed: Internal ENGINE_UNAUTHORIZED"),
  REFUSED: both("failed: Internal ENGINE_REJECTED"),
  // Nothing of a file is heard before all of it is there and judged.
  ERROR: retried(cut),
  CUT: retried(cut),
  STUB: retried(cut),
  FREEZE: both("failed: DeadlineExceeded ENGINE_STALLED"),
  HANG: both("failed: DeadlineExceeded ENGINE_STALLED"),
  // What stands behind the file is no part of it.
  TAIL: both("completed"),
  RESET: retried(cut),
  RESTART: retried(cut),
  CRAWL: both("completed"),
  ODD: both("completed"),
  SHORT: retried(odd),
  LOOP: retried(odd),
  SILENT: retried(cut),
  // The silence after the words is not heard.
  DEAD: both("completed"),
  CLIP: retried(cut),
  OFFSET: retried(cut),
  RATE: both("completed"),
  STEREO: retried(cut),
  PAGE: retried(cut),
  DISGUISE: retried(cut),
  SORRY: retried(cut),
  MPEG: retried(cut),
  GZIP: retried(cut),
  EMPTY: retried(cut),
};

/** Piper differs in what its answers are called: the contract holds that the rest comes to the same. */
const ofPiper = new Set(["FAIL", "CUT", "PAGE", "SORRY", "MPEG", "EMPTY"]);

/** Faults of a kind each, which are got over if they happen once. */
const again = new Set(["FAIL", "BUSY", "CUT", "RESET", "RESTART", "SILENT", "PAGE"]);

const voices = {
  vits: {
    variable: "DUET_VITS_URL",
    start: (timeScale: number) => startVitsTwin({ timeScale, restartMs: 100 }),
  },
  piper: {
    variable: "DUET_PIPER_URL",
    start: (timeScale: number) => startPiperTwin({ timeScale, restartMs: 100 }),
  },
} as const;

for (const [name, voice] of Object.entries(voices))
  describe(`whatever ${name} does, a turn ends as it should`, () => {
    const { speak, leave, assertWell, stack } = stackOf({
      voice,
      settings: { DUET_VITS_TIMEOUT_MS: `${limitMs}`, DUET_PIPER_TIMEOUT_MS: `${limitMs}` },
    });
    for (const [word, { does }] of Object.entries(triggers)) {
      if ((name === "piper" || !isWide) && !ofPiper.has(word)) continue;
      const row = ofServer[word];
      it(`${word}: ${does}`, async () => {
        assert.ok(row !== undefined, "it has a row");
        assert.equal(await speak(`${word} 这一句说得不太好，请多包涵。`), row.always);
        await assertWell();
      });
      if (row !== undefined && row.once !== row.always && again.has(word))
        it(`${word}, once`, async () => {
          assert.equal(await speak(`${word} ONCE 这一句说得不太好，请多包涵。`), row.once);
          await assertWell();
        });
    }

    it("a caller who leaves leaves it at work, and the next one waits for it alone", async () => {
      const before = stack().voice?.seen().length ?? 0;
      await leave("[[say:这一段话很长。说到一半，听的人就走了。没有人再听下去，它还是说完这一句。]]");
      await assertWell();
      const after = stack().voice?.seen().slice(before) ?? [];
      assert.ok(after.length > 1 && after.every(({ clientLeft }) => !clientLeft), "no answer was cut");
    });
  });
