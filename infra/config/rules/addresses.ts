import { allEngines } from "../../engines/registry.ts";
import { applyRules, type Finding, type Judgement, type Rule } from "../../engines/rule.ts";
import { type Address, formatAddress, isLoopback } from "../../net/address.ts";
import type { Config } from "../config.ts";

/** A URL that a process calls: the parts of the URL, and the setting in which it is written. */
interface Target {
  readonly path: string;
  readonly text: string;
  readonly url: URL;
}

/** The URLs of engines, with the settings that name them. */
function engineTargets({ settings }: Config): Target[] {
  const groups: Readonly<Record<string, unknown>> = settings;
  return allEngines.flatMap(({ name }) =>
    ((groups[name] as { readonly url?: readonly string[] }).url ?? []).map((text) => ({
      path: `${name}.url`,
      text,
      url: new URL(text),
    })),
  );
}

/** The services: for each, the URL by which the edge calls it, and the address on which it listens. */
function services({ settings: { edge, generate, synthesize } }: Config) {
  return [
    { name: "generate", url: edge.generateUrl, listen: generate.listen },
    { name: "synthesize", url: edge.synthesizeUrl, listen: synthesize.listen },
  ] as const;
}

const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, "");
const portOf = (url: URL) => Number(url.port || (url.protocol === "https:" ? 443 : 80));
const isHere = (url: URL) => isLoopback(hostOf(url));

/** Rules about addresses that contradict each other, or on which nothing listens. */
export const addressRules: readonly Rule<Config>[] = [
  {
    id: "duet/engine-version-path",
    severity: "warning",
    source: "services/common/engine/http.ts: /v1 is added automatically",
    check: (config) =>
      firstOf(engineTargets(config), ({ path, text, url }) =>
        /\/v1$/.test(url.pathname)
          ? {
              path,
              message: `${show(url)} contains the API version, which is added automatically`,
              remedy: `Write ${text.replace(/\/v1\/*$/, "")}.`,
            }
          : undefined,
      ),
  },
  {
    id: "duet/engine-route",
    severity: "error",
    source: "infra/settings: the address of a server, not of one of its routes",
    check: (config) =>
      firstOf(engineTargets(config), ({ path, text, url }) =>
        /\/v1\/./.test(url.pathname) || url.search !== "" || url.hash !== ""
          ? {
              path,
              message: `${show(url)} is the address of a single route, and Duet appends the routes itself`,
              remedy: `Write ${text.replace(/(?:\/v1)?\/*[?#].*$|\/v1\/.*$/, "")}.`,
            }
          : undefined,
      ),
  },
  {
    id: "duet/engine-twice",
    severity: "warning",
    source: "each address counts as one server",
    check(config) {
      const targets = engineTargets(config);
      return firstOf(targets, ({ path, text, url }, index) =>
        targets.slice(0, index).some((other) => other.path === path && other.text === text)
          ? { path, message: `${show(url)} is listed twice, but is one server`, remedy: "List each server once." }
          : undefined,
      );
    },
  },
  {
    id: "duet/own-address",
    severity: "error",
    source: "a process that calls itself would wait for itself",
    check(config) {
      const { edge, generate, synthesize } = config.settings;
      const own: [string, Address | undefined][] = [
        ["edge.listen", edge.listen],
        ["edge.adminListen", edge.adminListen],
        ["generate.listen", generate.listen],
        ["generate.adminListen", generate.adminListen],
        ["synthesize.listen", synthesize.listen],
        ["synthesize.adminListen", synthesize.adminListen],
      ];
      return firstOf(engineTargets(config), ({ path, url }) => {
        const same = own.find(([, address]) => isHere(url) && address?.port === portOf(url));
        if (same === undefined) return undefined;
        return {
          path,
          message: `${show(url)} is an address that Duet itself listens on (${same[0]})`,
          remedy: "Use the port of the engine's server, or give one of the two another port.",
        };
      });
    },
  },
  {
    id: "duet/service-address",
    severity: "warning",
    source: "infra/settings/edge.ts: the edge finds the services by their addresses",
    check: (config) =>
      firstOf(services(config), ({ name, url: text, listen }) => {
        if (text === undefined || listen === undefined || listen.port === 0) return undefined;
        const url = new URL(text);
        if (!isHere(url) || !isLoopback(listen.host) || portOf(url) === listen.port) return undefined;
        return {
          path: `edge.${name}Url`,
          message: `the edge connects to port ${portOf(url)}, but ${name}.listen is ${formatAddress(listen)}`,
          remedy: "Use the same port in both.",
        };
      }),
  },
  {
    id: "duet/service-open",
    severity: "error",
    source: "services/common/server/credentials.ts refuseOpenAddress",
    check(config) {
      const { serviceToken, tls } = config.settings;
      if (serviceToken !== undefined || Object.values(tls).some((file) => file !== undefined)) return undefined;
      return firstOf(services(config), ({ name, listen }) =>
        listen === undefined || isLoopback(listen.host)
          ? undefined
          : {
              path: `${name}.listen`,
              message: `${formatAddress(listen)} can be reached from other machines, and callers would not be authenticated`,
              remedy: `Set tls.cert, tls.key and tls.ca, or serviceToken, here and on the edge; or listen on 127.0.0.1:${listen.port}.`,
            },
      );
    },
  },
  {
    id: "duet/service-clear",
    severity: "error",
    source: "edge/hosts/credentials.ts toSessionOptions",
    check(config) {
      if (config.settings.tls.cert === undefined) return undefined;
      return firstOf(services(config), ({ name, url }) => {
        if (url === undefined || url.startsWith("https:") || isHere(new URL(url))) return undefined;
        return {
          path: `edge.${name}Url`,
          message: `${show(new URL(url))} would be called without TLS although tls.cert is set`,
          remedy: `Write https://, or remove tls.cert, tls.key and tls.ca.`,
        };
      });
    },
  },
  {
    id: "duet/token-clear",
    severity: "warning",
    source: "services/common/server/credentials.ts warnOfClearToken",
    check(config) {
      const { serviceToken, tls } = config.settings;
      if (serviceToken === undefined || tls.cert !== undefined) return undefined;
      return firstOf(services(config), ({ name, listen }) =>
        listen === undefined || isLoopback(listen.host)
          ? undefined
          : {
              path: `${name}.listen`,
              message: "the service token and all conversations would be sent to this address unencrypted",
              remedy: "Set tls.cert, tls.key and tls.ca, or make sure that the network itself is encrypted.",
            },
      );
    },
  },
];

/** What is wrong with the addresses in a config. */
export function judgeAddresses(config: Config): Judgement<Config>[] {
  return applyRules(addressRules, config, () => true);
}

/** A URL, shortened for messages. */
function show({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname === "/" ? "" : pathname}`;
}

function firstOf<T>(items: readonly T[], check: (item: T, index: number) => Finding | undefined): Finding | undefined {
  for (const [index, item] of items.entries()) {
    const found = check(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
