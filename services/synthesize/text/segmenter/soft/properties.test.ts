import assert from "node:assert/strict";
import fc from "fast-check";
import { it } from "vitest";
import type { Clause } from "../clause.ts";
import { createSegmenter, type Segmenter } from "../segmenter.ts";

/** Texts of each property; .ci/full takes 100,000. */
const numRuns = Number(process.env.WORDS_RUNS ?? 1000);

const snippets = fc.constantFrom(
  ...'我们 今天 苏州 的 了 是 在 和 对 从 把 可以 因为 如果 之后 由李渊 于 公 元 告诉我们 这说明 书 翻译成 在于 时 里 很 就 还有 说 含有 “ " 電話 對 12 3.5% 《红楼梦》 “好。” ， 。 、 ： 😀 𠮷 私は 本を 読む カメラ に で 나는 학교에 가고 책을 the_ cats_ and_ of_ was_ on_ in_ because_ sleep_ say_ "Yes"_ most_ much_ you_ For_ New_ York_ it\'s_ 9_ a.m._ und_ weil_ der_ Hund_ et_ le_ chat_ y_ los_ gatos_ и_ кошка_ `x`_ **b**_ (see_ it)_ https://a.cn/b ,_ ._ - \n'
    .split(" ")
    .map((snippet) => snippet.replace("_", " ")),
);
const texts = fc.array(snippets, { maxLength: 40 }).map((parts) => parts.join(""));
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 });

function* pieces(text: string, sizes: readonly number[]): Generator<string> {
  for (let at = 0, turn = 0; at < text.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield text.slice(at, at + size);
    at += size;
  }
}

/** Takes the open clause's borders, by their place in the whole text. */
const shown = ({ open }: Segmenter): string[] =>
  open === undefined
    ? []
    : open.borders.map(({ at, strength }) => `${open.start + [...open.text.slice(0, at)].length} ${strength}`);

it("finds the same borders however a text is split, and takes none back", () => {
  fc.assert(
    fc.property(texts, sizes, (text, sizes) => {
      const whole = createSegmenter();
      const wanted = [...whole.push(text), ...whole.flush()];
      const segmenter = createSegmenter();
      const clauses: Clause[] = [];
      const seen = new Set<string>();
      for (const piece of pieces(text, sizes)) {
        clauses.push(...segmenter.push(piece));
        for (const border of shown(segmenter)) seen.add(border);
      }
      clauses.push(...segmenter.flush());
      assert.deepEqual(clauses, wanted);
      const kept = new Set(
        clauses.flatMap(({ text, start, borders }) =>
          borders.map(({ at, strength }) => `${start + [...text.slice(0, at)].length} ${strength}`),
        ),
      );
      for (const border of seen) assert.ok(kept.has(border), `${border} of ${text}`);
    }),
    // Whether a place is judged must not depend on a character behind the end of its clause.
    { numRuns, examples: [["我们我们很\n我们", [1]]] },
  );
});
