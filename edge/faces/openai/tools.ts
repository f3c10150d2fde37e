import type { Tracer } from "../../../infra/telemetry/tracer.ts";
import type { Access } from "../../access/access.ts";
import type { Ears } from "../../ears/ears.ts";
import type { Services } from "../../hosts/clients.ts";
import type { Ports } from "../../hosts/ports.ts";
import type { ChooseProfile } from "../../profiles/choose.ts";
import type { CallCount } from "../../rpc/count-calls.ts";
import type { Sessions } from "../../session/sessions.ts";
import type { TurnTools } from "../../turn/turn.ts";
import type { SpokenAnswers } from "./chat/spoken-answers.ts";
import type { IdempotencyKeys } from "./idempotency.ts";
import type { Models } from "./models.ts";

/** Options of the OpenAI-compatible API. */
export interface OpenAiOptions {
  readonly services: Services;
  readonly ports: Ports;
  /** Transcribes recordings; undefined: recordings are not accepted. */
  readonly ears: Ears | undefined;
  readonly sessions: Sessions;
  readonly access: Access;
  /** Chooses the profile that answers. */
  readonly profiles: ChooseProfile;
  /** The dependencies that turns of every kind share, whichever API they come through. */
  readonly turn: TurnTools;
  /** The instructions for the model that apply to requests without instructions of their own. */
  readonly instructions: string;
  /** The deployment's voice for each of OpenAI's voice names. */
  readonly voices: Readonly<Record<string, string>>;
  /** Whether the speech that this API sends is marked as machine-made. */
  readonly marks: boolean;
  readonly tracer: Tracer;
  readonly calls: CallCount;
  /** Unix time in milliseconds. */
  readonly unixNow: () => number;
}

/** The dependencies of this API's endpoints: most of the API's options, and the stores that it keeps itself. */
export interface OpenAiTools
  extends Pick<
    OpenAiOptions,
    | "ports"
    | "ears"
    | "access"
    | "profiles"
    | "turn"
    | "instructions"
    | "voices"
    | "marks"
    | "tracer"
    | "calls"
    | "unixNow"
  > {
  readonly models: Models;
  readonly join: Sessions["join"];
  readonly spokenAnswers: SpokenAnswers;
  readonly idempotency: IdempotencyKeys;
}
