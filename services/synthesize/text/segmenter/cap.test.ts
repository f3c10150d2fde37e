import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { cutPlace } from "./cap.ts";

/** As wide as what is not cut where it may be cut later. */
const much = "x".repeat(36);
const hanzi = "天".repeat(18);

/** Texts that have become too long at `^`: `‖` stands where they are cut, `⟦` and `⟧` around what is kept whole. */
const rules: Readonly<Record<string, readonly string[]>> = {
  "after the last minor mark": [
    `${hanzi}、‖地地地地^地`,
    `${hanzi}、地，‖地地^地`,
    `${hanzi}——‖地地地^地`,
    `${hanzi}…‖地地^地`,
    `${much};‖oak^ elm`,
    `${hanzi}、地、‖^地`,
    `${hanzi} elm oak、‖地地^地`,
  ],
  "before a mark that may belong to a word never": [`${much} oak‖ elm^, ash`, `${much} oak‖ elm^-ash`],
  "at white space between hanzi, as after a mark": [
    `${hanzi}地‖ 地地地^地`,
    `${hanzi}、地‖ 地地地^地`,
    `${hanzi}、‖地 oak^地`,
    `${hanzi}，‖oak 地地^地`,
  ],
  "before a word that joins, rather than before another": [
    `${much} oak‖ and elm^ ash`,
    `${much} oak‖ and elm oak^ ash`,
    `${much} oak‖ and^ ash`,
    `${much} oak‖ and with^ ash`,
    `${much}‖ with elm an^d ash`,
    `${much}‖ with elm and^y ash`,
    `${much} andy‖ oak^y`,
    `${much} handy‖ oak^y`,
    `${much} oak‖ elm^s and`,
  ],
  "at the last white space": [
    `${much} oak elm‖^ ash`,
    `${much} oak‖ elm^s ash`,
    `${hanzi} oak‖ 地地^地`,
    `${hanzi}地‖ oak^s`,
    `${much} oak,‖^y`,
  ],
  "not behind a word that joins, if there is another place": [
    `${much}‖ yy(and oak^y`,
    `${much}‖ and oak^y`,
    `${much}yy‖ and oaks oak^y`,
  ],
  "before 36 only if nothing else can be": [
    `${"x".repeat(35)},‖ oak^y`,
    `${"x".repeat(34)}, ‖oak^y`,
    `${"x".repeat(36)}‖ oaks^y`,
    `${"x".repeat(20)}, ${"y".repeat(20)}-‖y^y`,
    `${"x".repeat(20)} ‖${"y".repeat(40)}^y`,
    `${"x".repeat(20)} and ‖${"y".repeat(40)}^y`,
    `天、天 ‖${"y".repeat(40)}^y`,
    `${"天".repeat(17)}、${"y".repeat(40)}(‖y^y`,
    `${"天".repeat(17)}y、‖${"y".repeat(40)}(y^y`,
  ],
  "before the last word of a dictionary": [
    `${much}我们喜欢‖苹果^梨`,
    `${much}喜欢‖苹果^梨`,
    `${much}欢苹果‖^梨`,
    `${hanzi}我们喜欢‖苹果^梨`,
    `${much}⟦我们⟧喜欢‖苹果^梨`,
    `${much}⟦我们喜⟧欢苹果‖^梨`,
    `${much}我们喜欢苹果-‖y^y`,
    `${much}𠮷𠮷喜欢‖苹果^梨`,
  ],
  "between two characters of which one is no letter": [
    `${much}(y)‖y^y`,
    `${much}y-‖y^y`,
    `${much}(‖y^y`,
    `${much}天‖y^y`,
    `${much}(‖é^é`,
    `${much}(‖y^%`,
    `${much}(‖y^'y`,
    `${much}(‖y^.5`,
    `${much}天‖地^/y`,
    `${much}‖🇨🇳🇨^🇳`,
    `${much}‖👩\u200d^👩`,
    `${much}!\u0301‖^y`,
    `${much}‖!^\u0301`,
  ],
  "anywhere, where nothing parts, but for a letter from its accents": [
    `${much}yyyy‖^y`,
    `${much}yyy‖e^\u0301`,
    `${much}yyy‖e\u0301^\u0302`,
    "\u0301\u0301‖^\u0301",
  ],
  "never inside what is kept whole": [
    `${much},‖⟦y,y⟧^y`,
    `${much},⟦y,y⟧,‖y^y`,
    `${much},‖⟦y,y⟧⟦y,y⟧^y`,
    `${much}⟦y,⟧‖y⟦y,y⟧^y`,
    `⟦${much},⟧‖y⟦y,y⟧^y`,
    `⟦${much},⟧‖⟦y,y⟧^y`,
    `${much}⟦(y)⟧‖^(y`,
    `⟦y⟧${much}⟦(y)⟧(‖y^y`,
  ],
  "between words of a script without spaces": [
    `${much}ประเทศไทยมีภูมิประเทศที่‖สวยงามและวัฒนธรรมไทย^y`,
    `${much}(สวยงาม‖และé^é`,
    `${much}(สวยงาม‖⟦และสวยงาม⟧é^é`,
    `⟦y⟧${much}(สวยงาม‖และ⟦é⟧é^é`,
    `${much}(และ⟦สวยงาม⟧‖และé^é`,
    `${much}(‖และé^é`,
    `${much}และ(‖y^y`,
  ],
};

for (const [rule, rows] of Object.entries(rules))
  describe(`a clause that is too long is cut ${rule}`, () => {
    for (const row of rows)
      it(row, () => {
        const points: string[] = [];
        const places = new Map<string, number>();
        const whole: number[] = [];
        for (const c of row)
          if (c === "⟦" || c === "⟧") whole.push(points.length);
          else if (c === "‖" || c === "^") places.set(c, points.length);
          else points.push(c);
        const window = { points, offset: 0, ended: false, absent: new Map(), pairs: new Map(), unemphatic: new Map() };
        const end = places.get("^") ?? 0;
        const place = cutPlace(window, end, whole);
        assert.equal(place, places.get("‖"), `${points.slice(0, place).join("")}‖`);
      });
  });
