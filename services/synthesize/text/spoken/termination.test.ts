import assert from "node:assert/strict";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { it } from "vitest";
import { createSegmenter } from "../segmenter/segmenter.ts";
import { rulesAt } from "./dispatch/dispatch.ts";
import { rulesOf } from "./language.ts";
import { createSpokenForm } from "./spoken.ts";

/**
 * Fragments at which rules begin or go on; each is repeated until whatever scans them has had to give up or to go on.
 */
const fragments =
  "0|12|005|2024|1,000|3.14|.5|-|−|+|±|–|~|:|：|/|%|$|¥|US$|k|万|元|kg|km/h|°C|′|\"|'|“|”|(|)|（|[|]|{|}|<|>|</|<b |<!--|&|&amp;|&lt;|;|*|**|_|~~|`|#|# |- |1. |> |||| | |:-:| - |\n|\t| |$$|\\(|\\[|\\frac|^|²|½|Ⅳ|①|=|->|×|x|!|？|。|，|,|.|…|a|I|PM|p.m.|Dr.|May 5|of |第|年|号|点|是|码|电话|比分|http://|www.|a.|@|a@|.com|.txt|😀|<||[laughing |日|月|시|분|Uhr|1.234,5|12,5|№|।|؟|،|。」|[1]|1-|1 |1/|1:|1'|a/|a-|A-|$1|$1.|$1-|1kg-".split(
    "|",
  );
/** How often a fragment is repeated: more than a clause is long, and no construct reaches beyond one. */
const repeats = 130;

/** Fragments repeated, by themselves and between two others, and the figure that a rule once read for ever. */
function* texts(): Generator<string> {
  for (const [index, fragment] of fragments.entries()) {
    yield fragment.repeat(repeats);
    const other = fragments[(index * 31 + 7) % fragments.length] ?? "";
    yield `it is ${fragment}${other.repeat(20)}${(fragment + other).repeat(repeats / 4)}11.00${fragment} in all.\n`;
    yield `| ${(`${fragment} | `).repeat(40)}x`;
  }
}

function speakAll(): number {
  let clauses = 0;
  for (const text of texts())
    for (const language of Object.keys(rulesOf)) {
      const segmenter = createSegmenter();
      const spokenForm = createSpokenForm({ language });
      for (const clause of [...segmenter.push(text), ...segmenter.flush()]) {
        spokenForm.speak(clause);
        clauses++;
      }
    }
  return clauses;
}

/**
 * Texts that took far longer than others of their length, each by what is repeated and the language in which it did.
 * What they cost is counted in rules that are tried and characters that are looked at, not in time.
 */
const hard = `
zh 1-
zh 1/
zh 1kg/
zh 1:
zh 7
zh 【#
zh “#
ja 1<
ja >1
ja −1
ja (a+
ja A−
ko (a+
ko 1<
en _12
en 1-
de 1/
fr 7
`;

/**
 * Long enough for a machine that is busy with other tests; a loop that does not end outlasts it, whatever the machine.
 */
const patienceMs = 120_000;

/**
 * How much longer a character takes in a full clause, where each rule has all of it to look through, than in one of a
 * third of its length.
 */
function workRatio(unit: string, language: string): number {
  const [short, full] = [30, 90].map((length) => {
    const text = unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
    const speak = () => createSpokenForm({ language }).speak({ text, start: 0, end: length, borders: [] });
    for (let run = 0; run < 5; run++) speak();
    const before = process.cpuUsage();
    for (let read = 0; read < 4500; read += length) speak();
    const { user, system } = process.cpuUsage(before);
    return user + system;
  });
  return (full ?? 0) / (short ?? 1);
}

if (!isMainThread && parentPort !== null) parentPort.postMessage(speakAll());
else {
  it("ends on fragments repeated beyond all reach", async () => {
    const worker = new Worker(new URL(import.meta.url));
    const watchdog = setTimeout(() => void worker.terminate(), patienceMs);
    const clauses = await new Promise<number>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
      worker.once("exit", () => reject(new Error("a text was still being read when patience ran out")));
    });
    clearTimeout(watchdog);
    assert.ok(clauses > fragments.length);
  });

  for (const row of hard.trim().split("\n")) {
    const [language = "", unit = ""] = row.split(" ");
    it(`tries few rules for each character of ${unit} in ${language}`, () => {
      const table = rulesOf[language] ?? new Map();
      const text = unit.repeat(64);
      let [tried, given] = [0, 0];
      for (let index = 0; index < text.length; index++) {
        tried += rulesAt(table, text, index).length;
        given += table.get(text[index] ?? "")?.length ?? 0;
      }
      assert.ok(tried <= 40 * text.length || tried * 2 < given, `${tried / text.length} of ${given / text.length}`);
    });

    it(`takes no longer for each character of ${unit} in ${language} where there are more of them`, () => {
      const least = Math.min(...[1, 2, 3].map(() => workRatio(unit, language)));
      assert.ok(least < 3, `${least.toFixed(1)} times as long`);
    });
  }

  it("moves on with every rule, wherever it is tried", () => {
    for (const rules of Object.values(rulesOf))
      for (const entry of new Set([...rules.values()].flat()))
        for (const text of texts()) {
          const length = Math.min(text.length, 60);
          for (let index = 0; index < length; index++) {
            if (!entry.starts.includes(text[index] ?? "")) continue;
            const reading = entry.read({ text: text.slice(0, 200), index });
            assert.ok(reading === undefined || (reading.end > index && reading.end <= text.length), entry.name);
          }
        }
  });
}
