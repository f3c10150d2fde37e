import type { EngineServer, Storage } from "../engines/container.ts";
import type { AnyEngine } from "../engines/record.ts";

/** An engine that the deployment runs, or what stands in for it. */
export interface EngineParts {
  readonly engine: AnyEngine;
  readonly servers: readonly EngineServer[];
  readonly storage: Storage | undefined;
  /** A stand-in comes out of Duet's own image. */
  readonly standIn: boolean;
}
