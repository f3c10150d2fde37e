import { createServer } from "node:http";
import { pipeline, Readable } from "node:stream";
import { type Address, formatAddress, listen } from "../../../../infra/net/address.ts";

/** A server of tones. */
export interface ToneServer {
  /** Where it listens, such as `http://127.0.0.1:8190`. */
  readonly url: string;
  /** Ends it, and what it is sending. */
  close(): Promise<void>;
}

const mostSeconds = 600;
const pieceSeconds = 0.1;
const loudness = 8000;

/**
 * Starts a server of tones of one pitch. `GET /tone?seconds=S&rate=R` answers with PCM s16le, mono, R samples a second;
 * `GET /health` with the pitch.
 */
export async function startToneServer(address: Address, hertz: number): Promise<ToneServer> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://tones");
    const [seconds, rate] = [Number(searchParams.get("seconds")), Number(searchParams.get("rate"))];
    if (pathname === "/health") response.end(JSON.stringify({ hertz }));
    else if (pathname !== "/tone") response.writeHead(404).end();
    else if (!(seconds > 0 && seconds <= mostSeconds && rate >= 8000 && rate <= 96_000)) response.writeHead(400).end();
    // One who leaves in the middle has heard enough.
    else pipeline(Readable.from(tone(hertz, seconds, rate)), response, () => {});
  });
  const bound = await listen(server, address, "--port");
  return {
    url: `http://${formatAddress(bound)}`,
    close() {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      server.closeAllConnections();
      return promise;
    },
  };
}

function* tone(hertz: number, seconds: number, rate: number): Generator<Buffer> {
  const count = Math.round(seconds * rate);
  const inPiece = Math.round(pieceSeconds * rate);
  for (let from = 0; from < count; from += inPiece) {
    const piece = Buffer.alloc(2 * Math.min(inPiece, count - from));
    for (let i = 0; 2 * i < piece.length; i++)
      piece.writeInt16LE(Math.round(loudness * Math.sin((2 * Math.PI * hertz * (from + i)) / rate)), 2 * i);
    yield piece;
  }
}
