import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { states, stepOf } from "../../fixtures/concierge.ts"
import { crashing, inMortalWorld } from "../../layers/crash.ts"
import { drain, nextBatch, receive, tell } from "../../layers/drive.ts"
import { counters, queued, userOf } from "../../layers/seen.ts"
import { hangs, ok, TelegramTest } from "../../layers/telegram.ts"
import { says, somebody, taps } from "../../layers/updates.ts"

/** Begin, claim, the proof's claim, its commit, its session, its counter and its outcome. */
const deaths = [2, 3, 4, 5].flatMap((left) => (["before", "after"] as const).map((moment) => ({ left, moment })))

describe("a tap that proves a message that was given up, and whose worker dies", () => {
  it.effect.each(deaths)(
    "$moment write $left: what it proved is counted once, and the person goes on",
    ({ left, moment }) =>
      Effect.gen(function* () {
        const telegram = yield* TelegramTest
        const ana = somebody()
        telegram.always = (method) => (method === "sendChatAction" ? ok : hangs)
        yield* tell(says(ana, "/start"))
        telegram.always = () => ok
        const before = telegram.sends().length
        yield* receive(yield* taps(ana, stepOf("voice").data))
        const { isDead } = yield* crashing(yield* nextBatch, left, moment)
        assert.isTrue(isDead)
        yield* TestClock.adjust("1 second")
        // Another tap, while the first one's worker might still be alive.
        yield* receive(yield* taps(ana, stepOf("voice").data))
        yield* drain
        const counted = yield* counters("funnel#")
        assert.deepStrictEqual([counted[states.video], counted[states.greeting]], [1, 1])
        // In doubt are the two videos, and what the dead worker may have sent; waiting for it adds nothing to that.
        assert.deepInclude(yield* userOf(ana), { state: states.greeting, ambiguous: 3, unresolved: 0 })
        assert.isAtMost(telegram.sends().length, before + 2)
        assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
      }).pipe(inMortalWorld),
  )
})
