import type { SecretArgument } from "./shell.ts";

/** A variable whose value is a secret: what it is called in the container, and in the environment of the deployment. */
export interface SecretVariable {
  readonly variable: string;
  readonly from: string;
  /** It may be missing. */
  readonly optional: boolean;
}

/** A file or a folder of the host in a container. */
export interface MountedFile {
  /** The setting that names it. */
  readonly setting: string;
  readonly is: "file" | "folder";
  /** It is a folder that the process writes to. */
  readonly isWritten: boolean;
  /** Absolute. */
  readonly host: string;
  readonly container: string;
}

/** Memory of a container, in bytes. */
export interface Memory {
  /** What it takes in ordinary work: a cluster places it by this. */
  readonly asked: number;
  /** It is ended if it takes more. */
  readonly most: number;
}

/** A container, whatever runs it. */
export interface Container {
  readonly name: string;
  readonly image: string;
  /** What is run instead of what the image would run; absent: the image decides. */
  readonly command?: readonly string[];
  /** Arguments for it. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: readonly SecretVariable[];
  readonly secretArgs: readonly SecretArgument[];
  /** The port that others reach it at. */
  readonly port: number;
  /** Files of the host that it reads: where they are, and where it finds them. */
  readonly files?: readonly MountedFile[];
  /** How long it may take to start, seconds. */
  readonly startSeconds: number;
  /** How long it may take to end, seconds. */
  readonly stopSeconds: number;
}

/** One server of an engine, or a stand-in for it. */
export interface EngineServer extends Container {
  /** The cards, counted from 0; none for what computes without. */
  readonly gpus: readonly number[];
}

/** Where an engine's servers keep what they fetch or are given. */
export interface Storage {
  /** The volume's name. */
  readonly name: string;
  /** How large it has to be, as Kubernetes writes it. */
  readonly size: string;
  readonly mounts: readonly {
    /** Where the container expects it. */
    readonly path: string;
    /** The folder of the volume; absent: all of it. */
    readonly folder?: string;
    /** The folder of the host that takes the volume's place where there is one host; absent: a volume there too. */
    readonly hostFolder?: string;
    /** The image has what belongs there: a volume of one host is filled from it, and a cluster needs none. */
    readonly inImage?: true;
  }[];
  /** The group that must be able to write; absent: the image's user owns it anyway. */
  readonly group?: number;
}

/** How the servers of an engine are run, whatever the number of them. */
export interface EngineDeployment {
  /** The path that answers 200 once a server takes work; absent: that it listens has to do, since it may be busy or ask for a key. */
  readonly healthPath?: string;
  /** Each server has an address of its own, `name-0` and so on: for engines that are sent one text at a time. Else one address has all. */
  readonly addressed: "each" | "together";
  /** Its cards talk through shared memory. */
  readonly sharedMemory: boolean;
}
