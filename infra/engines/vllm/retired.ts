/**
 * Names of options that vLLM used to have or rejects explicitly, and what to write instead; keys are in lower case
 * without `_`.
 */
const retired: Readonly<Record<string, string>> = {
  disablebybatchsize: "vLLM has removed it: use speculation.tokensByBatchSize, with 0 tokens for large batches.",
  tensorparallelsize: "Use speculation's draftTensorParallelSize for the draft, or parallelism.tensor for the model.",
  guideddecodingbackend: "Write structuredOutputs.backend.",
  swapspace: "vLLM has removed it: evicted KV cache is recomputed. Set cache.offloadGib to keep it in host memory.",
  ropescaling: "Write context.yarn.",
  ropetheta: "Use model.geometry.ropeTheta.",
  numschedulersteps: "vLLM has removed it: asynchronous scheduling replaced it.",
  usev2blockmanager: "vLLM has removed it, since only one block manager is left.",
  preemptionmode: "vLLM has removed it: the KV cache of preempted requests is always recomputed.",
  speculativemodel: "Use speculation with a method below it, such as speculation.draftModel.model.",
  numspeculativetokens: "Set it below the method, as in speculation.ngram.numSpeculativeTokens.",
};

/** What to write instead of a name that is not a field; undefined if the name is not that of a retired option. */
export function insteadOf(name: string): string | undefined {
  return retired[name.toLowerCase().replaceAll("_", "")];
}
