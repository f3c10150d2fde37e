import { lostFacts } from "../../../services/synthesize/text/spoken/facts/lost-facts.ts";
import { isAccepted } from "../../../services/synthesize/text/spoken/readings/heard.ts";
import {
  alternative,
  type BlindRow,
  escaped,
  unescaped,
} from "../../../services/synthesize/text/spoken/readings/rows.ts";
import { speakText } from "../speak.ts";

/** A reply that the rules have not seen. */
export interface Reply {
  readonly id: string;
  /** A BCP 47 tag, or `mix`. */
  readonly lang: string;
  readonly text: string;
  /** How it may be read; empty where nobody has said so yet. */
  readonly accepted: readonly string[];
  /** How it was read at first sight; undefined where that is now. */
  readonly read: string | undefined;
}

const columns = ["id", "lang", "text", "accepted", "read"];

/**
 * Reads a file of replies: tabs between cells, and their names in the first line. Throws an Error that names a line
 * that is none.
 */
export function parseReplies(content: string): Reply[] {
  const [head = "", ...lines] = content.split(/\r?\n/).filter((line) => line !== "");
  // The cell of the text is called input in corpora of other hands.
  const names = head.split("\t").map((name) => (name === "input" ? "text" : name));
  for (const name of ["id", "lang", "text"])
    if (!names.includes(name)) throw new Error(`line 1 must name the columns id, lang, text and, if known, accepted`);
  const seen = new Set<string>();
  return lines.map((line, index) => {
    const cells = line.split("\t");
    const cell = (name: string) => cells[names.indexOf(name)];
    const [id, lang, text] = [cell("id"), cell("lang"), cell("text")];
    if (!id || !lang || !text) throw new Error(`line ${index + 2} must have an id, a language and a text`);
    if (seen.has(id)) throw new Error(`line ${index + 2}: the id ${id} stands here twice`);
    seen.add(id);
    const accepted = cell("accepted") ?? "";
    return {
      id,
      lang,
      text: unescaped(text),
      accepted:
        accepted === "" ? [] : accepted.split(alternative).map((one) => (one === "<EMPTY>" ? "" : unescaped(one))),
      read: cell("read") === undefined ? undefined : unescaped(cell("read") ?? ""),
    };
  });
}

/** How a reply is read, and what can be said of it without knowing better. */
export interface Review {
  readonly reply: Reply;
  readonly read: string;
  /** Undefined where nobody has said how it may be read. */
  readonly right: boolean | undefined;
  /** How it is read without its language, where that is not the same. */
  readonly untold: string | undefined;
  /** Figures and signs that cannot be heard. */
  readonly lost: readonly string[];
}

/** Reads replies. */
export function review(replies: readonly Reply[]): Review[] {
  return replies.map((reply) => {
    const { lang, text, accepted } = reply;
    const read = reply.read ?? speakText(text, lang);
    const untold = speakText(text, undefined);
    const lost = lostFacts(text, (variant) => speakText(variant, lang));
    return {
      reply,
      read,
      right: accepted.length === 0 ? undefined : isAccepted(lang, read, accepted),
      untold: untold === speakText(text, lang) ? undefined : untold,
      lost: lost.map(({ kind, written, soundsLike }) => `${kind} ${written}: sounds like ${soundsLike}`),
    };
  });
}

/** Reviews for people, those that are wrong or doubtful first. */
export function showReviews(reviews: readonly Review[]): string {
  const verdict = ({ right, lost }: Review) =>
    right === undefined ? (lost.length > 0 ? "LOST" : "?") : right ? "right" : "WRONG";
  const order = ["LOST", "WRONG", "?", "right"];
  return [...reviews]
    .sort((a, b) => order.indexOf(verdict(a)) - order.indexOf(verdict(b)))
    .map((one) =>
      [
        `# ${one.reply.id} ${one.reply.lang} ${verdict(one)}`,
        escaped(one.reply.text),
        `→ ${one.read}`,
        ...one.reply.accepted.slice(0, one.right === false ? 3 : 0).map((accepted) => `≠ ${accepted}`),
        ...(one.untold === undefined ? [] : [`→ ${one.untold}    (language not told)`]),
        ...one.lost.map((lost) => `! ${lost}`),
        "",
      ].join("\n"),
    )
    .join("\n");
}

/** Replies as a file to be corrected: where nobody has said how one may be read, as it was read. */
export const fillReplies = (reviews: readonly Review[]): string =>
  [
    columns.join("\t"),
    ...reviews.map(({ reply: { id, lang, text, accepted }, read }) =>
      [
        id,
        lang,
        escaped(text),
        (accepted.length > 0 ? accepted : [read]).map(escaped).join(alternative),
        escaped(read),
      ].join("\t"),
    ),
    "",
  ].join("\n");

/**
 * Adds replies that somebody has said how to read to the rows that were kept before; a text that is there already keeps
 * its day.
 */
export function keepReplies(rows: readonly BlindRow[], reviews: readonly Review[], seen: string): BlindRow[] {
  const known = new Set(rows.map(({ lang, text }) => `${lang} ${text}`));
  const added = reviews
    .filter(({ right, reply: { lang, text } }) => right !== undefined && !known.has(`${lang} ${text}`))
    .map(({ right, reply: { id, lang, text, accepted } }) => ({
      id,
      lang,
      text,
      accepted,
      seen,
      right: right === true,
    }));
  return [...rows, ...added];
}
