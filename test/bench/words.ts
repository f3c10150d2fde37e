/**
 * How much CPU the words of an answer cost: segmenter and spoken form together, per token of ordinary text.
 *
 *     node test/bench/words.ts
 *
 * Prints microseconds of CPU per token for Chinese, English and marked-up text fed token by token (1.6 Chinese characters or 0.75 English words
 * a token, as language models write), and how much CPU texts of growing size take at once, which shows that time is linear in length.
 */
import { createSegmenter } from "../../services/synthesize/text/segmenter/segmenter.ts";
import { createSpokenForm } from "../../services/synthesize/text/spoken/spoken.ts";

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

function speakAll(pieces: readonly string[]): number {
  const segmenter = createSegmenter();
  const spokenForm = createSpokenForm();
  let spoken = 0;
  for (const piece of pieces)
    for (const clause of segmenter.push(piece)) spoken += spokenForm.speak(clause).spoken.length;
  for (const clause of segmenter.flush()) spoken += spokenForm.speak(clause).spoken.length;
  return spoken;
}

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

for (const [name, text] of [
  ["Chinese", chinese],
  ["English", english],
  ["marked up", markedUp],
] as const) {
  const pieces = tokens(text.repeat(50));
  speakAll(pieces);
  const runs = 5;
  const ms = cpuMs(() => {
    for (let run = 0; run < runs; run++) speakAll(pieces);
  });
  process.stdout.write(
    `${name.padEnd(10)} ${((ms * 1000) / (pieces.length * runs)).toFixed(2)} µs CPU per token (${pieces.length} tokens)\n`,
  );
}

for (const [name, unit] of [
  ["ordinary text", chinese + english + markedUp],
  ["open brackets", "("],
  ["open quotes", "“"],
  ["asterisks", "* "],
  ["backticks", "` `` "],
  ["dollar signs", "$a "],
  ["one word", "a"],
  ["one number", "7"],
  ["no punctuation", "我们一起去公园玩"],
] as const) {
  const times = [1, 2, 4].map((quarter) => {
    const text = unit.repeat(Math.ceil((quarter * 262_144) / unit.length));
    let count = 0;
    const ms = cpuMs(() => {
      const segmenter = createSegmenter();
      count = segmenter.push(text).length + segmenter.flush().length;
    });
    return { ms, count };
  });
  const shown = times.map(({ ms }, index) => `${2 ** index * 256} KiB ${ms.toFixed(0)} ms`).join(", ");
  process.stdout.write(`segmenter, ${name}: ${shown} (${times.at(-1)?.count} clauses)\n`);
}
