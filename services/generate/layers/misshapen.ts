import { createContext, Script } from "node:vm";
import { RE2JS, RE2JSException } from "re2js";
import { z } from "zod";
import { parseJson } from "../../../infra/text/json.ts";
import type { Constraint } from "../chat.ts";

/**
 * The time limit for checking against a schema of unknown cost: nothing else runs during the check, and schemas whose
 * references multiply may take forever.
 */
const limitMs = 50;
// Limits for patterns. Compiling expands counted repetitions, and every character of a text may be compared with every
// step of the pattern: a million comparisons took 20 to 70 ms on a busy core.
const mostPatternSteps = 20_000;
const mostMatchSteps = 1_000_000;
// Schemas whose steps times the answer's length are at most this number are checked without a time limit: a hundred
// thousand comparisons take 15 ms on a busy core.
const mostSchemaSteps = 100_000;
const deepestSchema = 100;
const room = createContext({ check: () => true });
const script = new Script("check()");

/**
 * How an answer violates its required shape, without quoting the answer; undefined if the shape is right, or if that
 * cannot be decided.
 */
export function misshapen(text: string, constraint: Constraint): string | undefined {
  switch (constraint.type) {
    case "choice":
      return constraint.options.includes(text) ? undefined : "answered with none of the allowed texts";
    case "regex":
      return (matches(constraint.pattern, text) ?? true)
        ? undefined
        : "answered with a text that does not match the pattern";
    case "jsonSchema": {
      const value = parseJson(text);
      if (value === undefined) return "answered with text that is not JSON";
      const fits = () => toSchema(constraint.schema)?.safeParse(value.parsed).success ?? true;
      // A cheap check has no time limit: if it timed out on a busy machine, it would count as passed.
      return (schemaSteps(constraint.schema) * text.length <= mostSchemaSteps ? fits() : inTime(fits))
        ? undefined
        : "answered with JSON that does not fit the schema";
    }
  }
}

/** The result of a check; true if the check takes longer than `limitMs`. */
function inTime(check: () => boolean): boolean {
  try {
    room.check = check;
    return script.runInContext(room, { timeout: limitMs }) as boolean;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return true;
    throw error;
  }
}

/**
 * The number of parts of a schema, where a referenced part counts again at each reference; infinite if the schema
 * refers to itself or to another document.
 */
export function schemaSteps(schema: object): number {
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
    // While a part is being counted, its count is infinite: if the part is met again meanwhile, it refers to itself.
    counted.set(reference, Number.POSITIVE_INFINITY);
    const part = referred(schema, reference);
    const steps = part === undefined ? Number.POSITIVE_INFINITY : count(part, depth);
    counted.set(reference, steps);
    return steps;
  };
  return count(schema, 0);
}

/** The part of a schema that a reference points to; undefined if there is none. */
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
 * Whether a caller's pattern matches an entire text; undefined if that would take too long, or if the pattern uses an
 * unsupported syntax. RE2 runs in linear time, without the backtracking of JavaScript's patterns, some of which never
 * end.
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

/** Converts a JSON Schema for the validator; undefined if it uses something that the validator does not support. */
function toSchema(schema: object): z.ZodType | undefined {
  try {
    return z.fromJSONSchema(checkable(schema) as z.core.JSONSchema.JSONSchema);
  } catch {
    return undefined;
  }
}

// JSON Schema keywords whose value is an object keyed by names that the caller chose, not by further keywords.
const named = ["properties", "$defs", "definitions", "dependentSchemas"];

/**
 * Keeps the parts of a schema that can be checked. `format` is only an annotation in JSON Schema, and engines do not
 * enforce it. Patterns are left to the engine, since the validator would run them as JavaScript patterns. `const` and
 * `enum` with objects or lists are left to the engine too: the validator would find nothing equal to an object or list.
 */
function checkable(schema: unknown, isKeyword = true): unknown {
  if (Array.isArray(schema)) return schema.map((part) => checkable(part));
  if (!isObject(schema)) return schema;
  const kept = Object.entries(schema).filter(([key, value]) => !isKeyword || isCheckable(key, value));
  if (isKeyword && kept.some(([key]) => key === "patternProperties")) return {};
  return Object.fromEntries(kept.map(([key, value]) => [key, checkable(value, !(isKeyword && named.includes(key)))]));
}

function isCheckable(key: string, value: unknown): boolean {
  if (key === "const") return !isObject(value);
  if (key === "enum") return Array.isArray(value) && !value.some(isObject);
  return key !== "format" && key !== "pattern";
}

/** Whether a value is an object or a list. */
function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
