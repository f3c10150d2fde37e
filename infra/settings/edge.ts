import { answers, jobs, marking, stored } from "./kept/kept.ts";
import { address, choice, file, flag, hosts, httpUrl, name, networks, origins, secret, text, whole } from "./kinds.ts";
import { pairs } from "./pairs.ts";
import { optional, setting } from "./setting.ts";

/** The settings of the edge: `edge` in duet.yaml. */
export const edge = {
  listen: setting(
    address,
    { host: "127.0.0.1", port: 8080 },
    "The address on which the edge serves its page, Connect, gRPC, gRPC-Web and JSON.",
  ),
  adminListen: optional(
    address,
    "The address at which the edge serves /metrics, /readyz and the full GetStatus over HTTP, to anyone who can reach it. Unset: none. Programs on this machine find them at DUET_EDGE_LISTEN too.",
  ),
  publicUrl: optional(
    httpUrl,
    "Where callers find the edge if that is not DUET_EDGE_LISTEN: the address of your proxy, with the path below which it serves Duet (https://example.com/duet). Requests that name its host are accepted, and so are web pages of its origin.",
  ),
  allowedHosts: setting(
    hosts,
    [],
    "Further hosts by which callers reach the edge, besides this machine's own and that of DUET_EDGE_PUBLIC_URL, comma-separated. Requests with another Host header are refused: otherwise a foreign web page could reach the edge by pointing its own domain name here (DNS rebinding).",
  ),
  generateUrl: setting(httpUrl, "http://127.0.0.1:50051", "Where the edge finds Generate."),
  synthesizeUrl: setting(httpUrl, "http://127.0.0.1:50052", "Where the edge finds Synthesize."),
  access: setting(
    choice(["open", "keys", "jwt"]),
    "open",
    "The credentials that a call must carry: none (open), an API key from DUET_EDGE_KEYS_FILE (keys), or a token that is verified with DUET_EDGE_JWT_JWKS_URL or DUET_EDGE_JWT_SECRET (jwt; API keys are accepted too if DUET_EDGE_KEYS_FILE is set).",
  ),
  openToAll: setting(
    flag,
    false,
    "1: open access is permitted even if other machines can reach DUET_EDGE_LISTEN. 0: an edge with open access that other machines can reach refuses to start.",
  ),
  keys: {
    file: optional(file, "The file of API keys and tenants (docs/access.md). It is read again when it has changed."),
  },
  jwt: {
    jwksUrl: optional(httpUrl, "The URL of the public keys (JWKS) that tokens are verified with."),
    secret: optional(
      secret(/^[!-~]{32,512}$/, "must be 32 to 512 visible ASCII characters: openssl rand -hex 32 makes one"),
      "The secret that tokens are signed with (HS256), shared with your own server.",
    ),
    issuer: optional(name, "The iss that a token must have. Unset: any."),
    audience: setting(name, "duet", "The audience that a token's aud must contain."),
    tenantClaim: setting(name, "tenant", "The claim of a token that names its tenant."),
  },
  limits: {
    requestsPerMinute: optional(whole(1, 10_000_000), "The most calls per minute for each tenant. Unset: no limit."),
    turnsAtOnce: optional(
      whole(1, 100_000),
      "The most concurrent turns of each tenant, across all edges that share DUET_REDIS_URL. Unset: any number.",
    ),
    audioSecondsPerDay: optional(
      whole(1, 10_000_000),
      "The most seconds of audio for each tenant per day (UTC); a running turn is never cut. Unset: no limit.",
    ),
  },
  corsOrigins: setting(
    origins,
    [],
    "Web origins besides the edge's own that may call it, such as https://shop.example, comma-separated; * for any. A page of another origin is refused. Empty: none.",
  ),
  instructions: setting(
    text,
    "You are a voice assistant. Answer in the language of the question, briefly, in plain spoken sentences. Begin with a short sentence.",
    "The system prompt of turns whose request has none. It should ask for a short first sentence, which is heard sooner.",
  ),
  maxTurns: setting(
    whole(1, 100_000),
    400,
    "The most concurrent turns of an edge; more are refused. 400: as many as one CPU core relays at 25 tokens a second each.",
  ),
  maxTurnsPerPeer: optional(
    whole(1, 100_000),
    "The most concurrent turns of one client address; more are refused. An IPv6 address counts as its /64, and this machine's own addresses are exempt. Unset: a quarter of DUET_EDGE_MAX_TURNS, so that no client can take all turns.",
  ),
  maxConnections: setting(
    whole(1, 1_000_000),
    4_096,
    "The most open connections of an edge; more are closed at once. 4096: ten for each of 400 turns, and far fewer than the file descriptors that a service may open (524288 under systemd).",
  ),
  maxConnectionsPerPeer: optional(
    whole(1, 1_000_000),
    "The most open connections of one client address; further ones are closed at once. Addresses count as for DUET_EDGE_MAX_TURNS_PER_PEER; this machine and the proxies in DUET_EDGE_TRUSTED_PROXIES are exempt. Unset: a quarter of DUET_EDGE_MAX_CONNECTIONS.",
  ),
  maxFailedTriesPerPeer: setting(
    whole(1, 1_000_000),
    60,
    "How many wrong API keys and tokens one client address may send in a minute; after that its keys and tokens are refused unchecked until the minute is over. Addresses count as for DUET_EDGE_MAX_TURNS_PER_PEER, and each edge counts separately.",
  ),
  trustedProxies: setting(
    networks,
    [],
    "Addresses and networks (10.0.0.0/8) of your own proxies, comma-separated. For a call that they pass on, the client address is the last entry of X-Forwarded-For that is not one of theirs.",
  ),
  heartbeatIntervalMs: setting(
    whole(1_000, 60_000),
    12_000,
    "A turn sends a heartbeat when it has sent nothing for this long. 12 s: proxies close connections that are silent for 60 s, some after 15 s.",
  ),
  readerTimeoutMs: setting(
    whole(1_000, 600_000),
    12_000,
    "A turn is ended if its client reads nothing for this long while the turn's buffer is full and speech is still to be made. 12 s: as long as the buffered audio plays.",
  ),
  session: {
    ttlMs: setting(
      whole(60_000, 31_536_000_000),
      604_800_000,
      "How long a session is kept after its last turn. 7 days: longer than a person remembers what it was about.",
    ),
    maxMessages: setting(
      whole(10, 10_000),
      2_000,
      "The most messages of a session; the oldest are dropped. 2000: more than a model's context holds.",
    ),
    maxBytes: setting(
      whole(10_000, 900_000),
      900_000,
      "The most bytes that a session's messages may have together; the oldest are dropped. 900000: enough for a context of 128 K tokens in any script, and as much as Generate accepts.",
    ),
  },
  stored,
  marking,
  jobs,
  answers,
  resume: {
    maxTurnBytes: setting(
      whole(100_000, 2 ** 30),
      32 * 2 ** 20,
      "The most bytes stored of a turn that may be resumed (resume_window_ms); beyond it the turn goes on, but cannot be resumed. 32 MiB: six minutes at 44.1 kHz.",
    ),
    patienceMs: setting(
      whole(10, 10_000),
      100,
      "How long an event of a turn that may be resumed can wait to be stored; after that the turn goes on, but cannot be resumed. 100 ms: too short to be heard.",
    ),
  },
  openai: {
    voices: setting(
      pairs,
      {},
      "Which of your voices stands for which voice name in requests to /v1/audio/speech, comma-separated: alloy=emma. OpenAI's other names stand for the default voice.",
    ),
  },
  scripted: setting(
    flag,
    false,
    "1: a scripted stand-in for a model gives the answers; the page says so and offers the questions that it can answer.",
  ),
};
