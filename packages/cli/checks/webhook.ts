import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import { problemsOf } from "../commands/webhook/explain.ts"
import { telegram } from "../telegram.ts"
import { type Check, ok, wrong } from "./Check.ts"

/** As the stage needs it, with nothing waiting and no fresh error. */
export const webhook = (token: Redacted.Redacted<string>, url: string | undefined, stage: string): Check => ({
  name: "webhook",
  look: Effect.gen(function* () {
    const info = yield* (yield* telegram(token)).webhook
    const problems = problemsOf(info, url, (yield* Clock.currentTimeMillis) / 1000)
    const mend = `npx concierge webhook set --stage ${stage}; in words: npx concierge webhook info --stage ${stage}`
    return problems.length === 0
      ? ok(`${info.url}, ${info.pending_update_count} waiting`)
      : wrong(problems.join("; "), mend)
  }).pipe(Effect.catch(({ advice }) => Effect.succeed(wrong(advice, "see the line of the token")))),
})
