import type { Clock } from "../clock/clock.ts";

/** The part of ioredis's client that is used here, on a connection that receives published messages. */
interface ListeningClient {
  readonly status: string;
  on(event: "messageBuffer", heard: (channel: Buffer, message: Buffer) => void): unknown;
  on(event: "ready", ready: () => void): unknown;
  subscribe(...channels: string[]): Promise<unknown>;
  unsubscribe(...channels: string[]): Promise<unknown>;
  ping(): Promise<unknown>;
}

/** The channels to which one connection to Redis is subscribed. */
export interface Channels {
  /**
   * Calls `heard` for each message on a channel. Once the subscription is active, resolves with a function that
   * unsubscribes; rejects with the client's error. If `patient`, never rejects: without a connection it resolves too,
   * and messages are received once there is a connection.
   */
  listen(channel: string, heard: (message: Buffer) => void, patient: boolean): Promise<() => void>;
  /** Stops the pings that test whether the server is still there. */
  close(): void;
}

// How often to send a ping. A connection that only listens sends nothing else, and without pings it would not notice
// for minutes that the server has vanished.
const heartbeatMs = 5_000;

/**
 * Shares one connection among many listeners. The channels are tracked here, and subscribed to again after a
 * reconnection: ioredis could do that itself, but an error during its resubscription would end the process.
 */
export function createChannels(client: ListeningClient, clock: Clock): Channels {
  const listeners = new Map<string, Set<{ heard: (message: Buffer) => void }>>();
  client.on("messageBuffer", (channel, message) => {
    for (const { heard } of [...(listeners.get(channel.toString()) ?? [])]) heard(message);
  });
  client.on("ready", () => {
    // If subscribing fails, the connection is broken too; once there is a new connection, this code runs again.
    if (listeners.size > 0) client.subscribe(...listeners.keys()).catch(() => {});
  });

  let cancelBeat = clock.after(heartbeatMs, beat);
  function beat() {
    // If the ping is not answered, the client itself closes the connection: nothing needs to be done here.
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
