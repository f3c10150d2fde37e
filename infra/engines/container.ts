import type { SecretArgument } from "./shell.ts";

/** A variable with a secret value: its name in the container, and that of the variable with the original value. */
export interface SecretVariable {
  readonly variable: string;
  readonly from: string;
  /** Whether the container also starts if the secret does not exist. */
  readonly optional: boolean;
}

/** A file or folder of the host that is mounted into a container. */
export interface MountedFile {
  /** The setting that names the file or folder. */
  readonly setting: string;
  readonly is: "file" | "folder";
  /** Whether this is a folder that the process writes to. */
  readonly isWritten: boolean;
  /** The absolute path on the host. */
  readonly host: string;
  readonly container: string;
}

/** Memory of a container, in bytes. */
export interface Memory {
  /** The memory that the container normally uses: a cluster runs it where this much memory is free. */
  readonly asked: number;
  /** The most memory that the container may use: it is killed if it uses more. */
  readonly most: number;
}

/** A container, independent of what runs it. */
export interface Container {
  readonly name: string;
  readonly image: string;
  /** The command to run instead of the image's entry point; if absent, the entry point runs. */
  readonly command?: readonly string[];
  /** Arguments for the command, or for the entry point. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: readonly SecretVariable[];
  readonly secretArgs: readonly SecretArgument[];
  /** The port on which the container serves. */
  readonly port: number;
  /** Files of the host that the container reads. */
  readonly files?: readonly MountedFile[];
  /** How long the container may take to start, in seconds. */
  readonly startSeconds: number;
  /** How long the container may take to stop, in seconds. */
  readonly stopSeconds: number;
}

/** One server of an engine, or a stand-in for it. */
export interface EngineServer extends Container {
  /** The indexes of the server's GPUs; empty if the server uses none. */
  readonly gpus: readonly number[];
}

/** Persistent storage for what an engine's servers download or are given. */
export interface Storage {
  /** The volume's name. */
  readonly name: string;
  /** The required size of the storage, in Kubernetes notation. */
  readonly size: string;
  readonly mounts: readonly {
    /** The path inside the container where the storage is mounted. */
    readonly path: string;
    /** The subfolder of the volume that is mounted; absent: the whole volume is mounted. */
    readonly folder?: string;
    /** On a single host, the folder to use instead of the volume; absent: a volume is used there too. */
    readonly hostFolder?: string;
    /**
     * Whether the image contains the data: on a single host the volume is filled from the image, and in a cluster no
     * volume is needed.
     */
    readonly inImage?: true;
  }[];
  /** The id of the group that must be able to write to the volume; absent if the image's user owns it anyway. */
  readonly group?: number;
}

/** What all servers of an engine have in common in a deployment. */
export interface EngineDeployment {
  /**
   * The path that answers 200 once a server accepts work. Absent for engines whose servers may be too busy to answer,
   * or require a key: these count as ready once they accept connections.
   */
  readonly healthPath?: string;
  /**
   * `each`: every server has its own host name, `name-0` and so on, for engines that are sent one text at a time.
   * `together`: one host name for all.
   */
  readonly addressed: "each" | "together";
  /** Whether the GPUs of a server communicate through shared memory. */
  readonly sharedMemory: boolean;
}
