import { nameOf } from "../../infra/config/declared.ts";
import { tellEngineErrors } from "../../infra/config/read-process.ts";
import type { Profiles } from "../../infra/settings/profiles.ts";
import { openRedis } from "../../infra/stores/redis.ts";
import { startServer } from "../common/server/server.ts";
import type { RunningService, ServiceOptions } from "../common/server/service.ts";
import { openSegmentCache } from "./cache/cache.ts";
import { createRedisTier } from "./cache/redis.ts";
import type { SpeechEngine } from "./engines/adapter.ts";
import { openEngine } from "./engines/open.ts";
import { createCasting } from "./lanes/casting.ts";
import { openLane } from "./lanes/lane.ts";
import { createPrewarm, readTexts } from "./lanes/prewarm.ts";
import { degraded, notReady } from "./lanes/readiness.ts";
import { createOpenings } from "./openings/openings.ts";
import { createSynthesizeMetrics, observeEngines } from "./report/metrics.ts";
import { observeWorkers } from "./report/worker-health.ts";
import { createSynthesizeService } from "./service.ts";
import { type LexiconPlace, openLexicons } from "./text/spoken/lexicon/lexicons.ts";
import { leanDefinition } from "./wire.ts";

/**
 * Starts Synthesize in front of its engines. Throws AddressInUseError, or an Error that names the setting of whatever
 * cannot be opened.
 */
export async function startSynthesize({ config, ...tools }: ServiceOptions<"synthesize">): Promise<RunningService> {
  const { synthesize, redis, profiles, openings, engines, credentials } = config;
  const { log, metrics, tracer, clock } = tools;

  const lexicons = await openLexicons({
    own:
      synthesize.lexicon === undefined
        ? undefined
        : { file: synthesize.lexicon, setting: nameOf("synthesize.lexicon") },
    profiles: lexiconsOf(profiles),
    log,
  });
  const speakMetrics = createSynthesizeMetrics(metrics);
  const { maxBytes, prewarm: textsFile } = synthesize.cache;
  const texts = textsFile === undefined ? [] : readTexts(textsFile, nameOf("synthesize.cache.prewarm"));
  const { cacheUrl, cacheMaxBytes } = redis;
  const store =
    cacheUrl === undefined || maxBytes === 0
      ? undefined
      : await openRedis({
          url: cacheUrl,
          setting: `redis.cacheUrl (${nameOf("redis.cacheUrl")})`,
          mayEvict: true,
          mayBeAway: true,
          log,
          clock,
        });
  const shared = store && createRedisTier(store, cacheMaxBytes);
  const cache = openSegmentCache(maxBytes, { shared, metrics, clock });
  const laneTools = { settings: synthesize, metrics: speakMetrics, log, clock, tracer, cache };
  const [first, ...others] = engines;
  const open = (engine: SpeechEngine) => openLane(openEngine(engine, { clock }), laneTools);
  const lanes = [open(first), ...others.map(open)] as const;
  const watches = lanes.map(({ watch }) => watch);
  const { substitutes } = synthesize;
  const casting = createCasting({ lanes, substitutes, metrics: speakMetrics, log, clock });
  tellEngineErrors(first, log);
  observeWorkers(
    metrics,
    lanes.map(({ workers }) => workers),
  );
  observeEngines(metrics, watches);

  const prewarming = new AbortController();
  const prewarm = cache && createPrewarm({ casting, lexicons, clock, log }, prewarming.signal);
  prewarm?.add(...texts.map((text) => ({ text })));
  const isListed = synthesize.opener.mode === "list";
  // Openings are few and short, so their speech is cached in advance, in every language that they are listed in.
  for (const [language, listed] of isListed ? Object.entries(openings) : [])
    prewarm?.add(...listed.map((text) => ({ text, language })));

  const server = await startServer({
    name: "synthesize",
    definition: leanDefinition,
    implementation: createSynthesizeService({
      casting,
      writerPauseMs: synthesize.opener.waitMs,
      maxSessions: synthesize.maxSessions,
      watches,
      lanes,
      clock,
      lexicons,
      openings: createOpenings({ fromMs: synthesize.opener.listFromMs, prewarm }),
      cache,
      listByDefault: isListed,
    }),
    listen: { address: synthesize.listen, setting: nameOf("synthesize.listen") },
    adminListen: { address: synthesize.adminListen, setting: nameOf("synthesize.adminListen") },
    credentials,
    ...tools,
    notReady: () => notReady(watches),
    degraded: () => degraded(watches),
    drainTimeoutMs: config.drainTimeoutMs,
  });
  return {
    url: server.url,
    renew: server.renew,
    async close() {
      prewarming.abort();
      await server.drain();
      await Promise.all(lanes.map((lane) => lane.close()));
      await store?.close();
    },
  };
}

/** The lexicon files that profiles name, by the ids of the profiles. */
function lexiconsOf(profiles: Profiles): Map<string, LexiconPlace> {
  const places = new Map<string, LexiconPlace>();
  for (const [id, { lexicon: file }] of profiles)
    if (file !== undefined) places.set(id, { file, setting: `profiles.${id}.lexicon` });
  return places;
}
