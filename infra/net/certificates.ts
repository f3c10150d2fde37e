import { X509Certificate } from "node:crypto";
import { isatty } from "node:tty";
import type { Log } from "../log/log.ts";
import type { CountingProcess, Metrics } from "../telemetry/metrics.ts";
import type { Credentials } from "./credentials.ts";

const dayMs = 86_400_000;
/** A certificate is reported this many days before it expires, which leaves time to have a new one signed. */
const soonDays = 30;

/** How many more days a certificate (PEM) is valid at `nowMs` (Unix time); negative if it has expired. */
export function daysLeft(cert: Buffer, nowMs: number): number {
  return (new X509Certificate(cert).validToDate.getTime() - nowMs) / dayMs;
}

/**
 * Registers a metric of how long this process's certificate is still valid, and logs a warning before it expires. Does
 * nothing if the process does not use TLS.
 */
export function observeCertificate(
  metrics: Metrics,
  process: CountingProcess,
  { tls }: Credentials,
  log: Log,
  now: () => number = Date.now,
): void {
  if (tls === undefined) return;
  metrics.gauge(
    `duet_${process}_certificate_days_left`,
    "Days until the certificate of DUET_TLS_CERT expires.",
    [],
    (gauge) => gauge.set(daysLeft(tls.cert, now())),
  );
  const days = daysLeft(tls.cert, now());
  if (days < soonDays)
    log.warn(
      { days: Math.floor(days) },
      "the certificate in DUET_TLS_CERT expires soon: renew it, then send this process SIGHUP",
    );
}

/** Called to make new connections use the new certificates; open connections keep the old ones. */
export type OnRenewed = (tls: NonNullable<Credentials["tls"]>) => void;

/** Options of renewOnHangup. */
export interface RenewalOptions {
  /**
   * The process's credentials. Their certificates are replaced inside this object, so that all code that holds the
   * object gets the new certificates.
   */
  readonly credentials: Credentials;
  /** Reads the credentials again. Throws an Error that says what is wrong; the old credentials then stay in use. */
  readonly read: () => Credentials;
  /** Called with the new certificates each time they have been read again. */
  readonly onRenewed?: OnRenewed;
  readonly log: Log;
}

/**
 * Reads certificates again whenever the process receives SIGHUP, the signal that certificate renewal tools send.
 * Without TLS there are no certificates. In a terminal SIGHUP then ends the process, as usual when a terminal is
 * closed; elsewhere, for example in a service, it is only logged. Returns a function that stops handling SIGHUP.
 */
export function renewOnHangup({ credentials, read, onRenewed, log }: RenewalOptions): () => void {
  const { tls } = credentials;
  if (tls === undefined && isatty(0)) return () => {};
  const renew = () => {
    if (tls === undefined)
      return log.info({}, "SIGHUP received, but there is no certificate to reload: DUET_TLS_CERT is not set");
    try {
      const fresh = read().tls;
      if (fresh === undefined)
        throw new Error(
          "DUET_TLS_CERT, DUET_TLS_KEY and DUET_TLS_CA are no longer set: restart the process to turn TLS off",
        );
      Object.assign(tls, fresh);
      onRenewed?.(tls);
      log.info({ days: Math.floor(daysLeft(tls.cert, Date.now())) }, "certificates were reloaded");
    } catch (error) {
      log.error(
        { error: (error as Error).message },
        "certificates could not be reloaded: the previous ones stay in use",
      );
    }
  };
  process.on("SIGHUP", renew);
  return () => void process.off("SIGHUP", renew);
}
