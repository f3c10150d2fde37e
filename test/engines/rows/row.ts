/** A config that breaks one rule. */
export interface RuleRow {
  /** The rule's id. */
  readonly rule: string;
  readonly severity: "error" | "warning";
  /** The whole config, as YAML. */
  readonly config: string;
  /** The path that is named. */
  readonly path: string;
  /** What the remedy says. */
  readonly remedy: RegExp;
  /**
   * What vLLM itself says to the same flags without a GPU, for errors: its refusal; or why it cannot tell.
   * docs/checking-vllm.md shows how it is asked.
   */
  readonly vllm?: { readonly refuses: RegExp } | { readonly cannotTell: string };
}

/** A config with one vLLM server, from the YAML below `engine.vllm`. */
export const vllm = (yaml: string, host = "gpuCount: 8"): string =>
  `engine:\n  host: { ${host} }\n  vllm:\n${yaml.replace(/^/gm, "    ")}`;

/** A config with Fish-Speech, from the YAML below `engine.fish`. */
export const fish = (yaml: string, host = "gpuCount: 4"): string =>
  `engine:\n  host: { ${host} }\n  fish:\n${yaml.replace(/^/gm, "    ")}`;

/** A config with servers of `/v1/audio/speech`, from the YAML below `engine.speech`. */
export const speech = (yaml: string, host = "gpuCount: 4"): string =>
  `engine:\n  host: { ${host} }\n  speech:\n${yaml.replace(/^/gm, "    ")}`;

/** A config with recognizers of speech, from the YAML below `engine.transcribe`. */
export const transcribe = (yaml: string, host = "gpuCount: 4"): string =>
  `engine:\n  host: { ${host} }\n  transcribe:\n${yaml.replace(/^/gm, "    ")}`;

/** A config with servers of vits-simple-api, from the YAML below `engine.vits`. */
export const vits = (yaml: string, host = "gpuCount: 4"): string =>
  `engine:\n  host: { ${host} }\n  vits:\n${yaml.replace(/^/gm, "    ")}`;

/** A config with servers of Piper, from the YAML below `engine.piper`. */
export const piper = (yaml: string, host = "gpuCount: 4"): string =>
  `engine:\n  host: { ${host} }\n  piper:\n${yaml.replace(/^/gm, "    ")}`;

/** vLLM tells once it loads the model. */
export const start = { cannotTell: "seen when the model is loaded onto cards" };

/** vLLM has nothing against it. */
export const ours = { cannotTell: "vLLM takes it; it is wrong for us" };
