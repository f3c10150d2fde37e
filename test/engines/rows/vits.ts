import { type RuleRow, vits } from "./row.ts";

/** Servers of vits-simple-api. */
export const vitsRows: readonly RuleRow[] = [
  {
    rule: "vits/cards",
    severity: "error",
    config: vits("gpus: [4]"),
    path: "engine.vits.gpus",
    remedy: /below 4/,
  },
  {
    rule: "vits/memory",
    severity: "error",
    config: vits("memoryGib: 12.5\ngpus: [0, 0]"),
    path: "engine.vits.memoryGib",
    remedy: /fewer/,
  },
  {
    rule: "duet/vits-servers",
    severity: "warning",
    config: `vits: { url: "http://a, http://b" }\n${vits("gpus: [0]")}`,
    path: "vits.url",
    remedy: /List the address of each server/,
  },
];
