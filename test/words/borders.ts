// Prints replies with their soft borders, one clause a line: `|` stands between phrases, `¦` between words. Read them
// as somebody who speaks the language. Run: npx node test/words/borders.ts [--first] FILE ...; a file is a table whose
// last column is the text, or a text of one reply a line. --first: of each reply the first clause alone, cut at the
// best border within 4 to 14 hanzi or 4 to 9 words, and how many replies have one.

import { readFileSync } from "node:fs";
import type { Clause } from "../../services/synthesize/text/segmenter/clause.ts";
import { createSegmenter } from "../../services/synthesize/text/segmenter/segmenter.ts";
import type { SoftBorder } from "../../services/synthesize/text/segmenter/soft/soft-border.ts";

const sign = { phrase: "|", word: "¦" };

function marked({ text }: Clause, borders: readonly SoftBorder[]): string {
  let line = "";
  let end = 0;
  for (const { at, strength } of borders) {
    line += text.slice(end, at) + sign[strength];
    end = at;
  }
  return (line + text.slice(end)).replaceAll("\n", "↵");
}

/** How much a text says, in hanzi; of words, of which nine are spoken as fast as fourteen hanzi. */
const amount = (text: string): number => {
  const hanzi = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return hanzi + ((text.match(/[^\s\p{Script=Han}]+/gu)?.length ?? 0) * 14) / 9;
};

const best = ({ text, borders }: Clause): SoftBorder | undefined => {
  const near = borders.filter(({ at }) => amount(text.slice(0, at)) >= 4 && amount(text.slice(0, at)) <= 14);
  return near.find(({ strength }) => strength === "phrase") ?? near[0];
};

const [option, ...rest] = process.argv.slice(2);
const first = option === "--first";
let [long, parted] = [0, 0];
for (const file of first ? rest : [option ?? "", ...rest])
  for (const line of readFileSync(file, "utf8").trim().split("\n")) {
    const text = line.split("\t").at(-1)?.replaceAll("\\n", "\n") ?? "";
    const segmenter = createSegmenter();
    const clauses = [...segmenter.push(text), ...segmenter.flush()];
    if (!first) {
      for (const clause of clauses) process.stdout.write(`${marked(clause, clause.borders)}\n`);
      continue;
    }
    const opening = clauses[0];
    if (opening === undefined || amount(opening.text) < 12) continue;
    long++;
    const border = best(opening);
    if (border !== undefined) parted++;
    process.stdout.write(`${marked(opening, border === undefined ? [] : [border])}\n`);
  }
if (first) process.stdout.write(`${parted} of ${long} long openings have a border\n`);
