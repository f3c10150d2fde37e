import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import type { TurnEvent } from "../../edge/turn/events.ts";
import { spanWeight } from "../../infra/text/weight.ts";
import { joinClauses } from "../../services/synthesize/text/join.ts";
import { createSegmenter } from "../../services/synthesize/text/segmenter/segmenter.ts";
import { createSpokenForm } from "../../services/synthesize/text/spoken/spoken.ts";

/** Sample frames a second: few, so that a test may stand at every one of them. */
export const rate = 30;

/**
 * Answers with what is hard to cut: prices, dates, lists, tables, code, links, emoji, marks and two scripts in one
 * sentence.
 */
export const answers = {
  chinese:
    "好的😊！这款手机只要¥2,999.50，比去年便宜了15%👨‍👩‍👧。\n\n1. **打开设置**：点击右上角的`网络`图标。\n2. 在2026-11-28前致电400-123-4567。\n\n```js\nconst price = 2999;\n```\n\n详见[官网](https://example.com/a?b=c)。谢谢1️⃣！",
  english:
    "Sure — it's $1,299.50 (15% off)! Don’t wait: the sale ends on 3/15/2026 at 9:30 p.m.\n\n- First, *open* the “Settings” page.\n- Then run `npm start`.\n\n```sh\nnpm ci && npm start\n```\n\n| plan | price |\n|---|---|\n| basic | $29 |\n\nThat's all, friend 🇩🇪👍🏽.",
  mixed: "用 Python 3.12 写 API，QPS 大约 3,000～5,000，误差 ±0.5%。OK？Let's go 🚀，今天就开始！",
} as const;

/**
 * The events of a turn that says a text, as Synthesize would cut and word it. Each segment has so many frames as
 * `framesOf` says.
 */
export function eventsOf(text: string, framesOf: (index: number, weight: number) => number, chunk = 7): TurnEvent[] {
  const segmenter = createSegmenter();
  const clauses = [...segmenter.push(text), ...segmenter.flush()];
  const form = createSpokenForm();
  const events: TurnEvent[] = [
    { case: "started", value: { turnId: "t", audioFormat: { sampleRateHertz: rate, channelCount: 1 } } },
    { case: "textDelta", value: { text } },
  ];
  let index = 0;
  for (const clause of clauses.map((clause) => form.speak(clause)).filter(({ spoken }) => spoken !== "")) {
    const { start, end, spoken, spans } = joinClauses([clause]);
    const said = [...spoken];
    const weigh = (from: number, to: number) => spanWeight(said.slice(from, to).join(""));
    const weighed = spans.map((span) => ({ ...span, weight: weigh(span.spokenStart, span.spokenEnd) }));
    events.push({ case: "segment", value: { index, start, end, spoken, spans: weighed } });
    const frames = framesOf(index, spanWeight(spoken));
    for (let offset = 0; offset < frames; offset += chunk)
      events.push({
        case: "audio",
        value: { segment: index, offset, pcm: new Uint8Array(2 * Math.min(chunk, frames - offset)) },
      });
    events.push({ case: "segmentDone", value: { segment: index, sampleCount: frames } });
    index++;
  }
  return [...events, { case: "finished", value: { outcome: Outcome.COMPLETED } }];
}
