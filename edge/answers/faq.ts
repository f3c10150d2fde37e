import { readFile } from "node:fs/promises";
import { parseDocument } from "yaml";
import { SettingsError } from "../../infra/settings/error.ts";
import { normalizeQuestion } from "./normalize.ts";

/** A predefined answer, and the questions that it answers. */
export interface FaqEntry {
  /** The questions; each wording is listed separately. */
  readonly questions: readonly string[];
  readonly answer: string;
  /** The answer is given to questions of this profile; empty: to questions without a profile. */
  readonly profile: string;
  /** The voices in which the answer is spoken in advance; empty: only in the default voice. */
  readonly voices: readonly string[];
}

/** The predefined answers that an FAQ file lists. */
export interface Faq {
  readonly entries: readonly FaqEntry[];
  /** The predefined answer to a question; undefined if there is none. */
  find(profile: string, question: string): string | undefined;
}

const mostEntries = 1_000;
const mostCharacters = 8_000;

/** Reads a file of questions and answers. Throws a SettingsError that says where the fault is and how to fix it. */
export async function readFaq(file: string, setting: string): Promise<Faq> {
  const fail = (what: string): never => {
    throw new SettingsError(`${setting} (${file}): ${what}`);
  };
  const text = await readFile(file, "utf8").catch((error: Error) => fail(`cannot be read: ${error.message}`));
  const document = parseDocument(text as string);
  const [fault] = document.errors;
  if (fault !== undefined) return fail(fault.message);
  const listed: unknown = document.toJS();
  if (!Array.isArray(listed) || listed.length > mostEntries)
    return fail(`must be a list of at most ${mostEntries} entries, each with the fields questions and answer`);
  const entries = listed.map((entry, index) => readEntry(entry, (what) => fail(`[${index}] ${what}`)));
  const answers = new Map<string, string>();
  for (const { questions, answer, profile } of entries)
    for (const question of questions) {
      const id = idOf(profile, question);
      if (answers.has(id)) fail(`"${question}" is listed twice: remove one`);
      answers.set(id, answer);
    }
  return { entries, find: (profile, question) => answers.get(idOf(profile, question)) };
}

const idOf = (profile: string, question: string) => JSON.stringify([profile, normalizeQuestion(question)]);
const fields = ["questions", "answer", "profile", "voices"];

function readEntry(entry: unknown, fail: (what: string) => never): FaqEntry {
  if (typeof entry !== "object" || entry === null) return fail("must have the fields questions and answer");
  const { questions, answer, profile = "", voices = [] } = entry as Record<string, unknown>;
  const unknown = Object.keys(entry).find((field) => !fields.includes(field));
  if (unknown !== undefined) return fail(`${unknown} is not a field: use ${fields.join(", ")}`);
  if (!isTexts(questions) || questions.length === 0) return fail("questions must be a list of strings");
  if (typeof answer !== "string" || !/[\p{L}\p{N}]/u.test(answer) || answer.length > mostCharacters)
    return fail(`answer must be a string with a letter or digit, of at most ${mostCharacters} characters`);
  if (typeof profile !== "string") return fail("profile must be the id of a profile");
  if (!isTexts(voices)) return fail("voices must be a list of voice names, such as [fish/emma]");
  return { questions, answer, profile, voices };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string" && text !== "");
}
