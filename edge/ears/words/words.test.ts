import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { plausible, saidOf } from "./plausible.ts";
import { promptFor } from "./prompt.ts";
import { languageCalled, withoutTags } from "./tags.ts";

const tagged: [written: string, text: string, language?: string][] = [
  ["What time is it?", "What time is it?"],
  ["language English<asr_text>Hello there.", "Hello there.", "en"],
  ["language Chinese<asr_text>今天天气怎么样？", "今天天气怎么样？", "zh"],
  ["language Cantonese<asr_text>你食咗飯未", "你食咗飯未", "yue"],
  ["language None<asr_text>", ""],
  ["<asr_text>Hello.</asr_text>", "Hello."],
  ["language English<asr_text>One. language English<asr_text>Two.", "One. Two.", "en"],
  ["<|zh|><|NEUTRAL|><|Speech|><|withitn|>你好。", "你好。", "zh"],
  ["<|yue|><|EMO_UNKNOWN|><|Speech|><|woitn|>你好", "你好", "yue"],
  ["<|nospeech|><|EMO_UNKNOWN|><|Event_UNK|>", ""],
  ["<|startoftranscript|><|en|><|transcribe|><|0.00|> Good morning.<|2.00|><|endoftext|>", "Good morning.", "en"],
  ["😊你好。", "你好。"],
  ["🎼", ""],
  [" [BLANK_AUDIO]\n", ""],
  ["(coughs)", ""],
  ["[Music] (applause)", ""],
  ["【音乐】", ""],
  ["*sighs* All right.", "All right."],
  ["♪ la la la ♪", ""],
  ["[Music] Play the song.", "Play the song."],
  ["It costs five (5) dollars.", "It costs five (5) dollars."],
  ["I speak the language English.", "I speak the language English."],
  ["  two   lines\nof text ", "two lines of text"],
];

describe("what a recognizer wrote", () => {
  for (const [written, text, language] of tagged)
    it(`loses its tags and notes: ${JSON.stringify(written)}`, () =>
      assert.deepEqual(withoutTags(written), { text, language }));

  for (const [name, tag] of [
    ["english", "en"],
    ["Chinese", "zh"],
    ["zh", "zh"],
    ["mandarin", "zh"],
    ["cantonese", "yue"],
    ["pt-br", "pt-BR"],
    ["en_US", "en-US"],
    ["None", undefined],
    ["", undefined],
    [undefined, undefined],
    ["klingonish", undefined],
  ] as const)
    it(`names a language: ${name}`, () => assert.equal(languageCalled(name), tag));
});

const clear = { speechMs: 3_000, aboveNoiseDb: 40, prompt: "" };
const faint = { speechMs: 300, aboveNoiseDb: 10, prompt: "" };
const zh = "以下是普通话的句子。";

/** What models write for silence, as films and videos end with it; each beside what people say that is like it. */
const endings: Record<string, readonly [ending: string, said: string][]> = {
  en: [
    ["You", "You there"],
    ["Thank you.", "Thank you, nine."],
    ["Thank you very much.", "Thank you very little."],
    ["Thank you so much for watching!", "Thank you so much for waiting!"],
    ["Thanks for watching!", "Thanks for calling!"],
    ["Thanks.", "Thanks a lot."],
    ["Bye bye.", "Bye, Bill."],
    ["Please subscribe!", "Please subscribe me."],
    ["See you next time.", "See you next week."],
    ["Moving on.", "Moving out."],
  ],
  zh: [
    ["谢谢大家观看", "谢谢你来看"],
    ["感谢您的收听", "感谢您的来信"],
    ["感谢观看", "感谢指教"],
    ["请不吝点赞 订阅 转发 打赏", "请不要忘记点菜"],
    ["字幕志愿者 李宗盛", "请打开字幕"],
    ["中文字幕", "中文的字"],
    ["謝謝觀看", "謝謝老師"],
    ["由 Amara.org 社群提供的字幕", "由社群提供"],
  ],
  "ja, ko": [
    ["ご視聴ありがとうございました", "本当にありがとうございました"],
    ["ありがとうございました。", "ありがとうございます。"],
    ["시청해주셔서 감사합니다.", "와주셔서 감사합니다."],
    ["감사합니다.", "대단히 감사합니다."],
    ["구독과 좋아요 부탁드려요", "좋아요 부탁드려요"],
  ],
  subtitles: [
    ["Untertitel von Stephanie Geiges", "Die Untertitel bitte"],
    ["Sous-titres réalisés par la communauté", "Mets les sous-titres"],
    ["Subtítulos por la comunidad", "Pon los subtítulos"],
    ["Sottotitoli creati da noi", "Metti i sottotitoli"],
    ["Napisy stworzone przez społeczność", "Włącz napisy"],
    ["Субтитры сделал DimaTorzok", "Включи субтитры"],
    ["Продолжение следует...", "Продолжение я знаю"],
    ["Teksting av Nicolai Winther", "Slå på teksting"],
    ["Undertekster af Amara", "Vis undertekster"],
    ["Altyazı M.K.", "Bir altyazı"],
  ],
  thanks: [
    ["Gracias por ver el video.", "Muchas gracias por todo."],
    ["Gracias.", "Gracias, Ana."],
    ["Merci d'avoir regardé cette vidéo !", "Merci de la part d'Anne."],
    ["Vielen Dank fürs Zuschauen!", "Vielen Dank fürs Warten!"],
    ["Спасибо за просмотр!", "Спасибо за помощь!"],
    ["Obrigado por assistir", "Obrigado por tudo"],
    ["Obrigada", "Obrigada, Ana"],
  ],
};

describe("the endings of films are what models hear in silence", () => {
  for (const [where, rows] of Object.entries(endings))
    it(where, () => {
      const faintly = { speechMs: 2_500, aboveNoiseDb: 10, prompt: "" };
      for (const [ending, said] of rows) {
        assert.equal(plausible(ending, faintly), "", ending);
        assert.equal(plausible(said, faintly), said);
        assert.equal(plausible(ending, { ...faintly, aboveNoiseDb: 40 }), ending, "where it is said aloud");
      }
    });
});

describe("what nobody can have said is no words", () => {
  for (const [what, text, heard, expected] of [
    ["a question", "What is the capital of France?", clear, true],
    ["a question in Chinese", "请问今天天气怎么样？", clear, true],
    ["a word in a moment", "Yes.", faint, true],
    ["a number that takes long to say", "13800138000", clear, true],
    ["thanks, said clearly", "谢谢观看", clear, true],
    ["thanks, out of almost nothing", "谢谢观看", faint, false],
    ["thanks in English, out of almost nothing", "Thanks for watching!", faint, false],
    ["the maker of subtitles", "字幕由 Amara.org 社区提供", faint, false],
    ["Korean thanks", "시청해주셔서 감사합니다.", faint, false],
    ["Norwegian subtitles", "Teksting av Nicolai Winther", faint, false],
    ["you", " you", faint, false],
    [
      "a long sentence in half a second",
      "This is a sentence that nobody can say in a moment.",
      { ...clear, speechMs: 600 },
      false,
    ],
    ["as long a one in Chinese", "这是一句谁也不可能在这么短的时间里说完的话", { ...clear, speechMs: 700 }, false],
    ["one that is said fast", "What is the weather like in Berlin tomorrow", { ...clear, speechMs: 1_700 }, true],
    ["dots", "...", clear, false],
    ["a full stop", "。", clear, false],
    ["the same again and again", "I am. ".repeat(40), { ...clear, speechMs: 20_000 }, false],
    ["the same again and again in Chinese", "好的".repeat(60), { ...clear, speechMs: 20_000 }, false],
    ["what it was told", zh, { ...clear, prompt: zh }, false],
    [
      "a file that nobody has looked at",
      "Turn on the light.",
      { speechMs: undefined, aboveNoiseDb: undefined, prompt: "" },
      true,
    ],
  ] as const)
    it(`${what}: ${expected ? "kept" : "dropped"}`, () =>
      assert.equal(plausible(text.trim(), heard), expected ? text.trim() : ""));

  const segment = { text: "Good morning.", noSpeechProb: 0.1, avgLogprob: -0.3, compressionRatio: 1.1 };
  for (const [what, figures, expected] of [
    ["ordinary", {}, 1],
    ["unsure, and taken for silence", { noSpeechProb: 0.8, avgLogprob: -1.4 }, 0],
    ["taken for silence alone, as speech of machines is", { noSpeechProb: 0.8 }, 1],
    ["unsure alone", { avgLogprob: -1.4 }, 1],
    ["without the figure of silence, as vLLM's", { noSpeechProb: undefined, avgLogprob: -1.4 }, 1],
    ["repeated", { compressionRatio: 3 }, 0],
    ["repeated, without its figure", { text: "okay ".repeat(60), compressionRatio: undefined }, 0],
  ] as const)
    it(`a segment that is ${what}`, () => assert.equal(saidOf([{ ...segment, ...figures }]).length, expected));
});

describe("a recognizer that follows its prompt", () => {
  const follows = { followsScript: true };
  for (const [language, terms, prompt] of [
    ["zh", "", zh],
    ["zh-CN", "", zh],
    ["zh-Hans-SG", "", zh],
    ["zh-TW", "", zh.replace("话", "話")],
    ["zh-HK", "", zh.replace("话", "話")],
    ["en", "", ""],
    ["ja", "", ""],
    ["", "", ""],
    ["", "Duet, Qwen", "Duet, Qwen"],
    ["zh", "双子座", `${zh} 双子座`],
  ] as const)
    it(`is asked for the script of ${language || "nobody knows what"} ${terms}`, () =>
      assert.equal(promptFor({ language, terms }, follows), prompt));
  it("is not asked for it if it does not", () =>
    assert.equal(promptFor({ language: "zh", terms: "双子座" }, { followsScript: false }), "双子座"));
});
