/**
 * The new paths of renamed settings, keyed by the old path in duet.yaml. The old variables follow from the old paths:
 * `listen` was DUET_LISTEN. Whoever uses an old name gets a message with the new one.
 */
export const renamed: Readonly<Record<string, string>> = {
  listen: "edge.listen",
  "generate.url": "edge.generateUrl",
  "synthesize.url": "edge.synthesizeUrl",
  corsOrigins: "edge.corsOrigins",
  instructions: "edge.instructions",
  maxTurns: "edge.maxTurns",
  scripted: "edge.scripted",
  maxTokens: "generate.maxTokens",
  firstTokenTimeoutMs: "generate.firstTokenTimeoutMs",
  stallTimeoutMs: "generate.stallTimeoutMs",
  minOpenerSeconds: "synthesize.opener.minSeconds",
  openerWaitMs: "synthesize.opener.waitMs",
  segmentMaxCharacters: "synthesize.segmentMaxCharacters",
  maxSessions: "synthesize.maxSessions",
};
