import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { states } from "../fixtures/concierge.ts"
import { crashing, inMortalWorld } from "../layers/crash.ts"
import { drain, nextBatch, receive } from "../layers/drive.ts"
import { counters, eventOf, queued, sessionsOf, userOf } from "../layers/seen.ts"
import { TelegramTest } from "../layers/telegram.ts"
import { says, somebody } from "../layers/updates.ts"

/** The writes of a first /start are: begin, claim, the code, the video's file id, commit, session and counter, outcome. */
const deaths = [
  { when: "before the send", left: 1, moment: "before", sends: [0, 1], ambiguous: 1 },
  { when: "after the send, before the commit", left: 4, moment: "before", sends: [1, 2], ambiguous: 1 },
  { when: "after the commit", left: 4, moment: "after", sends: [1, 1], ambiguous: 0 },
  { when: "after the commit, before the outcome", left: 7, moment: "before", sends: [1, 1], ambiguous: 0 },
] as const

describe("the worker dies", () => {
  it.effect.each(deaths)(
    "$when: done to the end by the next, one state change; a second message only where it is counted",
    ({ ambiguous, left, moment, sends, when }) =>
      Effect.gen(function* () {
        const ana = somebody()
        const telegram = yield* TelegramTest
        const start = yield* says(ana, "/start ref_a")
        yield* receive(start)
        const { failed, isDead } = yield* crashing(yield* nextBatch, left, moment)
        assert.isTrue(isDead)
        assert.lengthOf(failed, 1)
        assert.lengthOf(telegram.sends(), sends[0])
        yield* drain
        assert.lengthOf(telegram.sends(), sends[1])
        const user = yield* userOf(ana)
        assert.deepInclude(user, {
          state: states.video,
          version: 1,
          unresolved: 0,
          ambiguous,
          ref_code: "ref_a",
        })
        assert.deepInclude(yield* eventOf(start), {
          outcome: "applied",
          deliveries: when === "before the send" ? 1 : 2,
        })
        assert.deepStrictEqual(yield* counters("funnel#"), { [states.video]: 1 })
        assert.lengthOf(yield* sessionsOf(ana), 1)
        assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
      }).pipe(inMortalWorld),
  )
})
