import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createBeginnings } from "./beginnings.ts";

describe("texts by how they begin", () => {
  const beginnings = createBeginnings();
  beginnings.add("emma", "您好，很高兴为您服务。", 3);
  beginnings.add("emma", "您好，请问有什么可以帮您？", 4);
  beginnings.add("emma", "Good question! ", 1);

  const rows: [what: string, whose: string, written: string, seconds: number | undefined][] = [
    ["one that goes on so", "emma", "您好，请", 4],
    ["the shortest of several", "emma", "您好，", 3],
    ["spaces before it aside", "emma", "\n Good qu", 1],
    ["none that goes on otherwise", "emma", "您好，谢", undefined],
    ["none that is whole", "emma", "您好，很高兴为您服务。", undefined],
    ["none of somebody else", "otto", "您好，", undefined],
    ["none by its first character", "emma", "您", undefined],
  ];
  it.each(rows)("%s", (_, whose, written, seconds) => assert.equal(beginnings.find(whose, written), seconds));

  it("remembers the last 32 that begin alike, each once", () => {
    const many = createBeginnings();
    many.add("emma", "我们零。", 9);
    many.add("emma", "我们一。", 8);
    for (let count = 0; count < 31; count++) many.add("emma", `我们${"走".repeat(count + 1)}。`, 20 + count);
    assert.deepEqual([many.find("emma", "我们零"), many.find("emma", "我们一")], [undefined, 8]);
    for (let again = 0; again < 40; again++) many.add("emma", "我们走。", 20);
    assert.equal(many.find("emma", "我们一"), 8);
  });

  it("are those of the last 2000 beginnings", () => {
    const many = createBeginnings();
    for (let count = 0; count < 2_001; count++)
      many.add("emma", `${String.fromCharCode(0x4e00 + count)}好，走吧。`, count);
    const seconds = (count: number) => many.find("emma", `${String.fromCharCode(0x4e00 + count)}好`);
    assert.deepEqual([seconds(0), seconds(1), seconds(2_000)], [undefined, 1, 2_000]);
  });
});
