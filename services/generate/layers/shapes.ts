import { createContext, Script } from "node:vm";
import { RE2JS, RE2JSException } from "re2js";
import { z } from "zod";
import { parseJson } from "../../../infra/text/json.ts";
import { EngineError } from "../../common/errors/engine-error.ts";
import type { Chat, Constraint } from "../chat.ts";

/** All the time that a schema gets, in which nothing else is done. Most take less than one; some whose parts refer to others twice take forever. */
const limitMs = 50;
// Counted repetitions are written out when a pattern is compiled, and each character of a text may meet each of its steps: a million took 20 to 70
// ms on a busy core.
const mostPatternSteps = 20_000;
const mostMatchSteps = 1_000_000;
const room = createContext({ check: () => true });
const script = new Script("check()");

/**
 * Holds complete answers against the shape that was asked for: under load and with speculation engines have let others through. An
 * answer of another shape ends with EngineError `misshapen` in place of `finished`; one that was cut at its limit is what it is.
 */
export function withShapes(chat: Chat): Chat {
  return async function* chatWithShape(request, signal) {
    const { constraint } = request;
    if (constraint === undefined) return yield* chat(request, signal);
    let text = "";
    for await (const event of chat(request, signal)) {
      if (event.type === "delta") text += event.text;
      if (event.type === "finished" && event.reason === "stop") {
        const fault = misshapen(text, constraint);
        if (fault !== undefined) throw new EngineError("misshapen", `the model server ${fault}: ask again`);
      }
      yield event;
    }
  };
}

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
      return inTime(() => toSchema(constraint.schema)?.safeParse(value.parsed).success ?? true)
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
