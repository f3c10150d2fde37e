import assert from "node:assert/strict";
import fc from "fast-check";
import { it } from "vitest";
import type { Clause } from "./clause.ts";
import { createSegmenter } from "./segmenter.ts";

/** Texts of each property; .ci/full takes 100,000. */
const numRuns = Number(process.env.WORDS_RUNS ?? 25_000);

interface Emitted extends Clause {
  /** How many code points had been read. */
  readonly readBy: number;
}

function segment(pieces: Iterable<string>): Emitted[] {
  const segmenter = createSegmenter();
  const emitted: Emitted[] = [];
  let readBy = 0;
  for (const piece of pieces) {
    readBy += [...piece].length;
    for (const clause of segmenter.push(piece)) emitted.push({ ...clause, readBy });
  }
  for (const clause of segmenter.flush()) emitted.push({ ...clause, readBy });
  return emitted;
}

const texts = (pieces: Iterable<string>): string[] => segment(pieces).map(({ text }) => text);

/**
 * First clauses, and after how many characters the earliest of other voice stacks speaks them (two more may be read).
 */
const openings: readonly (readonly [text: string, first: string])[] = [
  ["好的，我来为您查询订单的情况。根据记录，包裹已经发出。", "好的，"],
  ["当然可以！下面是三个简单又实用的办法。", "当然可以！"],
  ["您好，这个问题涉及三个方面，首先是价格，其次是时间。", "您好，"],
  ["2024年GDP增长了5.2%，比去年高出0.3个百分点。", "2024年GDP增长了5.2%，"],
  ["没问题。我现在就为您处理。", "没问题。"],
  ["嗯……让我想想。", "嗯……"],
  ["不客气！还有别的问题吗？", "不客气！"],
  ["Sure! I can help you with that.", "Sure!"],
  ["No. I would not do that.", "No."],
  ["The price is $1,299.50, which includes tax.", "The price is $1,299.50,"],
  ["**好的！** 我来帮您。", "**好的！**"],
  ["はい、承知しました。", "はい、"],
];
for (const [text, first] of openings)
  it(`speaks "${first}" at most two characters late`, () => {
    const [clause] = segment(text);
    assert.equal(clause?.text, first);
    assert.ok((clause?.readBy ?? 0) <= [...first].length + 2);
  });

/** Whole texts; a bar stands where a clause ends. */
const cuts = `
今天的配比是1:7.24，|比昨天略高。
时间是10：30，|别迟到。
价格是¥1,299.50，|含税。
版本2.0.1修好了。|请更新。
请看3.14。|它很长。
她说：|“一切都好，请放心。”|大家都笑了。
“加油！”的喊声传遍全场。|比赛开始了。
《你好，明天》上映了。|票卖完了。
（见图3.2。）|下面继续。
我们的网站是www.example.com.cn。|欢迎访问。
见https://example.com/a,b?x=1&y=2，|谢谢。
请写信到a.b@example.com。|谢谢。
打开config.json，|再保存。
调用\`os.path.join(a, b)\`就行。|很简单。
公式$a=b, c=d$成立。|证毕。
我买了“苹果、梨、桃”。|都很甜。
太好了！！！|走吧。
真的吗？！|太好了。
等等...|还有一件事。
我想说的是——事情还没完。|再等等。
一家人👨‍👩‍👧‍👦去散步。|天气很好。
好棒！|🎉我们赢了。
Mr. and Mrs. Lee are here.| They live next door.
He was born in the U.S. and moved away.| He is back.
I live in the U.S.| The weather is fine.
The U.S. Senate met.| It voted.
Small shops e.g. bakeries,| open early.| Others do not.
They sell pens,| ink,| etc. at low prices.| Come in.
The class starts at 8 a.m. on Monday.| Bring a pen.
It ended at 5 p.m.| The room was empty.
We met on May 5, 2025.| It rained.
J. K. Rowling wrote it.| It sold well.
See Fig. 3 and pp. 4-5.| Then go on.
No. 5 won.| No.| It lost.
Have you read "Who Are You?" yet?| I have.
She shouted,| "Run!"| Everyone ran.
"I agree. Let's go," he said.| They went.
Wait... what did you say?| I missed it.
Open file.txt,| then main.py.| Done.
Use v1.2.3.| It works.
5! = 120,| as you know.| Good.
Le prix est de 1 299,50 €.| C'est cher.
Comment ça va ?| Très bien.
El Sr. García vive en EE. UU. desde ayer.| Es feliz.
本日は、|ありがとうございます。|またどうぞ。
이 제품은 1,200원입니다.| 배송은 무료입니다.
“怎么走？”|“一直往前走。”|“多久？”|“十分钟。”
“加油！”と言った。|次。
Sentence one.|Sentence two is here.|Now the third!
It is done.|Let me see.| Node.js and ASP.NET and System.Out stay.
Take it every 6 hrs.,| and rest (approx. 25 min.) now.
Amazon.com, Inc. sells.| He lives in Washington, D.C.,| near us.
It has 1,850 sq. ft. of space.| Use a 9x13-in. pan.| See sc. 1 of it.
Steps:| 1. Open| 2. Click| 3. Restart.
步骤：|1.打开设置；|2.重启。
1.苹果|2.香蕉|3.梨。
糖:盐:醋=3:1:2。|好。
作者是 J. K. 罗琳，|etc.表示“等等”。
返回请按*键，|谢谢*。
I told Al.| He laughed.
Ela mora na Av. Al. Santos perto daqui.
Así es.| Puedes salir.
Der Termin ist am Fr.| Wir freuen uns.
Fragen Sie Fr. Müller.
Ask the Mgr.| She knows.
Mgr. Dupont arrive.
Take vitamin C.| Then rest.
Er kam im Jahr 44 v. Chr. nach Rom.
En 2024 г. было тепло.
Он живёт в г. Москва.
Это было в 2024 г.| Москва росла.
Frankfurt a. M. liegt am Fluss.
Es gibt u. a. Bach und Haydn.
Il Sen. Rossi parla.
The book by J. A. Smith is new.
Senden Sie es z. Hd. Herrn Lang.
She lives at 1420 N. Main St. in town.
El siglo s. XX fue largo.
No séc. V a.C. nasceu.
Lisez le chap. IV ce soir.
`;
for (const line of cuts.trim().split("\n"))
  it(`cuts ${line}`, () => {
    const wanted = line.split("|");
    assert.deepEqual(
      texts([wanted.join("")]),
      wanted.map((text) => text.trim()),
    );
  });

it("keeps code blocks, the heads of tables and their rows each in one clause", () => {
  const text =
    "看：\n```js\nlet a = 1; // 好。真的。\n\nf(a);\n```\n| 名称 | 价格 |\n|---|---|\n| 茶。浓 | 3元，起 |\n- 第一项\n1. 第二项";
  assert.deepEqual(texts(text), [
    "看：\n",
    "```js\nlet a = 1; // 好。真的。\n\nf(a);\n```\n",
    "| 名称 | 价格 |\n|---|---|\n",
    "| 茶。浓 | 3元，起 |\n",
    "- 第一项\n",
    "1. 第二项",
  ]);
});

it("lets a piece of an endless code block go and stays in it", () => {
  const text = `\`\`\`\n${"x = 1. y\n".repeat(1000)}\`\`\`\n完了。`;
  const clauses = texts(text);
  assert.equal(clauses.at(-1), "完了。");
  assert.ok(clauses.every((clause) => clause.length < 4200));
});

it("reads a quote that does not close as plain text", () => {
  const clauses = segment(`“${"今天天气很好，我们出去玩。".repeat(6)}`);
  assert.equal(clauses[0]?.text, "“今天天气很好，");
  assert.ok((clauses[0]?.readBy ?? 0) <= 64);
});

it("releases a finished sentence when the writer pauses, and nothing else", () => {
  const segmenter = createSegmenter();
  assert.deepEqual(segmenter.push("好的。"), []);
  assert.deepEqual(segmenter.settle(), [{ text: "好的。", start: 0, end: 3, borders: [] }]);
  assert.deepEqual(segmenter.push("我来"), []);
  assert.deepEqual(segmenter.settle(), []);
  assert.deepEqual(segmenter.flush(), [{ text: "我来", start: 3, end: 5, borders: [] }]);
});

it("goes on after a flush", () => {
  const segmenter = createSegmenter();
  segmenter.push("你好");
  assert.deepEqual(segmenter.flush(), [{ text: "你好", start: 0, end: 2, borders: [] }]);
  assert.deepEqual(segmenter.push("世界。好"), [{ text: "世界。", start: 2, end: 5, borders: [] }]);
});

it("is out of a block of code after a flush, and at the start of a line", () => {
  const segmenter = createSegmenter();
  segmenter.push("```\nlet a. B");
  assert.deepEqual(
    segmenter.flush().map(({ text }) => text),
    ["```\nlet a. B"],
  );
  const more = [...segmenter.push("| a. B |\n1. River. Then"), ...segmenter.flush()];
  assert.deepEqual(
    more.map(({ text }) => text),
    ["| a. B |\n", "1. River.", "Then"],
  );
});

it("settles what ends a sentence with all that closes it, and nothing that only looks like it", () => {
  for (const [text, isSettled] of [
    ["好。", true],
    ["好。”", true],
    ["Done!", true],
    ["他说“好。", false],
    ["Done.", false],
    ["Done…", false],
    ["。", false],
    ["```\n好。", false],
    ["好！", true],
  ] as const) {
    const segmenter = createSegmenter();
    const before = segmenter.push(text);
    const settled = segmenter.settle();
    assert.equal(before.length === 0 && settled.length === 1, isSettled, text);
    if (isSettled) assert.equal(settled[0]?.text, text);
  }
});

it("puts the halves of a surrogate pair together", () => {
  assert.deepEqual(texts(["好\ud83d", "\ude00。行"]), ["好😀。", "行"]);
});

const snippets = fc.constantFrom(
  ..."好的 我们 今天 价格 是 ， 。 ！ ？ ： ； 、 …… —— “ ” 「 」 （ ） 《 》 1,299.50 3.14 10:30 10：30 2024-05-01 v1.2.3 ¥5 $5 50% \n \n\n".split(
    " ",
  ),
  ..." |. |, |! |? |; |: |Dr. |e.g. |U.S. |p.m. |The |and |Sure| word|It's |' |\" |( |) |[ |](u)|**|* |_|`|```|```\n|| a | b |\n|---|\n|# |- |1. |> |<b>|</b>|<|&amp;|$x$|$|\\(|\\)|https://a.cn/b?c=d|a@b.com|👍🏽|🇨🇳|👨‍👩‍👧|\u200b|　|こんにちは|안녕|é".split(
    "|",
  ),
);
const anyText = fc.oneof(
  { weight: 6, arbitrary: fc.array(snippets, { maxLength: 24 }).map((parts) => parts.join("")) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }) },
);
const plain = (clauses: readonly Clause[]): Clause[] =>
  clauses.map(({ text, start, end, borders }) => ({ text, start, end, borders }));

it("finds the same clauses however a text is cut into pushes", () => {
  fc.assert(
    fc.property(anyText, fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 9 }), (text, sizes) => {
      const pieces: string[] = [];
      for (let at = 0, turn = 0; at < text.length; turn++) {
        const size = sizes[turn % sizes.length] ?? 1;
        pieces.push(text.slice(at, at + size));
        at += size;
      }
      assert.deepEqual(plain(segment(pieces)), plain(segment([text])));
    }),
    { numRuns },
  );
});

it("keeps what it emitted whatever comes after", () => {
  fc.assert(
    fc.property(anyText, anyText, (text, more) => {
      const segmenter = createSegmenter();
      const emitted = segmenter.push(text);
      assert.deepEqual(plain(segment([text + more])).slice(0, emitted.length), emitted);
    }),
    { numRuns },
  );
});

it("gives back the text: clauses in order, white space between them, none too long", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const points = [...text];
      let end = 0;
      for (const clause of segment([text])) {
        assert.ok(clause.start >= end && clause.end > clause.start);
        assert.equal(points.slice(end, clause.start).join("").trim(), "");
        assert.equal(points.slice(clause.start, clause.end).join(""), clause.text);
        end = clause.end;
        const verbatim = /[`|$<&]|\\|https?:|\]\(/.test(clause.text);
        assert.ok(verbatim || [...clause.text.trim()].length <= 120, clause.text);
      }
      assert.equal(points.slice(end).join("").trim(), "");
    }),
    { numRuns },
  );
});

it("never cuts inside what belongs together", () => {
  const whole = fc.constantFrom(
    ..."1,299.50|3.14|10:30|10：30|2024-05-01|v1.2.3|192.168.1.1|a.b@example.com|https://a.cn/b,c?d=e.f|main.test.ts|“好。真的！”|（见图。）|「是吗？」|《你好，再见》|`a. b`|**好。的**|$a, b$|e.g.|👨‍👩‍👧‍👦|🇨🇳".split(
      "|",
    ),
  );
  const around = fc.array(fc.constantFrom(..."今天|我们去|很好|，|。|价格是|word |then ".split("|")), {
    maxLength: 14,
  });
  fc.assert(
    fc.property(around, whole, around, (before, inner, after) => {
      const lead = before.join("");
      const start = [...lead].length;
      const end = start + [...inner].length;
      for (const clause of segment([lead + inner + after.join("")]))
        assert.ok(clause.end <= start || clause.end >= end, `${lead}${inner}: ${clause.text}`);
    }),
    { numRuns },
  );
});
