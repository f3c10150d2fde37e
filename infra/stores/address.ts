import { isIP } from "node:net";
import { formatAddress } from "../net/address.ts";
import { StoreError } from "./errors.ts";

/** The address of a Redis server, and the credentials. */
export interface RedisAddress {
  /** A host name or IP address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** The number of the database to use on the server. */
  readonly db: number;
  /**
   * The options of TLS, which is used if the URL begins with `rediss:`; otherwise undefined. The server's certificate
   * must be signed by a CA that Node trusts (NODE_EXTRA_CA_CERTS adds trusted CAs).
   */
  readonly tls: { readonly servername?: string } | undefined;
  /** The address for display: without user and password. */
  readonly shown: string;
}

/**
 * Parses `redis[s]://[user[:password]@]host[:port][/database]`; the default port is 6379. Throws a StoreError that
 * names `setting` and says what to do, but never contains the URL, which may include a password.
 */
export function parseRedisUrl(text: string, setting: string): RedisAddress {
  const fault = (what: string) => new StoreError("rejected", `${setting}: ${what}`);
  const url = URL.parse(text);
  if (url === null || !/^rediss?:$/.test(url.protocol) || url.hostname === "")
    throw fault("must be an address such as redis://127.0.0.1:6379");
  // Query parameters are rejected, since ioredis would take them as options that override ours.
  if (url.search !== "" || url.hash !== "")
    throw fault("must end after the database number: leave out everything from ? or # on");
  const database = /^\/?(\d{0,5})$/.exec(url.pathname)?.[1];
  if (database === undefined) throw fault("must name the database by its number, as in redis://127.0.0.1:6379/0");

  const decode = (part: string) => {
    try {
      return part === "" ? undefined : decodeURIComponent(part);
    } catch {
      throw fault("has a % in its user or password that is not part of an escape such as %40: write it as %25");
    }
  };
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = url.port === "" ? 6379 : Number(url.port);
  const db = Number(database);
  return {
    host,
    port,
    username: decode(url.username),
    password: decode(url.password),
    db,
    tls: url.protocol === "redis:" ? undefined : isIP(host) ? {} : { servername: host },
    shown: `${url.protocol}//${formatAddress({ host, port })}${db === 0 ? "" : `/${db}`}`,
  };
}
