import assert from "node:assert/strict";
import { it } from "vitest";
import { readLines, readText, showReading } from "./read.ts";

async function* from(...lines: string[]): AsyncGenerator<string> {
  yield* lines;
}

it("says when each clause was complete", () => {
  assert.deepEqual(readText("好的，花了$5。谢谢", {}), [
    { text: "好的，", spoken: "好的，", readBy: 4 },
    { text: "花了$5。", spoken: "花了五美元。", readBy: 9 },
    { text: "谢谢", spoken: "谢谢", readBy: 10 },
  ]);
});

it("reads JSON lines and plain lines, and goes on after a line that it cannot read", async () => {
  const written: string[] = [];
  const failed: string[] = [];
  await readLines(
    from(
      '{"id": "a", "text": "3.5", "lang": "en"}',
      "",
      '{"id": ',
      "温度5℃",
      '{"text": 5}',
      '{"id": 7, "text": "2"}',
      '{"text": "a", "lang": "chinese!"}',
    ),
    {
      language: "zh",
      show: showReading,
      write: (line) => void written.push(line),
      fail: (message) => void failed.push(message),
    },
  );
  assert.deepEqual(
    written.map((line) => JSON.parse(line)),
    [
      { id: "a", clauses: [{ text: "3.5", spoken: "three point five", readBy: 3 }] },
      { id: "4", clauses: [{ text: "温度5℃", spoken: "温度五摄氏度", readBy: 4 }] },
      { id: "7", clauses: [{ text: "2", spoken: "二", readBy: 1 }] },
    ],
  );
  assert.equal(failed.length, 3);
  assert.equal(failed[2], 'line 7: "lang" must be a language tag such as zh, en or pt-BR');
  assert.match(failed[0] ?? "", /^line 3: .*JSON/);
  assert.equal(failed[1], 'line 5: "text" must be a string');
});
