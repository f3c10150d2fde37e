import type { EngineServer, Storage } from "../engines/container.ts";
import type { AnyEngine } from "../engines/record.ts";

/** An engine that the deployment runs, or its stand-in. */
export interface EngineParts {
  readonly engine: AnyEngine;
  readonly servers: readonly EngineServer[];
  readonly storage: Storage | undefined;
  /** Whether this is a stand-in for the engine; stand-ins run from Duet's own image. */
  readonly standIn: boolean;
}
