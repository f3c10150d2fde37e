/**
 * Mutants that live and are no fault of the tests: what they change cannot be told from outside, or is not worth a
 * test. They are known by the line that they change, as it is written, since its number moves with every change above
 * it.
 */
export interface Living {
  /** From the root of the tree. */
  readonly file: string;
  /** The line without the white space around it. */
  readonly line: string;
  readonly why: string;
}

const segmenter = "services/synthesize/text/segmenter";
const timeAlone = "what is remembered saves time alone: less of it, or more, and the same is found";
const inside = "the index lies inside the window, so that the character is there";
const sooner = "it only tells sooner that the sentence goes on";

export const living: readonly Living[] = [
  {
    file: `${segmenter}/window/seek.ts`,
    line: "if (known === undefined || (known.ends[start - known.from] ?? WAIT) === WAIT || known.ends.length > remembered) {",
    why: timeAlone,
  },
  {
    file: `${segmenter}/window/seek.ts`,
    line: "} else if (start < known.from || start > known.to) {",
    why: timeAlone,
  },
  {
    file: `${segmenter}/constructs/emphasis.ts`,
    line: "if (known === undefined || before === undefined || known.widths.length > remembered) {",
    why: timeAlone,
  },
  { file: `${segmenter}/window/characters.ts`, line: "if (rarer.size >= mostRarer) rarer.clear();", why: timeAlone },
  ...["const upper = /^\\p{Lu}/u;", "const lower = /^\\p{Ll}/u;", "const letter = /^\\p{L}/u;"].map((line) => ({
    file: `${segmenter}/window/characters.ts`,
    line,
    why: "a character is looked at by itself, which begins where it ends",
  })),
  {
    file: `${segmenter}/soft/quoted.ts`,
    line: "if (isSpace(left)) return saying.test(slice(window, Math.max(0, index - 12), index)) ? grade.phrase : NO;",
    why: "the pattern looks at the end of the text alone, however much stands before",
  },
  {
    file: `${segmenter}/soft/borders.ts`,
    line: "found = found.filter((border) => border.place > place);",
    why: "what is kept of a clause that has ended is never asked for again",
  },
  {
    file: `${segmenter}/soft/borders.ts`,
    line: "if (found.length === 0) return none;",
    why: "of none, none is found",
  },
  {
    file: `${segmenter}/passed.ts`,
    line: "readonly whole: number[] = [];",
    why: "what is no number is before and after no place",
  },
  { file: `${segmenter}/cap.ts`, line: "unit -= window.points[index]?.length ?? 0;", why: inside },
  {
    file: `${segmenter}/cap.ts`,
    line: "while (unit > start) unit -= window.points[--index]?.length ?? 0;",
    why: inside,
  },
  {
    file: `${segmenter}/marks/step.ts`,
    line: "const before = slice(window, start, Math.min(start + 4, first));",
    why: "a longer text begins as a shorter one does",
  },
  {
    file: `${segmenter}/marks/full-stop.ts`,
    line: "if (![...words].some((known) => known.startsWith(word))) return 1;",
    why: sooner,
  },
  {
    file: "services/synthesize/audio/guard.ts",
    line: "for (let i = 0; i < released.length && sentCount + i < fade; i++)",
    why: "beyond its end an array of samples takes nothing",
  },
  {
    file: "services/synthesize/audio/answer.ts",
    line: "let bytes = held.length === 0 ? piece : concat([held, piece]);",
    why: "nothing and a piece are that piece",
  },
  {
    file: "services/generate/layers/misshapen.ts",
    line: "} catch {",
    why: "what returns nothing returns undefined",
  },
  {
    file: "services/generate/pool/pool.ts",
    line: "const heard = { started: false, text: false };",
    why: "what is not there is as false",
  },
  {
    file: "services/generate/pool/pool.ts",
    line: 'heard.started ||= event.type === "started";',
    why: "an answer has started before anything else of it comes",
  },
  {
    file: "services/synthesize/speak/speak.ts",
    line: 'await Promise.all(probes.map((command) => command.kind === "probe" && this.#probe(command.worker)));',
    why: "they are probes, which the type of a command does not say",
  },
  {
    file: "services/synthesize/speak/waits.ts",
    line: "offers = [];",
    why: "what is offered later is not looked at",
  },
  {
    file: "services/synthesize/speak/speak.ts",
    line: "this.#running.get(command.id)?.abandon(command.why);",
    why: "an attempt is known for as long as the schedule may ask for its end",
  },
  {
    file: "services/synthesize/speak/speak.ts",
    line: "this.#running.get(command.id)?.cut();",
    why: "an attempt is known for as long as the schedule may ask for its end",
  },
  {
    file: "services/synthesize/speak/speak.ts",
    line: "this.#running.delete(id);",
    why: "of an attempt that has ended the schedule asks nothing more",
  },
  {
    file: "services/synthesize/speak/speak.ts",
    line: "const reason = await this.#engine.probe?.(worker).catch((error: unknown) => String(error));",
    why: "a schedule asks for probes only where its engine has them",
  },
  {
    file: "services/synthesize/speak/attempt.ts",
    line: "const keepsSample = engine.fromFirst(session.options.voice) && session.like === undefined;",
    why: "a further sample is kept in vain",
  },
  {
    file: "services/synthesize/speak/attempt.ts",
    line: 'const retry = typeof next === "object" ? next.retry : undefined;',
    why: "a word has no such property",
  },
  {
    file: "services/synthesize/speak/waits.ts",
    line: "let offers: { readonly receivedAt: number; readonly offeredAt: number }[] = [];",
    why: "what has no time is never the last before another",
  },
  {
    file: "services/synthesize/speak/levels.ts",
    line: "const isApart = Math.abs(decibels) >= leastDecibels && Math.abs(decibels) <= mostDecibels;",
    why: "loudness is never a whole number of decibels",
  },
  {
    file: "services/synthesize/speak/speak.ts",
    line: "const id = String(++this.#lastId);",
    why: "any number that no other text has will do",
  },
  {
    file: "services/common/admission/gate.ts",
    line: "#crowded = { is: false, since: Number.NEGATIVE_INFINITY };",
    why: "the first applicant is looked at before anything follows from it",
  },
  {
    file: "services/common/admission/gate.ts",
    line: "#standing = false;",
    why: "the first applicant is looked at before anything follows from it",
  },
  {
    file: "services/generate/pool/window.ts",
    line: "return member && countTokens(member.server, member.server.model ?? member.watch.seen?.model, messages, signal);",
    why: "it was chosen by what was seen of it",
  },
  {
    file: "edge/session/heard.ts",
    line: 'const { index, segment: unit } = segmenter.segment(written).containing(cut - start) ?? { index: 0, segment: "" };',
    why: "the cut lies inside the text, so that something contains it",
  },
  {
    file: "edge/session/heard.ts",
    line: 'const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });',
    why: "it is what a segmenter does unless it is told otherwise",
  },
  {
    file: "edge/session/store/memory.ts",
    line: 'const owner = { tenant, person: "" };',
    why: "all turns of a tenant are one person's, whatever that person is called",
  },
  {
    file: "edge/session/store/shares.ts",
    line: "if (size > level) return level;",
    why: "at the level itself there is nothing to cut, and the next level is the same",
  },
  {
    file: "edge/rpc/request/read.ts",
    line: "fromBinary(type, message, { readUnknownFields: false });",
    why: "what was read is not looked at: it only takes less memory",
  },
  {
    file: "edge/session/edits.ts",
    line: "readonly #drop: string[] = [];",
    why: "to drop what is not there changes nothing",
  },
];

/** Why a mutant of this line may live; undefined if it may not. */
export function mayLive(file: string, line: string): string | undefined {
  return living.find((one) => one.file === file && one.line === line.trim())?.why;
}
