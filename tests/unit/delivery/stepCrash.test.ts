import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { states } from "../../fixtures/concierge.ts"
import { crashing, inMortalWorld } from "../../layers/crash.ts"
import { drain, nextBatch, receive, setAside, workBatch } from "../../layers/drive.ts"
import { copies, counters, outcomeOf, userOf } from "../../layers/seen.ts"
import { TelegramTest } from "../../layers/telegram.ts"
import { says, somebody } from "../../layers/updates.ts"

const sendCount = Effect.map(TelegramTest, (telegram) => telegram.sends().length)

const userCommitted = (person: Parameters<typeof userOf>[0]) => Effect.map(userOf(person), ({ version }) => version > 0)

const points = (["before", "after"] as const).flatMap((moment) =>
  [0, 1, 2, 3, 4, 5, 6].map((left) => ({ left, moment })),
)

describe("a step whose worker dies", () => {
  it.effect.each(points)("$moment write $left is taken once, and what may be doubled is counted", ({ left, moment }) =>
    Effect.gen(function* () {
      const ana = somebody()
      const start = yield* says(ana, "/start ref_a")
      yield* receive(start)
      const { isDead } = yield* crashing(yield* nextBatch, left, moment)
      assert.isTrue(isDead)
      const doubled = (yield* sendCount) > 0 && (yield* userCommitted(ana)) === false
      yield* drain
      const user = yield* userOf(ana)
      assert.deepInclude(user, { state: states.video, version: 1, unresolved: 0, ref_code: "ref_a" })
      assert.strictEqual(yield* outcomeOf(start), "applied")
      assert.strictEqual(yield* sendCount, doubled ? 2 : 1)
      if (doubled) assert.strictEqual(user.ambiguous, 1)
      assert.isAtMost(user.ambiguous, 1)
      assert.deepStrictEqual(yield* counters("funnel#2026-03-04"), { [states.video]: 1 })
    }).pipe(inMortalWorld),
  )

  it.effect(
    "leaves a repeat that comes at once to look again soon: whoever committed may be alive, and about to end it",
    () =>
      Effect.gen(function* () {
        const batch = yield* setAside(says(somebody(), "/start"))
        yield* crashing(batch, 4, "before")
        yield* workBatch(batch)
        const [copy] = yield* copies
        assert.isAtLeast(copy?.delay ?? 0, 10_000)
        assert.isAtMost(copy?.delay ?? 0, 20_000)
        yield* drain
        assert.deepStrictEqual(yield* counters("funnel#2026-03-04"), { [states.video]: 1 })
        assert.strictEqual(yield* sendCount, 1)
      }).pipe(inMortalWorld),
  )

  it.effect("is not counted again so late that its event may be gone", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const start = yield* says(ana, "/start")
      const batch = yield* setAside(Effect.succeed(start))
      // Begin, claim, file id and commit: it is neither counted nor finished.
      const { isDead } = yield* crashing(batch, 4, "before")
      assert.isTrue(isDead)
      yield* TestClock.adjust("31 days")
      yield* workBatch(batch)
      assert.strictEqual(yield* outcomeOf(start), "applied")
      assert.strictEqual(yield* sendCount, 1)
      assert.deepStrictEqual(yield* counters("funnel#"), {})
    }).pipe(inMortalWorld),
  )
})
