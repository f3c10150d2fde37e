import type { Clock } from "../clock/clock.ts";

/** The part of the client's interface that is used on a connection that receives messages. */
interface ListeningClient {
  readonly status: string;
  on(event: "messageBuffer", heard: (channel: Buffer, message: Buffer) => void): unknown;
  on(event: "ready", ready: () => void): unknown;
  subscribe(...channels: string[]): Promise<unknown>;
  unsubscribe(...channels: string[]): Promise<unknown>;
  ping(): Promise<unknown>;
}

/** The channels to which one connection is subscribed. */
export interface Channels {
  /**
   * Subscribes. Resolves once everything that is published from now on will be received; the returned function
   * unsubscribes. Rejects with the client's error. With `patient` it never rejects: if there is no connection, messages
   * are received once there is one.
   */
  listen(channel: string, heard: (message: Buffer) => void, patient: boolean): Promise<() => void>;
  /** Stops the heartbeat. */
  close(): void;
}

// A connection that only listens sends nothing, and so would not notice for minutes that the server has vanished: it is
// pinged this often.
const heartbeatMs = 5_000;

/**
 * Shares one connection among many listeners. Its channels are tracked here, and subscribed to again after a
 * reconnection: ioredis itself could resubscribe too, but an error while it does so would end the process.
 */
export function createChannels(client: ListeningClient, clock: Clock): Channels {
  const listeners = new Map<string, Set<{ heard: (message: Buffer) => void }>>();
  client.on("messageBuffer", (channel, message) => {
    for (const { heard } of [...(listeners.get(channel.toString()) ?? [])]) heard(message);
  });
  client.on("ready", () => {
    // If subscribing fails, the connection is broken too: the next connection runs this code again.
    if (listeners.size > 0) client.subscribe(...listeners.keys()).catch(() => {});
  });

  let cancelBeat = clock.after(heartbeatMs, beat);
  function beat() {
    // If there is no answer, the client itself closes the connection; nothing needs to be done here.
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
