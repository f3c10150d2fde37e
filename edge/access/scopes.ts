import { keyScopes } from "../../infra/net/api-key.ts";
import type { AssistantService } from "../gen/duet/assistant/v1/assistant_pb.ts";

/** A permission that a key or token can give to its holder. */
export type Scope = (typeof keyScopes)[number];

/** All scopes. */
export const allScopes: ReadonlySet<Scope> = new Set(keyScopes);

/** The name of an RPC of AssistantService, such as `Converse`. */
export type RpcName = Capitalize<keyof typeof AssistantService.method>;

/** What an RPC requires of its caller. */
export interface RpcRule {
  /** A caller needs any one of these scopes; if the list is empty, every authenticated caller may call the RPC. */
  readonly scopes: readonly Scope[];
  /**
   * Whether calls of the RPC count toward the limit on requests. False for RPCs that stop work, report what was heard,
   * or return the status: they must never be refused for too many calls.
   */
  readonly counted: boolean;
}

/** Every RPC, with what it requires of its caller. */
export const rpcRules: Readonly<Record<RpcName, RpcRule>> = {
  Converse: { scopes: ["converse"], counted: true },
  Speak: { scopes: ["speak"], counted: true },
  Resume: { scopes: ["converse", "speak"], counted: true },
  Chat: { scopes: ["converse"], counted: true },
  SubmitChat: { scopes: ["converse"], counted: true },
  GetJob: { scopes: ["converse"], counted: true },
  CancelJob: { scopes: ["converse"], counted: false },
  Transcribe: { scopes: ["converse"], counted: true },
  Interrupt: { scopes: ["converse", "speak"], counted: false },
  ReportPlayback: { scopes: ["converse", "speak"], counted: false },
  ListVoices: { scopes: ["converse", "speak"], counted: true },
  GetSession: { scopes: ["sessions"], counted: true },
  ListSessions: { scopes: ["sessions"], counted: true },
  DeleteSession: { scopes: ["sessions"], counted: true },
  GetStatus: { scopes: [], counted: false },
};

/** Whether somebody with these scopes may call an RPC. */
export function mayCall(rule: RpcRule, granted: ReadonlySet<Scope>): boolean {
  return rule.scopes.length === 0 || rule.scopes.some((scope) => granted.has(scope));
}
