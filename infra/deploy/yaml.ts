import { stringify } from "yaml";

/** Writes a document for programs of other languages: a text that YAML 1.1 takes for something else (`no`, `12:30`) is quoted, since many still read that. */
export function writeYaml(document: object): string {
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false, compat: "yaml-1.1" });
}
