/**
 * How much CPU the hardest texts take for each character: what the segmenter or a rule looks further at, every mark and
 * a letter of every script, by itself, with each other one, and in rows of three that are drawn, over and over.
 *
 *     node test/bench/hard-texts.ts [SEED]
 *
 * All of them are tried on a small text, in the segmenter and with the spoken form of each language in turn. Those that
 * take longest are tried again, a quarter as long and as long as one call may bring: a message for the spoken form, 1
 * MiB for the segmenter. Of the slowest ten are printed: microseconds of CPU for each character, how many times as long
 * a character takes in the longer text, which is 1 where time is linear, and how many times as long it takes as one of
 * plain words that are read right before. On a busy machine the last still tells. SLOW marks what takes more than 0.57
 * µs in the segmenter, so that 1 MiB would take more than 0.6 s, and more than 0.95 µs in both, so that it would take
 * more than a second.
 */
import { cpuMs, message, mib, segmentAll, speakAll } from "./text-cost.ts";

const tokens = [
  ..."aA1éяЯαΣґ元月の한กກខမعשहকத՞ءაཀአ𠀀",
  ..."`$\\<>&!*_~^#|@%+=-–—―/:;,.?'\"()[]{}",
  ..."“”‘’„‚«»‹›「」『』《》〈〉【】〔〕（）［］｛｝＂＇",
  ..."。｡．，、､；：？！…‥·•・～〜।॥؟،؛۔։՝።፣፤፥፧។៕။၊๏๚",
  ..."²₂½ⅣⅫ①−×÷±≤→√∞°′″℃№§¥€©",
  ...[" ", "\n", "\r", "\t", "\u00a0", "\u3000", "\u2028", "\u200b", "\u200d", "\u0301", "\ufe0f", "😀", "👍🏽", "🇨🇳"],
  ...[
    "**",
    "***",
    "__",
    "~~",
    "``",
    "```",
    "$$",
    "\\(",
    "\\[",
    "<b>",
    "</",
    "<!--",
    "&amp;",
    "![",
    "](",
    "[1]",
    "|-",
    "# ",
    "- ",
    "1. ",
  ],
  ...["http://a.b", "www.", "a@b.c", "12", "2024", "1.5", "1,000", "10:30", "kg", "m/s", "H2O", "A1", "X-1"],
  ...[
    "Dr.",
    "z. B.",
    "т. е.",
    "No. ",
    "St. ",
    "Mr",
    "and ",
    "because ",
    "call ",
    "May ",
    "am 3.",
    "Uhr",
    "the 1½ in. ",
  ],
  ...["第", "年", "号", "和", "到", "电话", "验证码", "中文", "时", "개", "시", "กา", "ແລະ", "မြန်", "ភាសា"],
];
const languages = ["zh", "en", "ja", "ko", "de", "fr", "es", "it", "pt", "ru", "th"];
/** How many rows of three are drawn, and how long the text is on which all are tried. */
const drawn = 8000;
const sample = 1024;
/** How many of all are tried again. */
const again = 30;

let seed = Number(process.argv[2] ?? 1);
function draw(): string {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return tokens[Math.floor((seed / 2 ** 32) * tokens.length)] ?? "";
}
const units = [
  ...tokens,
  ...tokens.flatMap((a) => tokens.map((b) => a + b)),
  ...Array.from({ length: drawn }, () => draw() + draw() + draw()),
];

const filled = (unit: string, size: number): string => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);

/** What is measured: on how long a text at most, and what a character may take, in microseconds. */
interface Way {
  readonly work: (text: string, language: string) => void;
  readonly size: number;
  readonly fastEnough: number;
}

const ways: Readonly<Record<string, Way>> = {
  segmenter: { work: (text) => void segmentAll(text), size: mib, fastEnough: 0.57 },
  words: { work: (text, language) => void speakAll([text], language), size: message, fastEnough: 0.95 },
};

/** Microseconds of CPU for each character. */
const perCharacter = ({ work }: Way, unit: string, language: string, size: number): number =>
  (cpuMs(() => work(filled(unit, size), language)) * 1000) / size;

for (const [name, way] of Object.entries(ways)) {
  const tried = units.map((unit, index) => {
    const language = languages[index % languages.length] ?? "zh";
    return { unit, language, cost: perCharacter(way, unit, language, sample) };
  });
  const slowest = tried.toSorted((a, b) => b.cost - a.cost).slice(0, again);
  const measured = slowest.map(({ unit, language }) => {
    const control = perCharacter(way, "a ", language, way.size);
    const short = perCharacter(way, unit, language, way.size / 4);
    return { unit, language, short, control, long: perCharacter(way, unit, language, way.size) };
  });
  for (const { unit, language, short, long, control } of measured.toSorted((a, b) => b.long - a.long).slice(0, 10))
    process.stdout.write(
      `${long > way.fastEnough ? "SLOW " : ""}${name}, ${JSON.stringify(unit)} in ${language}: ${short.toFixed(2)} and ${long.toFixed(2)} µs, ` +
        `ratio ${(long / short).toFixed(2)}, ${(long / control).toFixed(1)} times plain words\n`,
    );
  process.stdout.write(`${name}: ${units.length} texts tried\n`);
}
