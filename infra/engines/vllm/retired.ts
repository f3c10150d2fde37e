/** Names that vLLM had or refuses in so many words, and what to write instead, by their spelling in lower case without `_`. */
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

/** What to write instead of a name that is no field, if it is one that many know. */
export function insteadOf(name: string): string | undefined {
  return retired[name.toLowerCase().replaceAll("_", "")];
}
