import { piper, type RuleRow } from "./row.ts";

/** Servers of Piper. */
export const piperRows: readonly RuleRow[] = [
  {
    rule: "piper/cards",
    severity: "error",
    config: piper("device: cuda\ngpus: [4]"),
    path: "engine.piper.gpus",
    remedy: /below 4/,
  },
  {
    rule: "piper/memory",
    severity: "error",
    config: piper("device: cuda\nmemoryGib: 12.5\ngpus: [0, 0]"),
    path: "engine.piper.memoryGib",
    remedy: /fewer/,
  },
  {
    rule: "piper/licence",
    severity: "warning",
    config: piper("voice: en_US-lessac-medium"),
    path: "engine.piper.voice",
    remedy: /MODEL_CARD/,
  },
  {
    rule: "duet/piper-servers",
    severity: "warning",
    config: `piper: { url: "http://a, http://b" }\n${piper("gpus: [0]")}`,
    path: "piper.url",
    remedy: /List the address of each server/,
  },
];
