import { gzipSync } from "node:zlib";
import { create, type DescMessage, toBinary, toJson } from "@bufbuild/protobuf";
import {
  AssistantService,
  ConverseRequestSchema,
  GetSessionRequestSchema,
  InterruptRequestSchema,
  ListSessionsRequestSchema,
  SpeakRequestSchema,
} from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import type { Random } from "../../infra/random/random.ts";

/** A request of HTTP as it is sent, over HTTP/1.1 or HTTP/2. */
export interface DrawnRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Draws whatever is asked of it. */
export function createDraw(random: Random) {
  const below = (most: number) => Math.floor(random() * most);
  const one = <T>(of: readonly T[]): T => of[below(of.length)] as T;
  const bytes = (most: number) => Buffer.from(Array.from({ length: below(most) }, () => below(256)));

  /** The same bytes with some of them changed, left out, doubled or cut off. */
  const mutate = (given: Buffer): Buffer => {
    let changed = Buffer.from(given);
    for (let times = below(4); times > 0; times--) {
      const at = below(changed.length + 1);
      changed = one([
        () => Buffer.concat([changed.subarray(0, at), bytes(8), changed.subarray(at)]),
        () => Buffer.concat([changed.subarray(0, at), changed.subarray(at + below(16))]),
        () => changed.subarray(0, at),
        () => Buffer.concat([changed, changed.subarray(at)]),
        () => {
          const copy = Buffer.from(changed);
          if (at < copy.length) copy[at] = below(256);
          return copy;
        },
      ])();
    }
    return changed;
  };

  const values: readonly (() => unknown)[] = [
    () => null,
    () => below(2) === 1,
    () => one([0, -1, 1.5, 1e300, 2 ** 53, -0]),
    () => one(["", "a", "user", "ROLE_USER", "\u0000", "\ud800", "NaN", "x".repeat(10_000), "😀"]),
    () => [],
    () => ({}),
    () => [[[{}]]],
    () => ({ "": 1, __proto__: 2, constructor: 3 }),
    () => Array.from({ length: 300 }, () => ({})),
  ];
  /** JSON with some of its parts replaced by what does not belong there. */
  const spoil = (json: unknown): unknown => {
    if (random() < 0.15) return one(values)();
    if (Array.isArray(json)) return json.map(spoil);
    if (typeof json !== "object" || json === null) return json;
    const entries = Object.entries(json).map(([key, value]) => [
      random() < 0.05 ? one(["x", "", "__proto__", "text"]) : key,
      spoil(value),
    ]);
    return Object.fromEntries(entries);
  };

  return { below, one, bytes, mutate, spoil };
}

/** What draws. */
export type Draw = ReturnType<typeof createDraw>;

const calls: readonly (readonly [rpc: string, schema: DescMessage, request: object])[] = [
  [
    "Converse",
    ConverseRequestSchema,
    {
      text: "[[tokens:1]]",
      history: [
        { role: 1, content: "a" },
        { role: 2, content: "b" },
      ],
      generation: { maxTokens: 8, temperature: 1, topP: 1, thinking: 1 },
      language: "en",
    },
  ],
  ["Speak", SpeakRequestSchema, { text: "a", voice: "" }],
  ["Interrupt", InterruptRequestSchema, { turnId: "a", played: { segment: 1, offset: 2 } }],
  ["GetSession", GetSessionRequestSchema, { sessionId: "a" }],
  ["ListSessions", ListSessionsRequestSchema, { userId: "a", pageSize: 3 }],
];
const types = ["", "connect+", "grpc-web+", "grpc-web-text+", "grpc+"];

/** Draws a call of the edge in any protocol: as it should be, or spoilt in its message, its frames or its headers. */
export function drawCall(draw: Draw, overHttp2: boolean): DrawnRequest {
  const { one, below, mutate, spoil, bytes } = draw;
  const [rpc, schema, init] = one(calls);
  const family = one(overHttp2 ? types : types.slice(0, 4));
  const format = one(["json", "proto"]);
  const message = create(schema, init as never);
  const whole =
    format === "json"
      ? Buffer.from(JSON.stringify(spoil(toJson(schema, message))))
      : Buffer.from(toBinary(schema, message));
  const spoilt = below(3) === 0 ? mutate(whole) : below(30) === 0 ? bytes(200) : whole;
  const packed = below(10) === 0;
  const data = packed ? gzipSync(spoilt) : spoilt;
  const framed = family === "" ? data : frame(packed ? 1 : 0, data);
  const sent = below(4) === 0 ? mutate(framed) : framed;
  const encoding =
    family === "" ? "content-encoding" : family === "connect+" ? "connect-content-encoding" : "grpc-encoding";
  return {
    method: below(40) === 0 ? one(["GET", "PUT", "OPTIONS", "HEAD", "DELETE"]) : "POST",
    path: `/${AssistantService.typeName}/${below(30) === 0 ? one(["", "x", "%00", "Converse/x"]) : rpc}`,
    headers: {
      "content-type":
        below(30) === 0
          ? one(["text/plain", "application/grpc-web-x", "application/json; charset=utf-7", ";"])
          : `application/${family}${format}`,
      ...((packed || below(40) === 0) && {
        [encoding]: below(20) === 0 ? one(["br", "lzma", "identity", ","]) : "gzip",
      }),
      ...(below(20) === 0 && { "connect-timeout-ms": one(["1", "0", "soon", "-1", "99999999999"]) }),
      ...(below(20) === 0 && { "grpc-timeout": one(["1m", "0S", "soon", "999999999H"]) }),
      ...(below(30) === 0 && { origin: one(["null", "https://evil.example", "x"]) }),
      ...(below(30) === 0 && { traceparent: one(["00-0-0-0", "x".repeat(500)]) }),
      ...(below(30) === 0 && { "duet-tenant": "another" }),
      ...(below(30) === 0 && { authorization: one(["Bearer", "Basic eDp5", `Bearer ${"x".repeat(2000)}`]) }),
    },
    body: family === "grpc-web-text+" && below(4) > 0 ? Buffer.from(sent.toString("base64")) : sent,
  };
}

/** A message in the frame that streams and gRPC put around it. */
export function frame(flags: number, data: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(flags);
  head.writeUInt32BE(data.length, 1);
  return Buffer.concat([head, data]);
}

/** Draws a call of a service over gRPC: its frames and their messages are of any bytes. */
export function drawGrpc(draw: Draw, paths: readonly string[]): DrawnRequest {
  const { one, below, mutate, bytes } = draw;
  const strings = Array.from({ length: below(4) }, () => Buffer.from([(1 + below(15)) * 8 + 2, 1, 97]));
  const message = below(3) === 0 ? bytes(64) : Buffer.concat(strings);
  const framed = frame(below(20) === 0 ? below(256) : 0, message);
  return {
    method: below(60) === 0 ? "GET" : "POST",
    path: below(20) === 0 ? one(["/", "/x/y", `${paths[0]}x`]) : one(paths),
    headers: {
      "content-type": below(30) === 0 ? one(["application/json", "text/plain"]) : "application/grpc",
      te: "trailers",
      ...(below(20) === 0 && { "grpc-timeout": one(["1m", "soon", "0n"]) }),
      ...(below(20) === 0 && { "grpc-encoding": one(["gzip", "lzma"]) }),
    },
    body: below(3) === 0 ? mutate(framed) : framed,
  };
}

/** Draws what is hardly HTTP: the bytes of a connection. */
export function drawRaw(draw: Draw): Buffer {
  const { one, below, mutate, bytes } = draw;
  const sound = one([
    "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n",
    "GET /metrics HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n",
    'POST /duet.assistant.v1.AssistantService/Speak HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 12\r\n\r\n{"text":"a"}',
    "POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0",
    "OPTIONS * HTTP/1.0\r\n\r\n",
  ]);
  return below(6) === 0 ? bytes(300) : mutate(Buffer.from(sound, "latin1"));
}
