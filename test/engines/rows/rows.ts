import { addressRows } from "./addresses.ts";
import { fishRows } from "./fish.ts";
import { flagsRows } from "./flags.ts";
import { modelRows } from "./model.ts";
import { packingRows } from "./packing.ts";
import { piperRows } from "./piper.ts";
import type { RuleRow } from "./row.ts";
import { serverRows } from "./server.ts";
import { speculationRows } from "./speculation.ts";
import { speechRows } from "./speech.ts";
import { togetherRows } from "./together.ts";
import { transcribeRows } from "./transcribe.ts";
import { vitsRows } from "./vits.ts";
import { voiceRows } from "./voices.ts";

/** A row for each rule. */
export const ruleRows: readonly RuleRow[] = [
  ...modelRows,
  ...packingRows,
  ...serverRows,
  ...speculationRows,
  ...flagsRows,
  ...fishRows,
  ...speechRows,
  ...transcribeRows,
  ...vitsRows,
  ...piperRows,
  ...togetherRows,
  ...voiceRows,
  ...addressRows,
];
