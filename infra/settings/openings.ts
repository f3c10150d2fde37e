import { canonicalTag } from "../text/language/tag.ts";
import type { Fault, Kind, Reading, Yaml } from "./kind.ts";

/** Phrases that answers may begin with, keyed by language. */
export type Openings = Readonly<Record<string, readonly string[]>>;

/**
 * The default openings: 0.9 to 1.6 s of speech each, with few tokens. None of them agrees to anything or announces what
 * follows, since a model must not be bound to a promise that it did not make; and no two openings of a language begin
 * alike.
 */
export const usualOpenings: Openings = {
  zh: ["让我想想。", "是这样的。", "这么说吧。", "问得很好。", "我来说说。", "谢谢提问。"],
  en: [
    "Good question!",
    "Let me see now.",
    "Thanks for asking!",
    "Well let's see.",
    "All right then.",
    "Fair question!",
  ],
  ja: [
    "そうですね。",
    "いい質問ですね。",
    "少し考えますね。",
    "なるほどですね。",
    "えっとですね。",
    "ではお話します。",
  ],
  ko: [
    "좋은 질문이네요.",
    "생각해 볼게요.",
    "어디 한번 볼까요.",
    "음 그러니까요.",
    "말씀드려 볼게요.",
    "아 그 얘기군요.",
  ],
  de: ["Gute Frage!", "Mal überlegen.", "Danke der Frage!", "Also gut dann.", "Einen Moment.", "Schauen wir mal."],
  fr: ["Bonne question.", "Voyons voir.", "Merci de la question.", "Je comprends bien.", "Un instant.", "Alors voilà."],
  es: ["¡Buena pregunta!", "Déjeme pensar.", "Entiendo bien.", "Un momento.", "Pues bien.", "A ver pensemos."],
  pt: ["Boa pergunta!", "Deixe-me pensar.", "Entendo bem.", "Um momento.", "Então vejamos.", "Agradeço a pergunta."],
  it: ["Bella domanda!", "Mi lasci pensare.", "Capisco bene.", "Un momento.", "Ecco allora.", "Dunque vediamo."],
  ru: ["Хороший вопрос!", "Давайте подумаем.", "Спасибо за вопрос!", "Понимаю вас.", "Одну минутку.", "Надо подумать."],
};

/** The maximum number of openings per language (`most`), and of code points in an opening (`longest`). */
const most = 32;
const longest = 40;
/**
 * The form of an opening: words and one punctuation mark after them. Digits are not allowed, since a voice might say
 * them differently in the opening and in the rest of the answer.
 */
const form = /^[¡¿]?\p{L}[\p{L}\p{M}'’ -]*[.!?。！？]$/u;
const formFault = `must be a single clause of words alone, at most ${longest} characters, that ends in . ! ? 。 ！ or ？`;

/** Phrases that answers may begin with, by language: a map of lists in YAML, JSON in a variable. */
export const openings: Kind<Openings> = {
  fromText(text) {
    try {
      return read(JSON.parse(text) as Yaml);
    } catch {
      return { fault: "must be JSON" };
    }
  },
  fromYaml: read,
  write: (value) => JSON.stringify(value),
  toYaml: (value) => value,
  schema: {
    type: "object",
    additionalProperties: {
      type: "array",
      items: { type: "string", maxLength: longest, pattern: form.source },
      maxItems: most,
      uniqueItems: true,
    },
  },
  values: "lists by language",
};

function read(value: Yaml): Reading<Openings> {
  if (!isMap(value)) return { fault: "must be a map of lists, such as { en: [Good question.] }" };
  const faults: Fault[] = [];
  const found = new Map<string, readonly string[]>();
  for (const [name, texts] of Object.entries(value)) {
    const tag = canonicalTag(name);
    if (tag === undefined) faults.push({ fault: "must be a BCP 47 tag such as zh, en-US or ja", at: name });
    else if (found.has(tag)) faults.push({ fault: `names ${tag} twice`, at: name });
    else if (!isTexts(texts)) faults.push({ fault: "must be a list of texts", at: name });
    else {
      faults.push(...faultsOf(name, texts));
      found.set(tag, texts);
    }
  }
  const [first, ...besides] = faults;
  return first === undefined ? { value: Object.fromEntries(found) } : { ...first, besides };
}

function* faultsOf(name: string, texts: readonly string[]): Generator<Fault> {
  if (texts.length > most) yield { fault: `has ${texts.length} texts, but at most ${most} are allowed`, at: name };
  for (const [index, text] of texts.entries()) {
    const at = `${name}[${index}]`;
    if (!form.test(text) || [...text].length > longest) yield { fault: formFault, at };
    else if (texts.indexOf(text) < index) yield { fault: "is listed twice", at };
  }
}

function isMap(value: Yaml): value is { readonly [key: string]: Yaml } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: Yaml): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}
