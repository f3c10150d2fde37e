import { stringify } from "yaml";

/**
 * Writes a document for programs in other languages: a string that YAML 1.1 would take for something else (`no`,
 * `12:30`) is quoted, since many parsers still use that version.
 */
export function writeYaml(document: object): string {
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false, compat: "yaml-1.1" });
}
