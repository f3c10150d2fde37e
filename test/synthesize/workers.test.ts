import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import type { SeenTts } from "../../infra/twins/fish/seen.ts";
import { createGrpcClient } from "../support/callers.ts";
import { readTurn } from "../support/events.ts";
import { sayAdmin } from "../support/gauges.ts";
import { type Program, startProgram } from "../support/processes.ts";
import { until } from "../support/until.ts";
