import assert from "node:assert/strict";
import { it } from "vitest";
import { languageOf } from "./language.ts";

/** Short questions as people ask them, by language. */
const questions: Record<string, readonly string[]> = {
  zh: ["现在几点？", "明天天气怎么样"],
  en: ["What time is it?", "How's the weather?", "Tell me a joke", "Turn on the lights", "Weather tomorrow"],
  ja: ["今何時ですか？", "明日の天気は？"],
  ko: ["지금 몇 시야?", "내일 날씨 어때?"],
  de: ["Wie spät ist es?", "Erzähl mir einen Witz", "Was kostet das Ticket?", "Wecke mich um 7 Uhr"],
  fr: ["Quel temps fait-il ?", "Raconte une blague", "C'est combien ?", "Réveille-moi à 7 heures"],
  es: ["¿Qué hora es?", "Cuéntame un chiste", "Que tiempo hace hoy", "¿Cuánto cuesta?"],
  it: ["Che ore sono?", "Che tempo fa domani?", "Raccontami una barzelletta", "Quanto costa?"],
  pt: ["Que horas são?", "Como está o tempo?", "Conta uma piada", "Quanto custa?"],
  ru: ["Который час?", "Какая погода завтра?"],
  uk: ["Яка погода у Києві?"],
  nl: ["Hoe laat is het?", "Wat is het weer morgen?", "Vertel een mop"],
  pl: ["Która jest godzina?", "Jaka jest pogoda?", "Opowiedz dowcip"],
  sv: ["Vad är klockan?", "Hur blir vädret imorgon?"],
  id: ["Jam berapa sekarang?", "Bagaimana cuaca besok?", "Ceritakan lelucon"],
  ms: ["Macam mana cuaca esok?", "Ceritakan jenaka"],
  vi: ["Mấy giờ rồi?", "Thời tiết hôm nay thế nào?", "Kể chuyện cười"],
  tr: ["Saat kaç?", "Bugün hava nasıl?", "Bana bir fıkra anlat"],
  cs: ["Kolik je hodin?", "Jaké bude počasí?", "Řekni mi vtip"],
  fil: ["Anong oras na?", "Kumusta ang panahon bukas?"],
  da: ["Hvad er klokken?"],
  fi: ["Paljonko kello on?"],
  hu: ["Hány óra van?"],
  ro: ["Cât e ceasul?"],
  el: ["Τι ώρα είναι;"],
  he: ["מה השעה?"],
  ar: ["كم الساعة؟"],
  fa: ["ساعت چند است؟ چرا"],
  ur: ["کیا وقت ہوا ہے؟"],
  hi: ["समय क्या हुआ है?"],
  bn: ["এখন কয়টা বাজে?"],
  th: ["กี่โมงแล้ว"],
  lo: ["ຈັກໂມງແລ້ວ"],
  km: ["ម៉ោងប៉ុន្មានហើយ"],
  my: ["ဘယ်နှစ်နာရီလဲ"],
};

for (const [language, texts] of Object.entries(questions))
  for (const text of texts) it(`${language}: ${text}`, () => assert.equal(languageOf(text), language));

it("does not know a text without words", () => {
  for (const text of ["", "3.14", "42 + 1 = ?", "🙂", "π ≈ 3"]) assert.equal(languageOf(text), undefined);
});

it("does not take an English word for Dutch or German by its letters", () => {
  for (const word of "Zoom Google Facebook Isaac Aaron bazaar naan hijack Fiji Beijing Dijkstra young Sung strung Samsung Fahrenheit".split(
    " ",
  ))
    assert.equal(languageOf(`${word} 100%`), undefined, word);
  for (const word of "Staatsloterij maandag altijd tijden woord hoofdprijs groot".split(" "))
    assert.equal(languageOf(word), "nl", word);
  for (const word of "Rechnung Zeitung Gesundheit Gesellschaft".split(" ")) assert.equal(languageOf(word), "de", word);
});

it("takes a Chinese question about a foreign word for Chinese", () => {
  assert.equal(languageOf("serendipity是什么意思？"), "zh");
  assert.equal(languageOf("iPhone 15 Pro Max多少钱"), "zh");
  assert.equal(languageOf("What does 你好 mean?"), "en");
});
