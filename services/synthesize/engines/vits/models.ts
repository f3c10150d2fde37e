/** A kind of models that vits-simple-api speaks with. */
export interface VitsModel {
  /** The name of its speakers' list. */
  readonly group: string;
  readonly path: string;
  /** Whether it takes a number for how to speak. */
  readonly emotions: boolean;
}

/**
 * By the word that the setting takes, in the order in which their voices are offered. HUBERT-VITS changes voices and speaks no text, and
 * GPT-SOVITS wants a recording: neither is here.
 */
export const models = {
  vits: { group: "VITS", path: "/voice/vits", emotions: false },
  "bert-vits2": { group: "BERT-VITS2", path: "/voice/bert-vits2", emotions: true },
  "w2v2-vits": { group: "W2V2-VITS", path: "/voice/w2v2-vits", emotions: true },
} as const satisfies Record<string, VitsModel>;

/** A kind of models by name. */
export type ModelName = keyof typeof models;
