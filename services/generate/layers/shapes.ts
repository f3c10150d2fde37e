import { createContext, Script } from "node:vm";
import { z } from "zod";
import { parseJson } from "../../../infra/text/json.ts";
import { EngineError } from "../../common/errors/engine-error.ts";
import type { Chat, Constraint } from "../chat.ts";

/** A pattern can be such that looking for it takes forever: this is all the time it gets. Others take less than one. */
const limitMs = 200;
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
      return inTime(() => toPattern(constraint.pattern)?.test(text) ?? true)
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

/** The pattern has to match all of the answer. Undefined if it is of a kind that engines know and JavaScript does not. */
function toPattern(pattern: string): RegExp | undefined {
  for (const flags of ["su", "s"])
    try {
      return new RegExp(`^(?:${pattern})$`, flags);
    } catch {
      // Without `u` more is allowed.
    }
  return undefined;
}

/** Undefined if the schema says something that the validator does not know. */
function toSchema(schema: object): z.ZodType | undefined {
  try {
    return z.fromJSONSchema(withoutFormats(schema) as z.core.JSONSchema.JSONSchema);
  } catch {
    return undefined;
  }
}

/** `format` is a remark, as JSON Schema has it; engines do not hold answers to it. */
function withoutFormats(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutFormats);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key, value]) => !(key === "format" && typeof value === "string"))
      .map(([key, value]) => [
        key,
        ["enum", "const", "default", "examples"].includes(key) ? value : withoutFormats(value),
      ]),
  );
}
