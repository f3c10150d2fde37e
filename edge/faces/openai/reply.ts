import type { Call } from "../../call.ts";

/** What an endpoint answers: JSON, or bytes of a type, which come as they are made. */
export type Reply =
  | { readonly json: object }
  | {
      readonly contentType: string;
      readonly stream: AsyncIterable<Uint8Array>;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** A request that was let in, and read. */
export interface Asked {
  readonly call: Call;
  /** The body: JSON, or the fields of a form; undefined for GET. */
  readonly body: unknown;
  /** What stands in the path for a name. */
  readonly name: string;
  /** Whether its caller runs the deployment, and is told all. */
  readonly inFull: boolean;
  /** An engine begins to work for it. */
  spend(): void;
}
