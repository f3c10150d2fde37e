import { createContext, Script } from "node:vm";
import { RE2JS, RE2JSException } from "re2js";
import { z } from "zod";
import { parseJson } from "../../../infra/text/json.ts";
import type { Constraint } from "../chat.ts";

/** All the time that a schema of unknown cost gets, in which nothing else is done: some whose parts refer to others twice take forever. */
const limitMs = 50;
// Counted repetitions are written out when a pattern is compiled, and each character of a text may meet each of its steps: a million took 20 to 70
// ms on a busy core.
const mostPatternSteps = 20_000;
const mostMatchSteps = 1_000_000;
// A schema's parts are built once, and each value of an answer may be held against each of them: a hundred thousand take 15 ms on a busy core.
const mostSchemaSteps = 100_000;
const deepestSchema = 100;
const room = createContext({ check: () => true });
const script = new Script("check()");

/** What is wrong with the shape of an answer, without a word of it; undefined if nothing is, or nothing can be said. */
export function misshapen(text: string, constraint: Constraint): string | undefined {
  switch (constraint.type) {
    case "choice":
      return constraint.options.includes(text) ? undefined : "answered with none of the texts to choose from";
    case "regex":
      return (matches(constraint.pattern, text) ?? true)
        ? undefined
        : "answered with a text that the pattern does not match";
    case "jsonSchema": {
      const value = parseJson(text);
      if (value === undefined) return "answered with a text that is no JSON";
      const fits = () => toSchema(constraint.schema)?.safeParse(value.parsed).success ?? true;
      // What is known to take little is looked at however busy the machine is, since a clock would let a wrong answer through there.
      return (schemaSteps(constraint.schema) * text.length <= mostSchemaSteps ? fits() : inTime(fits))
        ? undefined
        : "answered with JSON that the schema does not allow";
    }
  }
}

/** True too if no verdict was reached in time. */
function inTime(check: () => boolean): boolean {
  try {
    room.check = check;
    return script.runInContext(room, { timeout: limitMs }) as boolean;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return true;
    throw error;
  }
}

/** How many parts a schema has, those that it refers to counted at each place; more than are looked at if they refer to themselves or to elsewhere. */
function schemaSteps(schema: object): number {
  const counted = new Map<string, number>();
  const count = (part: unknown, depth: number): number => {
    if (typeof part !== "object" || part === null) return 1;
    if (depth > deepestSchema) return Number.POSITIVE_INFINITY;
    const { $ref } = part as { readonly $ref?: unknown };
    const parts = Object.values(part).reduce((sum: number, inner) => sum + count(inner, depth + 1), 1);
    return typeof $ref === "string" ? parts + countReferred($ref, depth + 1) : parts;
  };
  const countReferred = (reference: string, depth: number): number => {
    const known = counted.get(reference);
    if (known !== undefined) return known;
    // What is met again while it is counted refers to itself.
    counted.set(reference, Number.POSITIVE_INFINITY);
    const part = referred(schema, reference);
    const steps = part === undefined ? Number.POSITIVE_INFINITY : count(part, depth);
    counted.set(reference, steps);
    return steps;
  };
  return count(schema, 0);
}

/** The part that a reference within the schema means; undefined if there is none. */
function referred(schema: object, reference: string): unknown {
  if (!reference.startsWith("#")) return undefined;
  return reference
    .split("/")
    .slice(1)
    .reduce<unknown>(
      (part, name) => (typeof part === "object" && part !== null ? Reflect.get(part, name) : undefined),
      schema,
    );
}

/**
 * Whether a pattern, which a caller has written, matches all of a text; undefined if nothing can be said in little time, or the pattern is of a kind
 * that is not known here. RE2 goes through a text once: nothing is tried again, as JavaScript's own patterns do, some of them forever.
 */
function matches(pattern: string, text: string): boolean | undefined {
  const counts = pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g).map(([, least, most]) => Number(most || least));
  const repeats = counts.reduce((sum, count) => sum + count, 1);
  if (repeats * pattern.length > mostPatternSteps) return undefined;
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.DOTALL);
    return compiled.programSize() * text.length > mostMatchSteps ? undefined : compiled.matches(text);
  } catch (error) {
    if (error instanceof RE2JSException) return undefined;
    throw error;
  }
}

/** Undefined if the schema says something that the validator does not know. */
function toSchema(schema: object): z.ZodType | undefined {
  try {
    return z.fromJSONSchema(checkable(schema) as z.core.JSONSchema.JSONSchema);
  } catch {
    return undefined;
  }
}

// What names no keyword, but a property or a value of the caller's own.
const named = ["properties", "$defs", "definitions", "dependentSchemas"];
const values = ["enum", "const", "default", "examples"];

/**
 * What can be held against an answer. `format` is a remark, as JSON Schema has it; engines do not hold answers to it. Patterns are left to the
 * engine, as the validator would look for them as JavaScript does.
 */
function checkable(schema: unknown, isKeyword = true): unknown {
  if (Array.isArray(schema)) return schema.map((part) => checkable(part));
  if (typeof schema !== "object" || schema === null) return schema;
  const kept = Object.entries(schema).filter(([key]) => !isKeyword || !["format", "pattern"].includes(key));
  if (isKeyword && kept.some(([key]) => key === "patternProperties")) return {};
  return Object.fromEntries(
    kept.map(([key, value]) => [
      key,
      isKeyword && values.includes(key) ? value : checkable(value, !(isKeyword && named.includes(key))),
    ]),
  );
}
