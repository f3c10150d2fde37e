import type { SecretArgument } from "./shell.ts";

/** A variable with a secret value: its name in the container, and in the environment of the deployment. */
export interface SecretVariable {
  readonly variable: string;
  readonly from: string;
  /** Whether it may be missing. */
  readonly optional: boolean;
}

/** A file or folder of the host that is mounted into a container. */
export interface MountedFile {
  /** The setting that names it. */
  readonly setting: string;
  readonly is: "file" | "folder";
  /** Whether it is a folder that the process writes to. */
  readonly isWritten: boolean;
  /** The absolute path on the host. */
  readonly host: string;
  readonly container: string;
}

/** Memory of a container, in bytes. */
export interface Memory {
  /** What it normally uses: a cluster schedules it by this value. */
  readonly asked: number;
  /** The limit: the container is killed if it uses more. */
  readonly most: number;
}

/** A container, independent of what runs it. */
export interface Container {
  readonly name: string;
  readonly image: string;
  /** What to run instead of the image's entry point; absent: the entry point. */
  readonly command?: readonly string[];
  /** Arguments for the command, or for the entry point. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: readonly SecretVariable[];
  readonly secretArgs: readonly SecretArgument[];
  /** The port that it serves. */
  readonly port: number;
  /** Files of the host that it reads. */
  readonly files?: readonly MountedFile[];
  /** How long it may take to start, in seconds. */
  readonly startSeconds: number;
  /** How long it may take to stop, in seconds. */
  readonly stopSeconds: number;
}

/** One server of an engine, or a stand-in for it. */
export interface EngineServer extends Container {
  /** The indexes of its GPUs; empty if it uses none. */
  readonly gpus: readonly number[];
}

/** Persistent storage for what an engine's servers download or are given. */
export interface Storage {
  /** The volume's name. */
  readonly name: string;
  /** Its required size, in Kubernetes notation. */
  readonly size: string;
  readonly mounts: readonly {
    /** The path where the container expects it. */
    readonly path: string;
    /** The subfolder of the volume; absent: the whole volume. */
    readonly folder?: string;
    /** On a single host, the folder to use instead of the volume; absent: a volume is used there too. */
    readonly hostFolder?: string;
    /**
     * Whether the image contains the data: on a single host the volume is filled from it, and a cluster needs no
     * volume.
     */
    readonly inImage?: true;
  }[];
  /** The group that must be able to write; absent: the image's user owns the volume anyway. */
  readonly group?: number;
}

/** How an engine's servers are run, whatever their number. */
export interface EngineDeployment {
  /**
   * The path that answers 200 once a server accepts work; absent: it counts as ready once it listens, since it may be
   * busy or require a key.
   */
  readonly healthPath?: string;
  /**
   * `each`: every server has its own host name, `name-0` and so on, for engines that are sent one text at a time.
   * `together`: one host name for all.
   */
  readonly addressed: "each" | "together";
  /** Whether its GPUs communicate through shared memory. */
  readonly sharedMemory: boolean;
}
