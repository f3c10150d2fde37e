/**
 * The limits of a request for a turn, in every API, as assistant.proto states them. Most of them allow far more than
 * fits into a model's context.
 */
export const requestLimits = {
  /** The size of a request in bytes, both compressed and uncompressed: enough for a history of long messages. */
  bytes: 4 << 20,
  /** The maximum lengths of texts, in code points. */
  textCharacters: 8_000,
  messageCharacters: 32_000,
  instructionsCharacters: 32_000,
  stopCharacters: 200,
  schemaCharacters: 32_000,
  regexCharacters: 2_000,
  optionCharacters: 8_000,
  pathCharacters: 200,
  /** The maximum numbers of items in lists. */
  historyMessages: 200,
  stops: 4,
  options: 64,
  spokenPaths: 16,
  /** The longest answer that can be requested, in tokens. */
  answerTokens: 8_192,
  /** The longest resume window that can be requested, in ms: the time that a turn goes on without a reader. */
  resumeWindowMs: 300_000,
} as const;
