import type { Clock } from "../clock/clock.ts";

/** What a connection that listens has to be able to do. */
interface ListeningClient {
  readonly status: string;
  on(event: "messageBuffer", heard: (channel: Buffer, message: Buffer) => void): unknown;
  on(event: "ready", ready: () => void): unknown;
  subscribe(...channels: string[]): Promise<unknown>;
  unsubscribe(...channels: string[]): Promise<unknown>;
  ping(): Promise<unknown>;
}

/** The channels that one connection listens to. */
export interface Channels {
  /**
   * Resolves once everything that is published from now on is heard; the returned function stops it. Rejects with what the client threw;
   * `patient` never rejects: it hears what is published once the connection is there.
   */
  listen(channel: string, heard: (message: Buffer) => void, patient: boolean): Promise<() => void>;
  /** Stops the heartbeat. */
  close(): void;
}

// A connection that only listens sends nothing, and so would not notice for minutes that the other side is gone without a word.
const heartbeatMs = 5_000;

/**
 * Shares a connection among many listeners. We know our channels and subscribe again ourselves: ioredis does it too, but without handling a
 * failure of its own, which would end the process.
 */
export function createChannels(client: ListeningClient, clock: Clock): Channels {
  const listeners = new Map<string, Set<{ heard: (message: Buffer) => void }>>();
  client.on("messageBuffer", (channel, message) => {
    for (const { heard } of [...(listeners.get(channel.toString()) ?? [])]) heard(message);
  });
  client.on("ready", () => {
    // If it fails the connection goes with it, and the next one comes by here again.
    if (listeners.size > 0) client.subscribe(...listeners.keys()).catch(() => {});
  });

  let cancelBeat = clock.after(heartbeatMs, beat);
  function beat() {
    // The client cuts a connection that does not answer; there is nothing to be done here.
    if (client.status === "ready") client.ping().catch(() => {});
    cancelBeat = clock.after(heartbeatMs, beat);
  }

  return {
    async listen(channel, heard, patient) {
      const listener = { heard };
      const here = listeners.get(channel) ?? new Set();
      listeners.set(channel, here.add(listener));
      const stop = () => {
        if (!here.delete(listener) || here.size > 0) return;
        listeners.delete(channel);
        client.unsubscribe(channel).catch(() => {});
      };
      try {
        await client.subscribe(channel);
      } catch (error) {
        if (!patient) {
          stop();
          throw error;
        }
      }
      return stop;
    },
    close: () => cancelBeat(),
  };
}
