/**
 * How much CPU the hardest texts take for each character: what the segmenter or a rule looks further at, by itself, with each other one, and in
 * rows of three that are drawn, over and over.
 *
 *     node test/bench/hard-texts.ts [SEED]
 *
 * All of them are tried on a small text, in the segmenter and with the spoken form of each language in turn. Of each, the ten that take
 * longest are printed at 16 KiB and 64 KiB: microseconds of CPU for each character, and how many times as long a character takes in the
 * longer text, which is 1 where time is linear. SLOW marks what takes more than 0.95 µs, so that 1 MiB would take more than a second, which
 * holds only on a machine that is not busy.
 */
import { cpuMs, message, segmentAll, speakAll } from "./text-cost.ts";

const tokens = [
  ..."a1Aé元月の한ก я",
  ..."`$\\<>&!*_~^#|@%+=-–—/:;,.?'\"()[]{}",
  ..."“”‘’「」《》（）【】。，、；：？！…·",
  ..."²½Ⅳ①−×°℃¥€№",
  ...["\n", "\u200b", "😀", "**", "$$", "\\(", "<b>", "&amp;", "](", "http://a.b", "a@b.c"],
  ...[
    "12",
    "2024",
    "1.5",
    "kg",
    "m/s",
    "第",
    "年",
    "号",
    "和",
    "电话",
    "验证码",
    "No. ",
    "call ",
    "May ",
    "Uhr",
    "시",
    "α",
  ],
];
const languages = ["zh", "en", "ja", "ko", "de", "fr", "es", "it", "pt", "ru", "th"];
/** How many rows of three are drawn, and how long the text is on which all are tried. */
const drawn = 4000;
const sample = 1024;
/** Microseconds for each character at which 1 MiB takes a second. */
const fastEnough = 0.95;

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

type Work = (text: string, language: string) => void;
const ways: Readonly<Record<string, Work>> = {
  segmenter: (text) => void segmentAll(text),
  words: (text, language) => void speakAll([text], language),
};

/** Microseconds of CPU for each character. */
const perCharacter = (work: Work, unit: string, language: string, size: number): number =>
  (cpuMs(() => work(filled(unit, size), language)) * 1000) / size;

for (const [name, work] of Object.entries(ways)) {
  const tried = units.map((unit, index) => {
    const language = languages[index % languages.length] ?? "zh";
    return { unit, language, cost: perCharacter(work, unit, language, sample) };
  });
  for (const { unit, language } of tried.toSorted((a, b) => b.cost - a.cost).slice(0, 10)) {
    const short = perCharacter(work, unit, language, message / 4);
    const long = perCharacter(work, unit, language, message);
    const mark = long > fastEnough ? "SLOW " : "";
    process.stdout.write(
      `${mark}${name}, ${JSON.stringify(unit)} in ${language}: ${short.toFixed(2)} and ${long.toFixed(2)} µs, ratio ${(long / short).toFixed(2)}\n`,
    );
  }
  process.stdout.write(`${name}: ${units.length} texts tried\n`);
}
