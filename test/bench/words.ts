/**
 * How much CPU the words of an answer cost: segmenter and spoken form together, per token of ordinary text.
 *
 *     node test/bench/words.ts
 *
 * Prints microseconds of CPU per token, the median of nine runs and the least, for Chinese, English and marked-up text
 * fed token by token (1.6 Chinese characters or 0.75 English words a token, as language models write), and for
 * sentences full of figures in other languages; then how much CPU texts of growing size take at once, which shows that
 * time is linear in length. SLOW marks what takes the segmenter more than a second for 1 MiB, or segmenter and spoken
 * form for the largest message, which holds only on a machine that is not busy.
 */
import { languages, sentences } from "../../services/synthesize/text/spoken/facts/sentences.ts";
import { cpuMs, fastEnoughMs, message, mib, segmentAll, speakAll } from "./text-cost.ts";

const chinese =
  "好的，我来为您介绍一下。这款手机的售价是2,999元，比去年便宜了15%，电池容量5000mAh，可以连续使用12个小时。从2024年5月1日到5月7日，" +
  "所有门店都有优惠活动，您可以在上午10:00到晚上9:00之间前往选购。如果需要送货上门，请拨打400-123-4567联系客服，我们会在两个工作日内送达。另外，温度低于-10℃时续航会缩短，这是正常现象，不用担心。\n";
const english =
  "Sure, I can help you with that. The museum opens at 9:30 a.m. on weekdays, and tickets cost $12.50 for adults. It was built in 1887 and " +
  "holds about 3,500 paintings, which is roughly 20% more than it had ten years ago. Dr. Lee, the director, says that most visitors stay for 2 to 3 hours. If you plan to come on a Sunday, please book ahead, because it gets crowded.\n";
const markedUp =
  "## 步骤\n\n1. **打开设置**：点击右上角的图标。\n2. 选择`网络`，然后输入密码。\n\n| 套餐 | 月费 |\n|---|---|\n| 基础版 | 29元 |\n| 高级版 | 59元 |\n\n详见[官网](https://example.com)，公式 $E=mc^2$ 很有名😊。\n\n";

/** Pieces of about one token each. */
function tokens(text: string): string[] {
  return text.match(/[一-鿿]{1,2}|[A-Za-z]{1,5}|\d{1,3}|\s?[^\s]|\s/gu) ?? [];
}

function measure(name: string, text: string, language?: string): void {
  const pieces = tokens(text);
  // As a service that has run for a few seconds: its code is compiled by then.
  for (let warmMs = 0; warmMs < 1500; ) warmMs += cpuMs(() => speakAll(pieces, language));
  const runs = Array.from({ length: 9 }, () => cpuMs(() => speakAll(pieces, language)));
  const [least = 0, , , , median = 0] = runs.sort((one, other) => one - other);
  const perToken = (ms: number) => ((ms * 1000) / pieces.length).toFixed(2);
  process.stdout.write(
    `${name.padEnd(10)} ${perToken(median)} µs CPU per token, at least ${perToken(least)} (${pieces.length} tokens)\n`,
  );
}

measure("Chinese", chinese.repeat(50));
measure("English", english.repeat(50));
measure("marked up", markedUp.repeat(50));
for (const of of languages) measure(of.language, [...sentences(of, 400)].join(" "), of.language);

/** CPU that texts of three sizes take, the last of which must be fast enough. */
function grow(what: string, unit: string, size: number, work: (text: string) => number): void {
  let clauses = 0;
  const times = [size / 4, size / 2, size].map((length) => {
    const text = unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
    return cpuMs(() => {
      clauses = work(text);
    });
  });
  const isSlow = (times.at(-1) ?? 0) > fastEnoughMs;
  const shown = times.map((ms, index) => `${(size / 4096) * 2 ** index} KiB ${ms.toFixed(0)} ms`).join(", ");
  process.stdout.write(`${isSlow ? "SLOW " : ""}${what}: ${shown} (${clauses} clauses)\n`);
}

const units: readonly (readonly [name: string, unit: string, language?: string])[] = [
  ["ordinary text", chinese + english + markedUp],
  ["open brackets", "("],
  ["open quotes", "“"],
  ["asterisks", "* "],
  ["backticks", "` `` "],
  ["dollar signs", "$a "],
  ["one word", "a"],
  ["one number", "7"],
  ["hyphens", "1-"],
  ["slashes", "1/"],
  ["colons", "1:"],
  ["waves", "3~"],
  ["signs", "-+±"],
  ["units", "1kg/"],
  ["powers", "a²-"],
  ["dots", "a."],
  ["no punctuation", "我们一起去公园玩"],
  ...languages.map(
    (of) => [`figures in ${of.language}`, `${[...sentences(of, 200)].join(" ")} `, of.language] as const,
  ),
];
for (const [name, unit, language] of units) {
  grow(`segmenter, ${name}`, unit, mib, segmentAll);
  grow(`words, ${name}`, unit, message, (text) => speakAll([text], language));
}
