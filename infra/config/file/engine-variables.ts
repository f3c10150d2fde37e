import { ScalarType } from "@bufbuild/protobuf";
import { variableOf } from "../../settings/setting.ts";
import { aliases } from "../aliases.ts";
import type { Problem } from "../problem.ts";
import { nearest } from "./did-you-mean.ts";
import { engineLeaves } from "./engine.ts";
import { overlay, type Scalar, type Tree } from "./tree.ts";

/** The engines' fields, keyed by their environment variables; fields inside lists of messages have no variable. */
const leaves = new Map(
  [...engineLeaves()]
    .filter(([path]) => !path.includes("[]"))
    .map(([path, field]) => [variableOf(path), { path, field }] as const),
);
const byPath = new Map([...leaves.values()].map((leaf) => [leaf.path, leaf]));

/**
 * Writes the values of the engines' variables into the tree of the file, over what the file says. An alias, such as
 * MODEL_NAME, applies only if the file contains the engine whose field it sets, and if the field's own variable, which
 * begins with DUET_, is not set. Changes the tree; returns problems with names that match no field.
 */
export function overlayVariables(tree: Tree & { kind: "map" }, env: NodeJS.ProcessEnv): Problem[] {
  const problems: Problem[] = [];
  for (const [variable, text] of Object.entries(env)) {
    if (text === undefined || text === "") continue;
    const aliased = byPath.get(aliases[variable] ?? "");
    if (aliased !== undefined && hasEngine(tree, aliased.path) && !env[variableOf(aliased.path)])
      overlay(tree, aliased.path, read(aliased.field.scalar, text, variable));
    if (!variable.startsWith("DUET_ENGINE_")) continue;
    const leaf = leaves.get(variable);
    if (leaf === undefined) {
      const near = nearest(variable, [...leaves.keys()]);
      problems.push({
        severity: "error",
        origin: { variable },
        path: "",
        message: `${variable} does not match any field of an engine`,
        remedy: near === undefined ? "docs/config.md lists all fields." : `Did you mean ${near}?`,
      });
    } else if (leaf.field.fieldKind === "list") {
      const items = text.split(",").map((item) => read(leaf.field.scalar, item.trim(), variable));
      overlay(tree, leaf.path, { kind: "list", origin: { variable }, items });
    } else overlay(tree, leaf.path, read(leaf.field.scalar, text, variable));
  }
  return problems;
}

function hasEngine(tree: Tree & { kind: "map" }, path: string): boolean {
  const engine = tree.entries.get("engine")?.value;
  return engine?.kind === "map" && engine.entries.has(path.split(".")[1] as string);
}

function read(type: ScalarType | undefined, text: string, variable: string): Tree {
  const value: Scalar =
    type === ScalarType.STRING
      ? text
      : type === ScalarType.BOOL
        ? ({ 1: true, true: true, 0: false, false: false }[text] ?? text)
        : text.trim() !== "" && Number.isFinite(Number(text))
          ? Number(text)
          : text;
  return { kind: "scalar", origin: { variable }, value };
}
