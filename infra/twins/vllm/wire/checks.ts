import { pythonFloat, pythonRepr } from "../../python.ts";
import { badRequest, badSchema, unknownModel, unsupported } from "./error-body.ts";
import type { ApiError } from "./events.ts";

/** The parsed body of a request, which has not been validated. */
export type Body = Record<string, unknown>;

/** The error of the first field that does not satisfy vLLM's schema. */
export function schemaFault(body: Body): ApiError | undefined {
  if (body.messages === undefined) return fieldFault("missing", "messages", "Field required", body);
  if (!Array.isArray(body.messages))
    return fieldFault("list_type", "messages", "Input should be a valid list", body.messages);
  for (const name of ["max_tokens", "max_completion_tokens", "n", "seed", "top_k", "priority"])
    if (body[name] != null && !Number.isInteger(body[name]))
      return fieldFault("int_type", name, "Input should be a valid integer", body[name]);
  for (const { name } of ranges)
    if (body[name] != null && typeof body[name] !== "number")
      return fieldFault("float_type", name, "Input should be a valid number", body[name]);
  return undefined;
}

/** The error of a field that does not satisfy the schema, as pydantic words it. */
export function fieldFault(type: string, name: string, message: string, input: unknown): ApiError {
  return badSchema(
    `1 validation error:\n  {'type': '${type}', 'loc': ('body', '${name}'), 'msg': '${message}', 'input': ${pythonRepr(input)}}`,
    `body.${name}`,
  );
}

/** The error if a request names another model than `served`; undefined otherwise. */
export function modelFault({ model }: Body, served: string): ApiError | undefined {
  return model == null || model === served ? undefined : unknownModel(String(model));
}

/** The valid range of each sampling field, and vLLM's wording of that rule. */
const ranges: readonly { name: string; holds: (value: number) => boolean; rule: string }[] = [
  { name: "temperature", holds: (value) => value >= 0 && value <= 2, rule: "must be in [0, 2]" },
  { name: "top_p", holds: (value) => value > 0 && value <= 1, rule: "must be in (0, 1]" },
  { name: "min_p", holds: (value) => value >= 0 && value <= 1, rule: "must be in [0, 1]" },
  { name: "presence_penalty", holds: (value) => Math.abs(value) <= 2, rule: "must be in [-2, 2]" },
  { name: "frequency_penalty", holds: (value) => Math.abs(value) <= 2, rule: "must be in [-2, 2]" },
  { name: "repetition_penalty", holds: (value) => value > 0, rule: "must be greater than zero" },
];

/** The error of the first field whose value vLLM refuses, in vLLM's words. */
export function rangeFault(body: Body): ApiError | undefined {
  for (const { name, holds, rule } of ranges) {
    const value = body[name];
    if (typeof value === "number" && !holds(value)) return valueFault(name, rule, pythonFloat(value));
  }
  for (const name of ["max_tokens", "max_completion_tokens"]) {
    const value = body[name];
    if (typeof value === "number" && value < 1) return valueFault(name, "must be at least 1", String(value));
  }
  if (typeof body.n === "number" && body.n > 1)
    return unsupported("This stand-in returns only one choice: leave out n.");
  if (body.stop === "" || (Array.isArray(body.stop) && body.stop.includes("")))
    return badRequest("stop cannot contain an empty string.", null);
  if (body.stream_options != null && body.stream !== true)
    return badRequest(
      "Stream options can only be defined when `stream=True`. (parameter=stream_options)",
      "stream_options",
    );
  const constraints = ["json", "regex", "choice", "grammar", "json_object", "structural_tag"];
  const structured = (body.structured_outputs ?? {}) as Body;
  if (constraints.filter((name) => structured[name] != null).length > 1)
    return badRequest("You can only use one kind of structured outputs constraint but multiple are specified.", null);
  return undefined;
}

function valueFault(name: string, rule: string, value: string): ApiError {
  return badRequest(`${name} ${rule}, got ${value}. (parameter=${name}, value=${value})`, name);
}

/** The error if a prompt of `prompt` tokens and an answer of `asked` tokens together have more than `most` tokens. */
export function lengthFault(prompt: number, asked: number | undefined, most: number): ApiError | undefined {
  if (asked !== undefined && asked > most)
    return badRequest(
      `max_tokens=${asked} cannot be greater than max_model_len=max_total_tokens=${most}. Please request fewer output tokens. (parameter=max_tokens, value=${asked})`,
      "max_tokens",
    );
  const output = asked ?? 1;
  if (prompt + output <= most) return undefined;
  // vLLM stops counting the prompt's tokens at the first token over the limit, and reports only that number.
  const least = most - output + 1;
  return badRequest(
    `This model's maximum context length is ${most} tokens. However, you requested ${output} output tokens and your prompt contains at least ${least} input tokens, for a total of at least ${least + output} tokens. Please reduce the length of the input prompt or the number of requested output tokens. (parameter=input_tokens, value=${least})`,
    "input_tokens",
  );
}
