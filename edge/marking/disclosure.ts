/**
 * The header that discloses machine-made content, as proposed by draft-abaris-aicdh; a draft, so programs may or may
 * not know it.
 */
export const disclosure = ["ai-disclosure", "mode=machine-generated"] as const;
