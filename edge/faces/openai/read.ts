import { z } from "zod";
import { countCodePoints } from "../../../infra/text/code-points.ts";
import { canonicalTag } from "../../../infra/text/language/tag.ts";
import { Failure } from "../../errors.ts";
import { sessionIdForm, userIdForm } from "../../rpc/validate.ts";
import { badParam } from "./errors.ts";

/**
 * Validates a body against a schema. Throws INVALID_ARGUMENT with a message that names the first invalid field, but
 * never quotes its value.
 */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body, { reportInput: true });
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const param = pathOf(issue?.path ?? []);
  if (param === "") throw new Failure("INVALID_ARGUMENT", "INVALID_TYPE", "the body must be a JSON object");
  throw badParam(param, messageOf(issue, param), "INVALID_VALUE");
}

/** The path of a field in OpenAI's notation, such as `messages[0].content`. */
function pathOf(path: readonly PropertyKey[]): string {
  return path.map((key, i) => (typeof key === "number" ? `[${key}]` : `${i === 0 ? "" : "."}${String(key)}`)).join("");
}

function messageOf(issue: z.core.$ZodIssue | undefined, param: string): string {
  switch (issue?.code) {
    case "custom":
      return issue.message;
    case "invalid_type":
      return `must be ${withArticle(issue.expected)}${issue.input === undefined ? ", but is missing" : ""}`;
    case "invalid_value":
      return `must be ${issue.values.length > 1 ? "one of " : ""}${issue.values.map(String).join(", ")}`;
    case "too_big":
      return `must be at most ${issue.maximum}${unitOf(issue.origin)}`;
    case "too_small":
      return issue.inclusive === false
        ? `must be above ${issue.minimum}`
        : `must be at least ${issue.minimum}${unitOf(issue.origin)}`;
    default:
      return `is not a valid value of ${param}: docs/openai.md lists the valid ones`;
  }
}

function withArticle(type: string): string {
  return type === "array" ? "a list" : /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function unitOf(origin: string): string {
  return origin === "string" ? " characters long" : origin === "array" ? " items long" : "";
}

/** Returns a schema for strings of at most `most` characters, counted in code points. */
export function textOfAtMost(most: number): z.ZodType<string> {
  return z.string().superRefine((text, context) => {
    if (text.length > most && countCodePoints(text) > most)
      context.addIssue({
        code: "custom",
        message: `has ${countCodePoints(text)} characters: shorten it to at most ${most}`,
      });
  });
}

/**
 * A list of at most `most` items. Validation stops at the first invalid item: a body may hold hundreds of thousands of
 * them, and describing each one's fault would take many seconds.
 */
export function listOf<T>(item: z.ZodType<T>, most: number): z.ZodType<T[]> {
  return z
    .array(z.unknown())
    .max(most)
    .transform((given, context) => {
      const list: T[] = [];
      for (const [index, one] of given.entries()) {
        const read = item.safeParse(one, { reportInput: true });
        const [issue] = read.error?.issues ?? [];
        if (!read.success && issue !== undefined) {
          context.issues.push({ input: one, ...issue, path: [index, ...issue.path] } as z.core.$ZodRawIssue);
          return z.NEVER;
        }
        list.push(read.data as T);
      }
      return list;
    });
}

/** A voice: its name, or an object with its `id`. The result is the name. */
export const voiceName = z
  .union([z.string(), z.object({ id: z.string() })], { error: "must be the name of a voice, or an object with its id" })
  .superRefine((voice, context) => {
    const name = typeof voice === "string" ? voice : voice.id;
    if (name === "" || name.length > 200) context.addIssue({ code: "custom", message: "must be the name of a voice" });
  })
  .transform((voice) => (typeof voice === "string" ? voice : voice.id));

/** A language as a BCP 47 tag; empty: the language is detected from the text. */
export const languageTag = z
  .string()
  .refine((tag) => tag === "" || canonicalTag(tag) !== undefined, {
    error: "must be a BCP 47 tag such as zh, en-US or ja, or left out",
  })
  .transform((tag) => canonicalTag(tag) ?? "");

/** Makes a field optional: if it is absent or null, its value is undefined. */
export function optional<T>(schema: z.ZodType<T>) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/** A session id, in the form that `ConverseRequest` requires. */
export const sessionId = z
  .string()
  .regex(sessionIdForm, { error: "must be 1 to 64 characters out of A-Z a-z 0-9 . _ -" });
/** The id of the person whose conversation the request continues: the RPCs' `user_id`. */
export const userId = z
  .string()
  .regex(userIdForm, { error: "must be 1 to 128 characters out of A-Z a-z 0-9 . _ @ : -" });
