import assert from "node:assert/strict";
import fc from "fast-check";
import { it } from "vitest";
import { createSegmenter } from "./segmenter.ts";

function texts(pieces: Iterable<string>): string[] {
  const segmenter = createSegmenter();
  const clauses = [...pieces].flatMap((piece) => segmenter.push(piece));
  return [...clauses, ...segmenter.flush()].map(({ text }) => text);
}

/** Whole texts in other scripts; a bar stands where a clause ends. */
const cuts = `
मौसम साफ है।| कल बारिश होगी॥| ठीक है।
هل أنت بخير؟| نعم،| أنا بخير؛| شكرا.| وداعا!
کیا حال ہے؟| میں ٹھیک ہوں۔| شکریہ۔
Ինչպե՞ս եք։| Լավ եմ։
እንዴት ነህ፧| ደህና ነኝ።| አመሰግናለሁ።
សួស្តី។| អរគុណ។
မင်္ဂလာပါ။| နေကောင်းလား။
Τι κάνεις;| Είμαι καλά·| ευχαριστώ.
القيمة 3٫14 و1،5 فقط.| انتهى.
Am 3. Oktober ist frei.| Der 2. Weltkrieg endete 1945.| Es waren 5.| Danach kam er.
Das kostet 5 Mio. Euro.| Gut.
`;
for (const line of cuts.split("\n").filter((line) => line !== ""))
  it(`cuts ${line}`, () => {
    const wanted = line.split("|");
    assert.deepEqual(
      texts([line.replaceAll("|", "")]).map((text) => text.trim()),
      wanted.map((text) => text.trim()),
    );
  });

/** Texts without spaces, each longer than a clause may be. */
const spaceless = {
  th: "ประเทศไทยมีภูมิประเทศที่สวยงามและวัฒนธรรมที่หลากหลายนักท่องเที่ยวจากต่างประเทศจึงเดินทางมาเยี่ยมชมวัดโบราณและชายหาดที่มีชื่อเสียงตลอดทั้งปีโดยเฉพาะในช่วงฤดูหนาว",
  lo: "ປະເທດລາວມີທຳມະຊາດທີ່ສວຍງາມແລະວັດທະນະທຳທີ່ຫຼາກຫຼາຍນັກທ່ອງທ່ຽວຈາກຕ່າງປະເທດຈຶ່ງເດີນທາງມາຢ້ຽມຊົມວັດວາອາຮາມແລະນ້ຳຕົກທີ່ມີຊື່ສຽງຕະຫຼອດປີ",
  km: "ប្រទេសកម្ពុជាមានប្រាសាទបុរាណជាច្រើនដែលមានភាពល្បីល្បាញនៅលើពិភពលោកហើយភ្ញៀវទេសចរមកពីបរទេសតែងតែមកទស្សនាប្រាសាទអង្គរវត្តរៀងរាល់ឆ្នាំជាពិសេសនៅរដូវរងា",
  my: "မြန်မာနိုင်ငံတွင်ရှေးဟောင်းစေတီပုထိုးများစွာရှိပြီးနိုင်ငံခြားသားခရီးသွားများသည်နှစ်စဉ်လာရောက်လည်ပတ်ကြသည်အထူးသဖြင့်ဆောင်းရာသီတွင်လာရောက်ကြသည်",
};
for (const [language, text] of Object.entries(spaceless))
  it(`cuts ${language} between words, wherever the text is split`, () => {
    const whole = texts([text]);
    assert.ok(whole.length > 1);
    assert.equal(whole.join(""), text);
    const starts = new Set(
      [...new Intl.Segmenter(language, { granularity: "word" }).segment(text)].map(({ index }) => index),
    );
    let at = 0;
    for (const clause of whole) {
      assert.ok(starts.has(at), `cut inside a word before ${clause.slice(0, 12)}`);
      at += clause.length;
    }
    fc.assert(
      fc.property(fc.array(fc.nat({ max: text.length }), { maxLength: 8 }), (places) => {
        const sorted = [0, ...places.sort((a, b) => a - b), text.length];
        assert.deepEqual(texts(sorted.slice(1).map((end, index) => text.slice(sorted[index], end))), whole);
      }),
      { numRuns: 100 },
    );
  });
