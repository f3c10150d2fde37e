import type { Clause } from "../segmenter/clause.ts";
import { fold } from "./fold.ts";
import { chineseMark, judge } from "./language/judge.ts";
import { primaryLanguage } from "./language/tag.ts";
import { type Lexicon, noLexicon } from "./lexicon/lexicon.ts";
import { append, createMapped } from "./mapped.ts";
import { type BlockState, readBlock } from "./markup/block.ts";
import type { Choice, Observer } from "./observer.ts";
import type { SpokenClause } from "./spoken-clause.ts";
import { writeSums } from "./sum.ts";
import { asWritten } from "./unworded.ts";
import { verbalize } from "./verbalize.ts";

/**
 * Converts the clauses of one text, in order, to spoken text. Remembers from earlier clauses what affects later ones:
 * the language, and whether a code block is open.
 */
export interface SpokenForm {
  /** Converts the next clause. */
  speak(clause: Clause): SpokenClause;
  /** Returns a function that tells how a possible next clause, even an incomplete one, would be converted. */
  ahead(): (clause: Clause) => SpokenClause;
}

/** How a text is to be converted to spoken text. */
export interface SpokenFormOptions {
  /** The text's language as a BCP 47 tag, if known: used where the text itself does not reveal it, as in `3.14`. */
  readonly language?: string;
  /**
   * The language of the question that the text answers: used where `language` is not given, until the text has revealed
   * its own language.
   */
  readonly questionLanguage?: string;
  /** Pronunciations of words that the engine would otherwise speak wrongly. */
  readonly lexicon?: Lexicon;
  /**
   * Whether only markup is removed, and everything else stays as written: for an engine that converts text to words
   * itself. Default false.
   */
  readonly asWritten?: boolean;
  /** Receives the language of each clause and the rule behind each spoken form, to explain the conversion. */
  readonly observer?: Observer;
}

/** How many UTF-16 units of context before a clause are used: 验证码是 (the code is) shows how to read its digits. */
const contextLength = 48;

/** Makes the converter of one text to its spoken form. */
export function createSpokenForm(options: SpokenFormOptions = {}): SpokenForm {
  const lexicon = options.lexicon ?? noLexicon;
  const asked = primaryLanguage(options.language);
  const ofQuestion = primaryLanguage(options.questionLanguage);
  const known: Known = {
    block: { code: undefined, heads: undefined, lineStart: true },
    usual: asked,
    context: "",
    end: 0,
  };

  function speak(clause: Clause, so: Known): SpokenClause {
    const observer = so === known ? options.observer : undefined;
    const apart = clause.start > so.end;
    // A gap of two or more characters before a clause usually contains a newline, so the clause begins a line.
    if (clause.start - so.end >= 2) so.block.lineStart = true;
    so.end = clause.end;
    const shown =
      so.block.code === undefined
        ? (judge(withoutCode(clause.text), so.usual, asked !== undefined) ?? so.usual)
        : so.usual;
    const told = shown === undefined || shown === "und" ? (ofQuestion ?? shown) : shown;
    // If the text begins with a code block, its language is not known yet (`und`), so the code block is not announced.
    const language = told ?? (/^\s*(?:```|~~~)/.test(clause.text) ? "und" : "zh");
    observer?.choose({ clause, language, because: reasonOf({ known: told, shown, usual: so.usual, asked }) });
    const plain = readBlock(clause.text, clause.start, language, so.block);
    fold(plain.mapped);
    // At the start of a text, an English sentence that ends with a Chinese punctuation mark is a quotation in a Chinese
    // text.
    if (asked === undefined && shown !== "und")
      so.usual = so.usual === undefined && shown === "en" && chineseMark.test(clause.text) ? "zh" : shown;
    if (options.asWritten) return withOmitted({ clause, ...asWritten(plain.mapped) }, plain.omitted);
    writeSums(plain.mapped);
    const mapped = createMapped();
    append(mapped, apart ? `${so.context} ` : so.context, clause.start, clause.start);
    const start = mapped.text.length;
    mapped.text += plain.mapped.text;
    mapped.from.push(...plain.mapped.from);
    mapped.to.push(...plain.mapped.to);
    const { spoken, spans } = verbalize(mapped, {
      start,
      language,
      lexicon: lexicon.in(lexiconTag(language, options.language)),
      lineEnds: plain.lineEnds,
      observer,
    });
    so.context = mapped.text.slice(-contextLength);
    return withOmitted({ clause, spoken, spans }, plain.omitted);
  }

  return {
    speak: (clause) => speak(clause, known),
    ahead() {
      const now = copyOf(known);
      return (clause) => speak(clause, copyOf(now));
    },
  };
}

/** What earlier clauses have shown about the text. */
interface Known {
  readonly block: BlockState;
  /** The language that earlier clauses have revealed, or the requested language. */
  usual: string | undefined;
  /** The last words of earlier clauses, without markup. */
  context: string;
  /** Where the previous clause ends in the whole text, in code points. */
  end: number;
}

const copyOf = (known: Known): Known => ({ ...known, block: { ...known.block } });

const withOmitted = (spoken: SpokenClause, omitted: SpokenClause["omitted"]): SpokenClause =>
  omitted === undefined ? spoken : { ...spoken, omitted };

/** The language tag for the lexicon: `told` (the requested tag) if a clause is in that language, else `language`. */
const lexiconTag = (language: string, told: string | undefined): string =>
  told !== undefined && primaryLanguage(told) === language ? told : language;

/**
 * Why a clause is read in the language `known`: compares `known` with the language that the clause's letters show, the
 * language of earlier clauses, and the requested language.
 */
function reasonOf(decided: {
  readonly known: string | undefined;
  readonly shown: string | undefined;
  readonly usual: string | undefined;
  readonly asked: string | undefined;
}): Choice["because"] {
  const { known, shown, usual, asked } = decided;
  if (known === undefined) return "nothing";
  if (known !== shown) return "question";
  if (known !== usual) return "letters";
  return known === asked ? "asked" : "before";
}

/** Removes code, URLs and formulas from a text, since they do not show its language. */
const withoutCode = (text: string): string =>
  /[`$\\<:@&\]]/.test(text)
    ? text.replace(
        /```[\s\S]*|`[^`]*`|\$\$[^$]*\$\$|\$[^$]*\$|\\[([][\s\S]*?\\[)\]]|<[^<>]*>|&\w{1,8};|https?:\S+|\S+@\S+|\]\([^)]*\)/g,
        " ",
      )
    : text;
