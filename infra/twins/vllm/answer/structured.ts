type Schema = Record<string, unknown>;

/** The smallest value that satisfies a JSON schema. Only the usual keywords of JSON Schema are supported. */
export function minimalJson(schema: unknown): unknown {
  if (typeof schema !== "object" || schema === null) return {};
  const { type, properties, items, enum: values, const: constant, anyOf, oneOf, ...rest } = schema as Schema;
  if (constant !== undefined) return constant;
  if (Array.isArray(values)) return values[0];
  for (const options of [anyOf, oneOf]) if (Array.isArray(options)) return minimalJson(options[0]);
  switch (Array.isArray(type) ? type[0] : (type ?? (properties === undefined ? undefined : "object"))) {
    case "string":
      return "a".repeat(Number(rest.minLength ?? 1));
    case "integer":
    case "number":
      return Number(rest.minimum ?? 0);
    case "boolean":
      return true;
    case "null":
      return null;
    case "array":
      return Array.from({ length: Number(rest.minItems ?? 0) }, () => minimalJson(items));
    default: {
      const required = (rest.required as string[] | undefined) ?? Object.keys((properties as Schema | undefined) ?? {});
      return Object.fromEntries(
        required.map((name) => [name, minimalJson((properties as Schema | undefined)?.[name])]),
      );
    }
  }
}
