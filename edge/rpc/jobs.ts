import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import type { Clock } from "../../infra/clock/clock.ts";
import { invalidRequest } from "../errors.ts";
import { type AssistantService, JobState } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Jobs, SeenJob } from "../jobs/jobs.ts";
import { type ChatTools, withUrl } from "../stored/chat.ts";
import { noStoredAudio } from "../stored/failures.ts";
import { callOf } from "./caller.ts";
import { checkSubmit } from "./request/chat.ts";

type JobRpcs = Pick<ServiceImpl<typeof AssistantService>, "submitChat" | "getJob" | "cancelJob">;

const states: Readonly<Record<SeenJob["state"], JobState>> = {
  queued: JobState.QUEUED,
  running: JobState.RUNNING,
  succeeded: JobState.SUCCEEDED,
  failed: JobState.FAILED,
  cancelled: JobState.CANCELLED,
};

/** Creates the RPCs of jobs. If `jobs` is undefined, no speech is stored, so the RPCs accept no jobs. */
export function createJobRpcs(
  jobs: Jobs | undefined,
  chat: ChatTools | undefined,
  originOf: (context: HandlerContext) => string,
  clock: Clock,
): JobRpcs {
  const expectJobs = (): Jobs => {
    if (jobs === undefined) throw noStoredAudio();
    return jobs;
  };
  const toJob = async ({ id, state, attempts, answered, error, ...times }: SeenJob, context: HandlerContext) => ({
    job: {
      jobId: id,
      state: states[state],
      attempts,
      ...(answered && chat && { result: await withUrl(answered, chat.shelf, originOf(context)) }),
      ...(error && { error }),
      createTime: timestampFromMs(times.createdAt),
      updateTime: timestampFromMs(times.updatedAt),
      expireTime: timestampFromMs(times.expiresAt),
    },
  });
  return {
    async submitChat(request, context) {
      const chat = checkSubmit(request);
      return toJob(await expectJobs().submit(callOf(context, clock), chat, request.requestId), context);
    },
    async getJob({ jobId }, context) {
      checkJobId(jobId);
      return toJob(await expectJobs().get(callOf(context, clock), jobId), context);
    },
    async cancelJob({ jobId }, context) {
      checkJobId(jobId);
      return toJob(await expectJobs().cancel(callOf(context, clock), jobId), context);
    },
  };
}

function checkJobId(jobId: string): void {
  if (!/^[a-z0-9-]{1,64}$/.test(jobId))
    throw invalidRequest([
      { field: "job_id", reason: "INVALID_FORMAT", description: "must be the job.job_id of an existing job" },
    ]);
}
