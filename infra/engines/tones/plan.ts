import type { Tones } from "../../gen/duet/config/v1/tones_pb.ts";
import type { Fields } from "../field.ts";

/** The fields below `engine.tones`. */
export const tonesFields: Fields = {
  hertz: { fallback: 440, range: [20, 4000], reason: "The pitch that orchestras tune to; higher ones hurt." },
  host: { fallback: "127.0.0.1", reason: "Only Synthesize need reach it." },
  port: { fallback: 8190, range: [1, 65_535], reason: "None of the others' ports." },
  image: { fallback: "duet:latest", reason: "The program lies in Duet's own tree." },
};

/** A server of tones with nothing left open. */
export interface TonesPlan {
  readonly hertz: number;
  readonly listen: { readonly host: string; readonly port: number };
  readonly image: string;
}

function fallback<T>(name: string): T {
  return tonesFields[name]?.fallback as T;
}

/** Makes the config of the tones whole. */
export function completeTones({ hertz, host, port, image }: Tones): TonesPlan {
  return {
    hertz: hertz ?? fallback<number>("hertz"),
    listen: { host: host ?? fallback<string>("host"), port: port ?? fallback<number>("port") },
    image: image ?? fallback<string>("image"),
  };
}
