import { createPlayground } from "../../edge/playground/serve.ts";
import { type Stack, type StackOptions, startStack } from "../support/stack.ts";

/** Starts a stack that also serves the page. */
export async function startPageStack(options: StackOptions = {}): Promise<Stack> {
  const { answer } = await createPlayground();
  return startStack({ ...options, edge: { page: answer, ...options.edge } });
}
