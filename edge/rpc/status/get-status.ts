import type { ServiceImpl } from "@connectrpc/connect";
import type { Clock } from "../../../infra/clock/clock.ts";
import type { Tracer } from "../../../infra/telemetry/tracer.ts";
import type { Ears } from "../../ears/ears.ts";
import type { AssistantService } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import type { ServicesStatus } from "../../hosts/status.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { ChooseProfile } from "../../profiles/choose.ts";
import type { Resume } from "../../resume/resume.ts";
import type { Sessions } from "../../session/sessions.ts";
import type { ChatTools } from "../../stored/chat.ts";
import type { Turns } from "../../turn/turns.ts";
import { callOf } from "../caller.ts";
import { toCacheStatus, toEarsStatus, toJobsStatus, toServiceStatus, toStoredStatus, toStoreStatus } from "./parts.ts";

/** A question that the page suggests if prepared answers (a script) replace the model. */
export interface OfferedQuestion {
  readonly language: string;
  readonly label: string;
  readonly text: string;
}

/** The parts of an edge whose status GetStatus reports. */
export interface StatusRpcTools {
  /** Returns the status of the services; does not throw. */
  readonly readStatus: () => Promise<ServicesStatus>;
  readonly turns: Turns;
  readonly sessions: Sessions;
  /** Stores turns for callers that lose their connection. */
  readonly resume: Resume;
  /** The speech recognizers; undefined if the deployment has none. */
  readonly ears: Ears | undefined;
  /** The tools for answers with stored speech; undefined if no speech is stored. */
  readonly chat: ChatTools | undefined;
  /** The jobs; undefined if jobs are not accepted. */
  readonly jobs: Jobs | undefined;
  /** Finds the profiles that a caller may name. */
  readonly profiles: ChooseProfile;
  /** The tracer. The status says whether it traces turns. */
  readonly tracer: Tracer;
  readonly clock: Clock;
  /** Duet's version. */
  readonly version: string;
  /** The questions with a prepared answer, and the setting that connects a model; undefined if a model answers. */
  readonly script: { questions: OfferedQuestion[]; setting: string } | undefined;
}

/** The RPC that returns a deployment's status; only the deployment's operators also learn its load and settings. */
export function createStatusRpc(tools: StatusRpcTools): Pick<ServiceImpl<typeof AssistantService>, "getStatus"> {
  const { readStatus, turns, sessions, resume, ears, chat, jobs, profiles, tracer, clock, version, script } = tools;
  return {
    async getStatus(_request, context) {
      const call = callOf(context, clock);
      const { inFull } = call;
      const offered = profiles.offeredTo(call);
      const { generate, synthesize, engines, openerMode, cache } = await readStatus();
      return {
        version,
        ...(inFull && { turnCount: turns.count }),
        generate: toServiceStatus(generate, inFull),
        synthesize: { ...toServiceStatus(synthesize, inFull), engines: [...engines] },
        ...(chat && { audio: toStoredStatus(chat, inFull) }),
        ...(jobs && { jobs: toJobsStatus(jobs, inFull) }),
        ...(ears && { transcribe: toEarsStatus(ears, inFull) }),
        openerMode,
        ...(cache && { cache: toCacheStatus(cache, inFull) }),
        ...(script && { script: inFull ? script : { questions: script.questions } }),
        sessions: toStoreStatus("sessions", sessions),
        resume: toStoreStatus("events of turns", resume),
        profiles: offered.profiles.map(([id, { displayName = id, voice = "", language = "" }]) => ({
          id,
          displayName,
          voice,
          language,
        })),
        defaultProfile: offered.own,
        traced: tracer.enabled,
      };
    },
  };
}
