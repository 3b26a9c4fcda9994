import type { WebhookResponse } from "@concierge/core/delivery/receive.ts"
import { aboutRequest } from "@concierge/core/observe/aboutRequest.ts"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

/** The line of a request to the webhook, as the function has it beside its metrics. */
export const requested = <E, R>(answering: Effect.Effect<WebhookResponse, E, R>, correlationId: string) =>
  Effect.gen(function* () {
    const begun = yield* Clock.currentTimeMillis
    const response = yield* answering
    const durationMs = (yield* Clock.currentTimeMillis) - begun
    yield* Effect.annotateLogs(Effect.logInfo("request"), { ...aboutRequest(response, correlationId), durationMs })
    return response
  })
