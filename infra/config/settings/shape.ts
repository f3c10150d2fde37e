import { z } from "zod";

/** How a setting is written in duet.yaml. */
export interface FileShape {
  /** The kinds of values that it takes; `object` for a secret, which is named and never written; none if it is no setting of a file. */
  readonly type: readonly ("string" | "integer" | "number" | "boolean" | "array" | "object")[];
  /** The least and the most of a number. */
  readonly range?: readonly [least: number, most: number];
  /** The only words that it takes. */
  readonly words?: readonly string[];
}

/** How a setting is written in duet.yaml, from its schema. */
export function fileShape(schema: z.core.$ZodType): FileShape {
  const said = z.globalRegistry.get(schema)?.file as FileShape | undefined;
  if (said !== undefined) return said;
  const {
    innerType,
    in: before,
    entries,
  } = schema._zod.def as {
    innerType?: z.core.$ZodType;
    in?: z.core.$ZodType;
    entries?: Record<string, string>;
  };
  if (entries !== undefined) return { type: ["string"], words: Object.values(entries) };
  const below = innerType ?? before;
  return below === undefined ? { type: ["string"] } : fileShape(below);
}
