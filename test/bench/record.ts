/** Sound that arrived at a client, in order. */
export interface Sound {
  /** Milliseconds since the cell began. */
  readonly atMs: number;
  /** Index into the turn's `segments`. */
  readonly segment: number;
  readonly seconds: number;
  /** Seconds of it before the first sample that can be heard; all of it if none can. */
  readonly silentSeconds: number;
}

/** How a turn ended. `unfinished`: it had not when the cell did. `cancelled`: the client left, as it was told to. */
export type TurnEnd = "finished" | "refused" | "failed" | "unfinished" | "cancelled";

/**
 * What one client saw of one turn: what every runner delivers, and all that the analyser sees. Moments are milliseconds
 * since the cell began.
 */
export interface TurnRecord {
  readonly user: number;
  /** Counts the user's turns from 0. */
  readonly nth: number;
  /** The reply's id in the file. */
  readonly reply: string;
  /** When it was meant to begin. What it waited before it did is part of every latency. */
  readonly intendedAtMs: number;
  readonly startedAtMs: number;
  /** When each piece of text arrived. */
  readonly textsAtMs: readonly number[];
  /** What each piece of speech says, as far as the side tells; one without words if it does not. */
  readonly segments: readonly { readonly text: string; readonly writtenEnd?: number }[];
  readonly sounds: readonly Sound[];
  readonly end: TurnEnd;
  readonly endedAtMs: number;
  /** Why it was refused or failed. */
  readonly reason: string | undefined;
}

/** What a process used up during a cell. */
export interface ProcessUse {
  /** `client`, `vllm`, `fish`, or the side's own names. */
  readonly name: string;
  readonly role: "client" | "engine" | "side";
  readonly cpuMs: number;
  readonly gcMs: number;
  readonly gcCount: number;
  /** How late its event loop was: the 99th percentile, and the most. */
  readonly loopDelayP99Ms: number;
  readonly loopDelayMaxMs: number;
  readonly residentBytes: number;
}

/** What the machine did during a cell. */
export interface MachineUse {
  readonly cores: number;
  /** CPU time of all, of which the bench's own processes are a part, as shares of all cores, 0 to 1. */
  readonly busy: number;
  readonly ours: number;
  /** Taken by the hypervisor for others. */
  readonly stolen: number;
}

/** What an engine saw of one piece of work. Moments are milliseconds since the cell began. */
export interface EngineWork {
  readonly kind: "write" | "speak";
  /** What was asked: the question, or the words. */
  readonly text: string;
  readonly receivedAtMs: number;
  /** When a worker took it up. */
  readonly startedAtMs: number;
  /** When each piece of its answer was handed to the system: tokens of text, or parts of speech. */
  readonly writtenAtMs: readonly number[];
  readonly endedAtMs: number;
  /** The caller left before the end. */
  readonly left: boolean;
}

/** What a runner gives back for a cell. In virtual time there is neither process nor machine. */
export interface CellRun {
  /** On real processes, or in virtual time. */
  readonly time: "real" | "virtual";
  /** How long the cell took. */
  readonly elapsedMs: number;
  readonly turns: readonly TurnRecord[];
  readonly processes: readonly ProcessUse[];
  readonly machine: MachineUse | undefined;
  readonly engineWork: readonly EngineWork[];
  /** What the scenario's probe measured besides, by name, in the unit that the name ends with. */
  readonly probes: Readonly<Record<string, number>>;
}
