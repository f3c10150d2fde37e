/**
 * How much CPU the hardest texts take: each character at which the segmenter or a rule looks further, by itself and with each other one,
 * over and over.
 *
 *     node test/bench/hard-texts.ts
 *
 * All of them are tried at 16 KiB, in the segmenter and with the spoken form of five languages in turn; the ten that take longest then at
 * full size, 1 MiB for the segmenter and the largest message for the words. SLOW marks what takes more than a second of CPU, which
 * holds only on a machine that is not busy.
 */
import { cpuMs, fastEnoughMs, message, mib, segmentAll, speakAll } from "./text-cost.ts";

const characters = [
  ..."a1Aé元月の한ก я",
  ..."`$\\\\<>&!*_~^#|@%+=-–—/:;,.?'\"()[]{}",
  ..."“”‘’「」《》（）【】。，、；：？！…·",
  ..."²½Ⅳ①−×°℃¥€",
  "\n",
  "\u200b",
  "😀",
];
const languages = ["zh", "en", "de", "ja", "fr"];
/** Enough to tell a slow text from the others. */
const sample = 16_384;

const filled = (unit: string, size: number): string => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
const units = [...characters, ...characters.flatMap((a) => characters.filter((b) => b !== a).map((b) => a + b))];

interface Way {
  readonly name: string;
  readonly size: number;
  readonly work: (text: string, language: string) => void;
}

const ways: readonly Way[] = [
  { name: "segmenter", size: mib, work: (text) => segmentAll(text) },
  { name: "words", size: message, work: (text, language) => speakAll([text], language) },
];

for (const { name, size, work } of ways) {
  const tried = units.map((unit, index) => {
    const language = languages[index % languages.length] ?? "zh";
    return { unit, language, ms: cpuMs(() => work(filled(unit, sample), language)) };
  });
  const hardest = tried.toSorted((a, b) => b.ms - a.ms).slice(0, 10);
  for (const { unit, language } of hardest) {
    const ms = cpuMs(() => work(filled(unit, size), language));
    const mark = ms > fastEnoughMs ? "SLOW " : "";
    process.stdout.write(
      `${mark}${name}, ${JSON.stringify(unit)} in ${language}: ${size / 1024} KiB ${ms.toFixed(0)} ms\n`,
    );
  }
  process.stdout.write(`${name}: ${units.length} texts tried\n`);
}
