/**
 * The limits of a request for a turn, in every API, as assistant.proto states them. A model's context is far smaller
 * than most of these.
 */
export const requestLimits = {
  /** Size in bytes, both compressed and uncompressed: enough for a history of long messages. */
  bytes: 4 << 20,
  /** Texts, in code points. */
  textCharacters: 8_000,
  messageCharacters: 32_000,
  instructionsCharacters: 32_000,
  stopCharacters: 200,
  schemaCharacters: 32_000,
  regexCharacters: 2_000,
  optionCharacters: 8_000,
  pathCharacters: 200,
  /** Numbers of items. */
  historyMessages: 200,
  stops: 4,
  options: 64,
  spokenPaths: 16,
  /** The longest answer that can be requested. */
  answerTokens: 8_192,
  /** The longest that a turn may go on without a reader, in milliseconds. */
  resumeWindowMs: 300_000,
} as const;
