/** Removes what recognizers write besides the words: tags of their models, and notes about sounds. */
import { canonicalTag } from "../../../infra/text/language/tag.ts";

/** The words of a transcript, and the language that a tag beside them gave; undefined if no tag gave a language. */
export interface Untagged {
  readonly text: string;
  readonly language: string | undefined;
}

// The tags of Qwen3-ASR: `language English<asr_text>Hello.`, or `language None<asr_text>` where nobody speaks. If a
// transcript was joined from pieces, each piece has its tag.
const qwen = /(?:language\s+([A-Za-z]+)\s*)?<\/?asr_text>/g;
// Tags such as SenseVoice's `<|zh|><|HAPPY|><|Speech|><|withitn|>`, and Whisper's `<|0.00|>` and `<|endoftext|>`.
const barred = /<\|([^|<>]*)\|>/g;
// Matches emoji such as 😊 and 🎼, into which FunASR converts SenseVoice's tags.
const pictures = /\p{Extended_Pictographic}\uFE0F?/gu;
// Matches a note on a sound inside a transcript: `[Music]` or `*sighs*` from whisper.cpp, `【…】` or `♪…♪` from others.
// `wholeNote` matches a transcript that consists only of notes in brackets, such as `(coughs)`.
const note = /\[[^\]\n]*\]|【[^】\n]*】|\*[^*\n]+\*|[♪♫][^♪♫\n]*[♪♫]?/g;
const wholeNote = /^\s*(?:[([{（【][^)\]}）】\n]*[)\]}）】]\s*)+$/;

/** Returns a transcript's text without tags and notes on sounds, and the language if a tag names it. */
export function withoutTags(written: string): Untagged {
  const named = [...written.matchAll(qwen)].map(([, name = ""]) => name);
  const barredNames = [...written.matchAll(barred)].map(([, name = ""]) => name);
  const language =
    named.map(languageCalled).find((tag) => tag !== undefined) ??
    barredNames.map((name) => (shortTag.test(name) ? canonicalTag(name) : undefined)).find((tag) => tag !== undefined);
  const isSilent = barredNames.includes("nospeech") && written.replace(barred, "").trim() === "";
  const text = written.replace(qwen, "").replace(barred, "").replace(pictures, "");
  const words = isSilent || wholeNote.test(text) ? "" : text.replace(note, " ");
  return { text: words.replace(/\s+/g, " ").trim(), language };
}

const shortTag = /^(?:zh|en|yue|ja|ko|[a-z]{2})$/;
// Finds a language's code by its English name, which is how Whisper, whisper.cpp and Qwen3-ASR report a language.
const codes =
  "af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fil fo fr gl gu ha haw he hi hr ht hu hy id is it ja jv ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo yue zh".split(
    " ",
  );
const englishNames = new Intl.DisplayNames("en", { type: "language" });
const byName = new Map(codes.map((code) => [englishNames.of(code)?.toLowerCase() ?? code, code]));

/** The tag of a language, given its code or English name; undefined if `name` is neither. */
export function languageCalled(name: string | undefined): string | undefined {
  if (name === undefined || name === "") return undefined;
  const plain = name.trim().toLowerCase();
  if (plain === "mandarin") return "zh";
  return (
    byName.get(plain) ??
    (codes.includes(plain.split(/[-_]/)[0] ?? "") ? canonicalTag(name.trim().replaceAll("_", "-")) : undefined)
  );
}
