/**
 * Reads replies that the rules have not seen, for review, and keeps them as rows.
 *
 *     node test/words/blind/main.ts replies.tsv  prints each with its reading, those first that need a look
 *     node test/words/blind/main.ts --fill replies.tsv  prints the file with the readings filled in, to be corrected
 *     node test/words/blind/main.ts --accept replies.tsv  keeps those with accepted readings in readings/blind.tsv
 *
 * The first line of the file names its columns, with tabs between them: id, lang (a BCP 47 tag, or mix), text, and
 * accepted, where ` ||| ` stands between readings that are right and `{a|b}` for either. Whether a reply was right at
 * first sight is judged with --accept, or by the column read that --fill writes: use either before a rule is mended.
 * `npm run docs` then writes the rates into docs/words.md.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { blindFile, blindRows, writeBlind } from "../../../services/synthesize/text/spoken/readings/rows.ts";
import { roundsOf } from "../rulebook/rates.ts";
import { fillReplies, keepReplies, parseReplies, review, showReviews } from "./replies.ts";

const today = new Date().toISOString().slice(0, 10);

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { accept: { type: "boolean" }, fill: { type: "boolean" }, seen: { type: "string", default: today } },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Error("one file of replies must be named");
  if (!/^\d{4}-\d\d-\d\d$/.test(values.seen)) throw new Error("--seen must be a day such as 2026-11-28");
  const reviews = review(parseReplies(readFileSync(file, "utf8")));
  if (values.fill) process.stdout.write(fillReplies(reviews));
  else if (values.accept) {
    const before = blindRows();
    const rows = keepReplies(before, reviews, values.seen);
    writeFileSync(blindFile, writeBlind(rows));
    const open = reviews.filter(({ right }) => right === undefined).length;
    process.stdout.write(
      `${rows.length - before.length} kept, ${open} without accepted readings, others were there already\n`,
    );
  } else process.stdout.write(showReviews(reviews));
  const judged = reviews.flatMap(({ right, reply }) =>
    right === undefined ? [] : [{ ...reply, seen: values.seen, right }],
  );
  for (const { lang, right, of } of roundsOf(judged))
    process.stderr.write(`${lang}: ${right} of ${of} right at first sight, ${((100 * right) / of).toFixed(1)} %\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
