import { kept } from "@concierge/core/retention.ts"
import { Events } from "@concierge/core/services/Events.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { states } from "../../fixtures/concierge.ts"
import { copy, copyLocales } from "../../fixtures/copy.ts"
import { tell } from "../../layers/drive.ts"
import { eventOf, outcomeOf, sessionsOf, storedUser, userOf } from "../../layers/seen.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { says, somebody, taps } from "../../layers/updates.ts"
import { asked, lastText } from "./asked.ts"

describe.each(copyLocales)("/forgetme in %s", (locale) => {
  const words = copy[locale].forget

  it.effect("asks first, and nothing is deleted", () =>
    Effect.gen(function* () {
      const ana = somebody({ language_code: locale })
      yield* tell(says(ana, "/start"))
      yield* asked(ana)
      assert.strictEqual(yield* lastText, words.question(10))
      assert.strictEqual((yield* userOf(ana)).state, states.video)
    }).pipe(inWorld),
  )

  it.effect("a no keeps everything", () =>
    Effect.gen(function* () {
      const ana = somebody({ language_code: locale })
      yield* tell(says(ana, "/start"))
      const { no } = yield* asked(ana)
      yield* tell(taps(ana, no))
      assert.strictEqual(yield* lastText, words.kept)
      assert.strictEqual((yield* userOf(ana)).state, states.video)
      assert.lengthOf(yield* sessionsOf(ana), 1)
    }).pipe(inWorld),
  )

  it.effect("a yes deletes, and says what is left where and for how long", () =>
    Effect.gen(function* () {
      const ana = somebody({ language_code: locale })
      yield* tell(says(ana, "/start ref_a"), taps(ana, "play_audio"))
      const { yes } = yield* asked(ana)
      const tap = yield* taps(ana, yes)
      yield* tell(Effect.succeed(tap))
      assert.strictEqual(yield* lastText, words.done(kept))
      for (const days of [14, 35, 19]) assert.include(words.done(kept), String(days))
      assert.isUndefined(yield* storedUser(ana))
      assert.strictEqual(yield* outcomeOf(tap), "applied")
    }).pipe(inWorld),
  )

  it.effect("nothing of the person stays in the event that says so, also where the index does not show it yet", () =>
    Effect.gen(function* () {
      const ana = somebody({ language_code: locale })
      const { yes } = yield* asked(ana)
      const tap = yield* taps(ana, yes)
      const late = Events.of({ ...(yield* Events), strip: () => Effect.void })
      yield* Effect.provideService(tell(Effect.succeed(tap)), Events, late)
      const event = yield* eventOf(tap)
      assert.strictEqual(event?.outcome, "applied")
      for (const theirs of ["userId", "payload"]) assert.notProperty(event, theirs)
    }).pipe(inWorld),
  )

  it.effect("a yes after more than ten minutes deletes nothing and says so", () =>
    Effect.gen(function* () {
      const ana = somebody({ language_code: locale })
      const { yes } = yield* asked(ana)
      yield* TestClock.adjust("10 minutes")
      yield* tell(taps(ana, yes))
      assert.strictEqual(yield* lastText, words.expired(10))
      assert.isDefined(yield* storedUser(ana))
    }).pipe(inWorld),
  )
})
