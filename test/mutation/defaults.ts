/**
 * Leaves out the empty text that stands for a group of a match or an item of a list that is not there, as in
 * `([, day = ""]) =>` or `parts[0] ?? ""`: the compiler asks for it also where the group is always there, and no test
 * can tell what then stands in its place. What is done with the default is still tried: `parts[0] && ""`.
 */

/** What is looked at of a place in a parsed file. */
interface Place {
  readonly node: Node;
  readonly parent: Node | null | undefined;
  readonly parentPath: Place | null | undefined;
}

interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly operator?: string;
  readonly computed?: boolean;
  readonly left?: Node;
  readonly right?: Node;
}

/** Why no mutant is made of a place; undefined if mutants are made of it. */
export function shouldIgnore({ node, parent, parentPath }: Place): string | undefined {
  if (node.type !== "StringLiteral" || node.value !== "" || parent?.right !== node) return undefined;
  const isOfList = parent.type === "AssignmentPattern" && parentPath?.parent?.type === "ArrayPattern";
  const isOfIndex =
    parent.type === "LogicalExpression" &&
    parent.operator === "??" &&
    parent.left?.type === "MemberExpression" &&
    parent.left.computed === true;
  return isOfList || isOfIndex ? "is what the compiler asks for" : undefined;
}

/** As Stryker takes it. */
export const strykerPlugins = [{ kind: "Ignore", name: "defaults", value: { shouldIgnore } }];
