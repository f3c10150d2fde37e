import { type RuleRow, speech } from "./row.ts";

/** Servers of `/v1/audio/speech`. */
export const speechRows: readonly RuleRow[] = [
  {
    rule: "speech/cards",
    severity: "error",
    config: speech("gpus: [4]"),
    path: "engine.speech.gpus",
    remedy: /below 4/,
  },
  {
    rule: "speech/memory",
    severity: "error",
    config: speech("model: fishaudio/s2-pro\nmemoryGib: 22.5\ngpus: [0, 0]"),
    path: "engine.speech.memoryGib",
    remedy: /fewer/,
  },
  {
    rule: "speech/licence",
    severity: "warning",
    config: speech("model: fishaudio/s2-pro"),
    path: "engine.speech.model",
    remedy: /licence/,
  },
  {
    rule: "duet/speech-server",
    severity: "error",
    config: `speech: { server: localai }\n${speech("server: speaches")}`,
    path: "speech.server",
    remedy: /to speaches/,
  },
  {
    rule: "duet/speech-servers",
    severity: "warning",
    config: `speech: { url: "http://a, http://b" }\n${speech("gpus: [0]")}`,
    path: "speech.url",
    remedy: /List the address of each server/,
  },
];
