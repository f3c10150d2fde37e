import type { Question } from "../../support/processes.ts";
import { type Observed, startObserved } from "../processes/use.ts";
import type { TurnRecord } from "../record.ts";
import type { Cell } from "../scenarios/scenario.ts";

/** Has a client put a cell's load on a side. */
export interface CellQuestion extends Question {
  readonly type: "cell";
  readonly cell: Cell;
  readonly url: string;
  readonly repliesFile: string;
  /** Whether Duet may compress what it sends. */
  readonly gzip: boolean;
}

/** What its users saw. */
export interface CellAnswer extends Question {
  readonly type: "cell";
  /** When the cell began, on the machine's clock. */
  readonly beganAtMs: number;
  readonly turns: readonly TurnRecord[];
}

/** The users of a run: a process of its own, so that no side shares a thread with who measures it. */
export interface Client {
  readonly process: Observed;
  run(job: Pick<CellQuestion, "cell" | "url">): Promise<CellAnswer>;
}

/** Starts the client. */
export async function startClient(options: Pick<CellQuestion, "repliesFile" | "gzip">): Promise<Client> {
  const process = await startObserved("test/bench/client/main.ts", { name: "client", role: "client" });
  return { process, run: (job) => process.ask({ type: "cell", ...options, ...job } as CellQuestion & CellAnswer) };
}
