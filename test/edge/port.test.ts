import assert from "node:assert/strict";
import { connect as connectHttp2 } from "node:http2";
import { connect, type Socket } from "node:net";
import { describe, it, type TestContext } from "vitest";
import { openPort, type Port, type PortOptions } from "../../edge/http/port.ts";
import { formatAddress } from "../../infra/net/address.ts";
import { until } from "../support/until.ts";

/** A port that answers with the version and the size of what it was sent; a body `hang` gets a head and no end. */
async function open(t: TestContext, options: Partial<PortOptions> = {}): Promise<Port> {
  const port = await openPort({
    address: { host: "127.0.0.1", port: 0 },
    setting: "DUET_EDGE_LISTEN",
    async onRequest(request, response) {
      const body = Buffer.concat(await Array.fromAsync(request).catch(() => [])).toString();
      response.writeHead(200);
      if (body === "hang") response.write("…");
      else if (body === "drip")
        for (let part = 0; part < 10; part++) {
          response.write("…");
          await new Promise((resolve) => setTimeout(resolve, 50));
          if (part === 9) response.end("drip");
        }
      else response.end(`${request.httpVersion} ${body.length}`);
    },
    ...options,
  });
  t.onTestFinished(() => port.close(0));
  return port;
}

function dial(t: TestContext, port: Port): Socket {
  const socket = connect(port.address.port, port.address.host).on("error", () => {});
  t.onTestFinished(() => void socket.destroy());
  return socket;
}

const closed = (socket: Socket) => until("the connection is cut", () => socket.closed);
const head = (length: number) => `POST / HTTP/1.1\r\nhost: a\r\ncontent-length: ${length}\r\n\r\n`;

function askHttp2(t: TestContext, port: Port, body: string) {
  const session = connectHttp2(`http://${formatAddress(port.address)}`);
  t.onTestFinished(() => void session.destroy());
  const stream = session.request({ ":method": "POST" });
  stream.end(body);
  return { session, stream };
}

describe("a port", () => {
  it("tells the versions of HTTP apart, however the first bytes arrive", async (t) => {
    const port = await open(t);
    const body = "x".repeat(300_000);
    assert.equal(
      await (await fetch(`http://${formatAddress(port.address)}`, { method: "POST", body })).text(),
      "1.1 300000",
    );
    const { session, stream } = askHttp2(t, port, body);
    assert.equal(Buffer.concat(await Array.fromAsync(stream)).toString(), "2.0 300000");
    session.close();

    const socket = dial(t, port);
    let answer = "";
    socket.on("data", (part) => {
      answer += part;
    });
    for (const byte of `${head(2)}ok`) await new Promise((resolve) => socket.write(byte, resolve));
    await until("an answer", () => answer.includes("1.1 2\r\n"));
  });

  it("cuts connections beyond its bounds, of all and of one holder, and takes others once some are closed", async (t) => {
    const refused: string[] = [];
    let holder: string | undefined = "203.0.113.1";
    const port = await open(t, {
      connections: { most: 5, mostPerPeer: 3 },
      readHolder: () => holder,
      onRefused: (which) => refused.push(which),
    });
    const mine = Array.from({ length: 20 }, () => dial(t, port));
    await until("those beyond its share are cut", () => mine.filter(({ closed }) => closed).length === 17);
    holder = "203.0.113.2";
    const others = Array.from({ length: 20 }, () => dial(t, port));
    await until("those beyond all are cut", () => others.filter(({ closed }) => closed).length === 18);
    assert.deepEqual([...new Set(refused)], ["full for this peer", "full"]);
    assert.deepEqual([port.connectionCount, refused.length], [5, 35]);
    for (const socket of mine) socket.destroy();
    await until("places are free", () => port.connectionCount === 2);
    const text = await (await fetch(`http://${formatAddress(port.address)}`, { method: "POST", body: "x" })).text();
    assert.equal(text, "1.1 1");
  });

  it("lets one connection have a bounded number of streams, though its client heeds no bound", async (t) => {
    let begun = 0;
    const port = await open(t, { onRequest: () => void begun++ });
    const socket = dial(t, port);
    const frame = (type: number, flags: number, stream: number, body: number[] = []) => {
      const head = Buffer.alloc(9);
      head.writeUIntBE(body.length, 0, 3);
      head.writeUInt8(type, 3);
      head.writeUInt8(flags, 4);
      head.writeUInt32BE(stream, 5);
      return Buffer.concat([head, Buffer.from(body)]);
    };
    // POST http / of host a, by HPACK's own table; its body never ends.
    const headers = [0x83, 0x86, 0x84, 0x41, 1, 0x61];
    const streams = Array.from({ length: 3_000 }, (_, n) => frame(1, 4, 2 * n + 1, headers));
    let refused = 0;
    let rest: Buffer = Buffer.alloc(0);
    socket.on("data", (part: Buffer) => {
      for (rest = Buffer.concat([rest, part]); rest.length >= 9; ) {
        const end = 9 + rest.readUIntBE(0, 3);
        if (rest.length < end) break;
        const [rstStream, refusedStream] = [3, 7];
        if (rest[3] === rstStream && rest.readUInt32BE(9) === refusedStream) refused++;
        rest = rest.subarray(end);
      }
    });
    socket.write(Buffer.concat([Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), frame(4, 0, 0), ...streams]));
    await until("those beyond are refused, or all are cut", () => refused === 3_000 - 1_024 || socket.closed);
    assert.ok(begun <= 1_024, `${begun} have begun`);
  });

  it("lets a distant client have far more than 64 KiB in flight", async (t) => {
    const { session } = askHttp2(t, await open(t), "");
    const settings = await new Promise<{ initialWindowSize?: number }>((resolve) =>
      session.once("remoteSettings", resolve),
    );
    assert.equal(settings.initialWindowSize, 1 << 20);
  });

  it("names the setting if it is taken", async (t) => {
    const { address } = await open(t);
    await assert.rejects(open(t, { address }), { name: "AddressInUseError", message: /DUET_EDGE_LISTEN/ });
  });

  it("cuts a connection that never speaks", async (t) => {
    const port = await open(t, { firstBytesTimeoutMs: 50 });
    await closed(dial(t, port));
    const slow = dial(t, port);
    slow.write("P");
    await closed(slow);
    assert.equal(port.connectionCount, 0);
  });

  it("cuts a connection on which nothing moves, in either version", async (t) => {
    const port = await open(t, { idleTimeoutMs: 50 });
    const socket = dial(t, port);
    socket.write(head(10));
    await closed(socket);
    const { session, stream } = askHttp2(t, port, "hang");
    stream.on("error", () => {});
    await until("the answer is cut", () => stream.closed);
    await until("the session is closed", () => session.closed);
  });

  it("cuts a request that comes a byte at a time, once its time is over, and says so", async (t) => {
    const port = await open(t, { requestTimeoutMs: 300 });
    for (const sent of [head(1000), "POST / HTTP/1.1\r\nhost: a\r\nx-slow: "]) {
      const socket = dial(t, port);
      let answer = "";
      socket.on("data", (part) => {
        answer += part;
      });
      socket.write(sent);
      const drip = setInterval(() => socket.write("x"), 20);
      await closed(socket).finally(() => clearInterval(drip));
      const [headers = "", body = ""] = answer.split("\r\n\r\n");
      assert.match(headers, /^HTTP\/1\.1 408 Request Timeout\r\n/);
      assert.equal(JSON.parse(body).code, "deadline_exceeded");
    }
  });

  it("answers what is no HTTP, and headers that are too large, in JSON", async (t) => {
    const port = await open(t);
    for (const [sent, status, reason] of [
      ["nonsense\r\n\r\n", "400 Bad Request", "UNREADABLE_REQUEST"],
      [`GET / HTTP/1.1\r\nhost: a\r\nx: ${"y".repeat(70_000)}\r\n\r\n`, "431 Request", "HEADERS_TOO_LARGE"],
    ] as const) {
      const socket = dial(t, port);
      let answer = "";
      socket.on("data", (part) => {
        answer += part;
      });
      socket.write(sent);
      await closed(socket);
      assert.ok(answer.startsWith(`HTTP/1.1 ${status}`), answer);
      assert.match(answer.split("\r\n\r\n")[1] ?? "", new RegExp(`"reason":"${reason}"`));
    }
  });

  it("keeps an idle connection longer than balancers do", async (t) => {
    const port = await open(t);
    const answer = await fetch(`http://${formatAddress(port.address)}`, { method: "POST", body: "a" });
    await answer.text();
    const seconds = /timeout=(\d+)/.exec(answer.headers.get("keep-alive") ?? "")?.[1];
    assert.ok(Number(seconds) > 60, String(seconds));
  });

  it("keeps one on which something is sent now and then, in either version", async (t) => {
    const port = await open(t, { idleTimeoutMs: 200 });
    const answers = await Promise.all([
      fetch(`http://${formatAddress(port.address)}`, { method: "POST", body: "drip" }).then((answer) => answer.text()),
      Array.fromAsync(askHttp2(t, port, "drip").stream).then((parts) => Buffer.concat(parts).toString()),
    ]);
    for (const answer of answers) assert.match(answer, /drip$/);
  });

  it("closes: what is under way ends, what is idle or stuck does not hold it up", async (t) => {
    const port = await open(t);
    const address = `http://${formatAddress(port.address)}`;
    await (await fetch(address, { method: "POST", body: "leaves an idle connection" })).text();
    const silent = dial(t, port);
    const late = dial(t, port);
    let answer = "";
    late.on("data", (part) => {
      answer += part;
    });
    late.write(head(4));
    const { stream } = askHttp2(t, port, "hang");
    stream.on("error", () => {});
    await until("all are connected", () => port.connectionCount === 4);
    const closing = port.close(300);
    late.write("soon");
    await until("what was under way is answered", () => answer.includes("1.1 4\r\n"));
    await closing;
    await closed(silent);
    assert.equal(port.connectionCount, 0);
    await assert.rejects(fetch(address));
  });
});
