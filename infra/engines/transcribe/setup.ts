import type { Setup } from "../record.ts";
import type { Rule } from "../rule.ts";
import { serversNamed } from "../servers-named.ts";
import type { TranscribePlan } from "./plan.ts";
import type { transcribeSettings } from "./settings.ts";

type TranscribeSetup = Setup<TranscribePlan, typeof transcribeSettings>;

/** Servers that cannot be identified by their lists of models. */
const unlisted = ["whisper-cpp", "funasr-ws"];

/** Rules about combinations of the recognizers' config and Duet's settings. */
export const transcribeSetupRules: readonly Rule<TranscribeSetup>[] = [
  {
    id: "duet/transcribe-kind",
    severity: "error",
    source: "recognizers differ in their path and in what they accept",
    check({ own: { kind: asked }, plan: { server } }) {
      const isTold = asked === undefined || asked === server || (asked === "auto" && !unlisted.includes(server));
      if (isTold) return undefined;
      return {
        path: "transcribe.kind",
        message: `transcribe.kind is ${asked}, but engine.transcribe.server is ${server}`,
        remedy: `Set it to ${server}.`,
      };
    },
  },
  {
    id: "duet/transcribe-serial",
    severity: "warning",
    source: "whisper.cpp examples/server/server.cpp: one request at a time under a mutex",
    check({ own: { maxAtOnce = 1 }, plan: { server } }) {
      if (server !== "whisper-cpp" || maxAtOnce === 1) return undefined;
      return {
        path: "transcribe.maxAtOnce",
        message: `whisper.cpp transcribes one recording at a time, but would be sent ${maxAtOnce}`,
        remedy: "Set it to 1, so that excess recordings are refused at once.",
      };
    },
  },
  serversNamed("transcribe"),
];
