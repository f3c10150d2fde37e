import { X509Certificate } from "node:crypto";
import { isatty } from "node:tty";
import type { Log } from "../log/log.ts";
import type { CountingProcess, Metrics } from "../telemetry/metrics.ts";
import type { Credentials } from "./credentials.ts";

const dayMs = 86_400_000;
/** From how many days on before its end a certificate is told of: long enough to have a new one signed. */
const soonDays = 30;

/** How many days a certificate (PEM) is valid after `nowMs` (Unix time); below 0 if it has expired. */
export function daysLeft(cert: Buffer, nowMs: number): number {
  return (new X509Certificate(cert).validToDate.getTime() - nowMs) / dayMs;
}

/** Registers how long this process's certificate is still valid, and warns of one that soon is not. Without TLS it does nothing. */
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
      "the certificate of DUET_TLS_CERT expires soon: renew it, and send this process SIGHUP",
    );
}

/** Takes new certificates from now on; open connections keep those that they began with. */
export type OnRenewed = (tls: NonNullable<Credentials["tls"]>) => void;

/** How certificates are read again. */
export interface RenewalOptions {
  /** What the process began with. Its certificates are replaced in place, so that whoever holds it has the new ones. */
  readonly credentials: Credentials;
  /** Reads them again. Throws an Error that says what is wrong: what was there before holds. */
  readonly read: () => Credentials;
  /** Told of new ones. */
  readonly onRenewed?: OnRenewed;
  readonly log: Log;
}

/**
 * Reads certificates again whenever the process is sent SIGHUP, as those do that renew them. Without TLS there is nothing to read: SIGHUP then ends a
 * process that has a terminal, which is being closed, and of any other, such as a service that is told to reload, it changes nothing. Returns
 * what undoes it.
 */
export function renewOnHangup({ credentials, read, onRenewed, log }: RenewalOptions): () => void {
  const { tls } = credentials;
  if (tls === undefined && isatty(0)) return () => {};
  const renew = () => {
    if (tls === undefined) return log.info({}, "there is no certificate to read again: DUET_TLS_CERT is not set");
    try {
      const fresh = read().tls;
      if (fresh === undefined)
        throw new Error(
          "DUET_TLS_CERT, DUET_TLS_KEY and DUET_TLS_CA are no longer set: start the process anew for that",
        );
      Object.assign(tls, fresh);
      onRenewed?.(tls);
      log.info({ days: Math.floor(daysLeft(tls.cert, Date.now())) }, "certificates were read again");
    } catch (error) {
      log.error({ error: (error as Error).message }, "certificates cannot be read again: those from before hold");
    }
  };
  process.on("SIGHUP", renew);
  return () => void process.off("SIGHUP", renew);
}
