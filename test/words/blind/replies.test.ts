import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { heard, isAccepted } from "../../../services/synthesize/text/spoken/readings/heard.ts";
import { parseBlind, writeBlind } from "../../../services/synthesize/text/spoken/readings/rows.ts";
import { fillReplies, keepReplies, parseReplies, review, showReviews } from "./replies.ts";

const file = [
  "id\tlang\tinput\taccepted",
  "a\tzh\t一共5个。\\n好\t一共五个好 ||| 一共5个好",
  "b\ten\tIt costs $5.\tIt costs 5 dollars",
  "c\tzh\t气温25°C\t",
  "",
].join("\n");

describe("replies that nobody has seen", () => {
  it("are judged by their accepted readings, where there are any", () => {
    const reviews = review(parseReplies(file));
    assert.deepEqual(
      reviews.map(({ read, right }) => [read, right]),
      [
        ["一共五个。好", true],
        ["It costs five dollars.", false],
        ["气温二十五摄氏度", undefined],
      ],
    );
    const shown = showReviews(reviews);
    assert.ok(shown.startsWith("# b en WRONG\nIt costs $5.\n→ It costs five dollars.\n≠ It costs 5 dollars\n"));
    assert.ok(shown.indexOf("# c zh ?") < shown.indexOf("# a zh right"));
  });

  it("become rows with the day and what was right, each once", () => {
    const kept = keepReplies([], review(parseReplies(file)), "2027-01-02");
    assert.deepEqual(
      kept.map(({ id, seen, right }) => [id, seen, right]),
      [
        ["a", "2027-01-02", true],
        ["b", "2027-01-02", false],
      ],
    );
    assert.deepEqual(keepReplies(kept, review(parseReplies(file)), "2028-01-01"), kept);
    assert.deepEqual(parseBlind(writeBlind(kept)), kept);
  });

  it("are judged as they were read when the file was filled in, whatever has been mended since", () => {
    const filled = fillReplies(review(parseReplies(file)));
    const [, , last] = parseReplies(filled);
    assert.deepEqual([last?.accepted, last?.read], [["气温二十五摄氏度"], "气温二十五摄氏度"]);
    const corrected = parseReplies(
      filled.replace("气温二十五摄氏度\t气温二十五摄氏度", "气温二十五摄氏度\t气温二十五"),
    );
    assert.equal(review(corrected).at(-1)?.right, false);
  });

  it("say which line is none", () => {
    assert.throws(() => parseReplies("id\ttext\na\tb\n"), /^Error: line 1 must name/);
    assert.throws(() => parseReplies("id\tlang\ttext\na\tzh\n"), /^Error: line 2 must have/);
    assert.throws(() => parseReplies("id\tlang\ttext\na\tzh\tb\na\tzh\tc\n"), /^Error: line 3: the id a /);
    assert.throws(() => parseBlind("id\n"), /^Error: the first line must be/);
    assert.throws(() => parseBlind(writeBlind([]).concat("a\tzh\tyesterday\tyes\tb\tc\n")), /^Error: line 2 must hold/);
  });
});

describe("two readings are one", () => {
  it("where nobody hears a difference", () => {
    assert.equal(heard("zh", "好，二〇二四 年。"), heard("zh", "好二零二四年"));
    assert.equal(heard("en", "It’s twenty-five, OK."), heard("en", "its twenty five ok"));
    assert.equal(heard("ko", "이삼 일"), "이삼 일");
    assert.notEqual(heard("en", "$5"), heard("en", "5"));
  });

  it("but not where a mark is left that no voice should be given", () => {
    assert.ok(!isAccepted("zh", "重点*好*", ["重点好"]));
    assert.ok(isAccepted("zh", "", [""]));
  });

  it("a reading may leave a choice at several places", () => {
    const accepted = ["At {three|3} {fifteen|fifteen minutes} {p.m.|}{ sharp|}."];
    for (const right of ["At three fifteen.", "at three fifteen minutes PM", "At three, fifteen p.m. sharp"])
      assert.ok(isAccepted("en", right, accepted), right);
    for (const wrong of ["At fifteen.", "At three fifteen p.m. sharp sharp", "At three", "At three fif teen"])
      assert.ok(!isAccepted("en", wrong, accepted), wrong);
    assert.ok(isAccepted("zh", "两公斤", ["{二|两}{千克|公斤}"]));
    const many = "{a|b}".repeat(40);
    assert.ok(isAccepted("zh", "ab".repeat(20), [many]), "choices are not multiplied out");
    assert.ok(!isAccepted("zh", "ab".repeat(19), [many]));
  });
});
