/**
 * The header which discloses that content is machine-made, as proposed by draft-abaris-aicdh. Since that is a draft,
 * programs may or may not know the header.
 */
export const disclosure = ["ai-disclosure", "mode=machine-generated"] as const;
