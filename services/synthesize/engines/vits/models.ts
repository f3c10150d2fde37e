/** A kind of model that vits-simple-api supports. */
export interface VitsModel {
  /** The key under which the server lists the speakers of this kind of model, for example `BERT-VITS2`. */
  readonly group: string;
  readonly path: string;
  /** Whether the model accepts a number for the emotion. */
  readonly emotions: boolean;
}

/**
 * The kinds of model, keyed by the value of the setting, in the order in which their voices are offered. HUBERT-VITS
 * converts voices and does not speak text, and GPT-SOVITS needs a recording, so both are missing.
 */
export const models = {
  vits: { group: "VITS", path: "/voice/vits", emotions: false },
  "bert-vits2": { group: "BERT-VITS2", path: "/voice/bert-vits2", emotions: true },
  "w2v2-vits": { group: "W2V2-VITS", path: "/voice/w2v2-vits", emotions: true },
} as const satisfies Record<string, VitsModel>;

/** The name of a kind of model. */
export type ModelName = keyof typeof models;
