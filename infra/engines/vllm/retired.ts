/**
 * Names that vLLM used to have or rejects explicitly, and what to write instead; keys are in lower case without `_`.
 */
const retired: Readonly<Record<string, string>> = {
  disablebybatchsize: "vLLM has it no more: write speculation.tokensByBatchSize, with 0 tokens for large batches.",
  tensorparallelsize: "Write draftTensorParallelSize in speculation, or parallelism.tensor for the model.",
  guideddecodingbackend: "Write structuredOutputs.backend.",
  swapspace: "vLLM has it no more: what does not fit is computed anew. cache.offloadGib keeps it in host memory.",
  ropescaling: "Write context.yarn.",
  ropetheta: "Write model.geometry.ropeTheta.",
  numschedulersteps: "vLLM has it no more: asynchronous scheduling took its place.",
  usev2blockmanager: "vLLM has it no more: there is no other.",
  preemptionmode: "vLLM has it no more: what does not fit is computed anew.",
  speculativemodel: "Write speculation, with a method below it.",
  numspeculativetokens: "Write it below the method: speculation.ngram.numSpeculativeTokens.",
};

/** What to write instead of a name that is not a field, if it is one of these. */
export function insteadOf(name: string): string | undefined {
  return retired[name.toLowerCase().replaceAll("_", "")];
}
