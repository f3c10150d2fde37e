/** The header of an answer that a machine has made, as draft-abaris-aicdh proposes it; a draft, that programs may or may not know. */
export const disclosure = ["ai-disclosure", "mode=machine-generated"] as const;
