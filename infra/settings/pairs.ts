import type { Kind, Reading, Yaml } from "./kind.ts";

/**
 * A map from names to strings: `emma=anna,tom=jack` in a variable, a map in YAML. Names and strings contain no comma
 * and no `=`, and do not begin or end with white space, so that a variable can express everything that a file can:
 * containers are given their settings as variables.
 */
export const pairs: Kind<Readonly<Record<string, string>>> = {
  fromText: (text) =>
    read(
      text
        .split(",")
        .map((item) => item.trim())
        .filter((item) => item !== "")
        .map((item) => item.split("=").map((side) => side.trim())),
    ),
  fromYaml: (value) =>
    isMap(value) ? read(Object.entries(value)) : { fault: "must be a map, such as { this: that }" },
  write: (value) =>
    Object.entries(value)
      .map(([name, text]) => `${name}=${text}`)
      .join(","),
  toYaml: (value) => value,
  schema: { type: "object", additionalProperties: { type: "string" } },
  values: "map",
};

function read(items: readonly (readonly Yaml[])[]): Reading<Readonly<Record<string, string>>> {
  const value = new Map<string, string>();
  for (const [name, text, ...more] of items) {
    if (!isWord(name) || !isWord(text) || more.length > 0)
      return { fault: "must be pairs such as this=that, with no other equals sign and no comma in a pair" };
    if (value.has(name)) return { fault: `names ${name} twice` };
    value.set(name, text);
  }
  return { value: Object.fromEntries(value) };
}

function isWord(value: Yaml | undefined): value is string {
  return typeof value === "string" && /^[^\s,=](?:[^,=\r\n]*[^\s,=])?$/.test(value);
}

function isMap(value: Yaml): value is { readonly [key: string]: Yaml } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
