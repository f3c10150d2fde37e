import type { Field, Fields } from "./field.ts";
import { hostFields } from "./host.ts";
import { allEngines } from "./registry.ts";

/** Every field of the engines' config by its path in the file: `engine.vllm.batching.maxNumSeqs`. */
export const fields: Readonly<Record<string, Field>> = Object.assign(
  under("engine.host", hostFields),
  ...allEngines.map(({ name, fields }) => under(`engine.${name}`, fields)),
);

function under(path: string, fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [`${path}.${name}`, field]));
}
