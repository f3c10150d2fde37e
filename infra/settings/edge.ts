import { address, flag, httpUrl, list, text, whole } from "./kinds.ts";
import { setting } from "./setting.ts";

/** What the edge reads: `edge` in duet.yaml. */
export const edge = {
  listen: setting(
    address,
    { host: "127.0.0.1", port: 8080 },
    "Where the edge listens: page, Connect, gRPC, gRPC-Web and JSON.",
  ),
  generateUrl: setting(httpUrl, "http://127.0.0.1:50051", "Where the edge finds Generate."),
  synthesizeUrl: setting(httpUrl, "http://127.0.0.1:50052", "Where the edge finds Synthesize."),
  corsOrigins: setting(
    list,
    [],
    "Web origins besides the edge's own that may call it, comma-separated; * for any. Empty: none.",
  ),
  instructions: setting(
    text,
    "You are a voice assistant. Answer in the language of the question, briefly, in plain spoken sentences. Begin with a short sentence.",
    "The system prompt of turns that bring none. A short first sentence is heard sooner.",
  ),
  maxTurns: setting(
    whole(1, 100_000),
    400,
    "How many turns the edge carries at once before it refuses. 400: what one core relays at 25 tokens a second.",
  ),
  scripted: setting(flag, false, "1: a scripted stand-in answers; the page says so and offers its questions."),
};
