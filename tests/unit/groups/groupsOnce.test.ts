import { lease } from "@concierge/core/delivery/times.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { crashing, inMortalWorld } from "../../layers/crash.ts"
import { drain, drainVisible, nextBatch, receive, tell } from "../../layers/drive.ts"
import { Counted } from "../../layers/metrics.ts"
import { copies, eventOf, outcomeOf, queued } from "../../layers/seen.ts"
import { hangs, rateLimited, TelegramTest, unavailable, username } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { saysInGroup, somebody, someGroup } from "../../layers/updates.ts"

const startIn = (group: number) => saysInGroup(somebody(), group, `/start@${username}`)

const nothingLeft = { waiting: 0, dead: 0 }

describe("a group's /start is answered once", () => {
  it.effect.each([
    ["no answer", hangs, 1],
    ["5xx", unavailable, 0],
  ] as const)("%s: nobody knows whether it arrived, so it is counted, and not sent again", ([, answer, accepted]) =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.always = (method) => (method === "getMe" ? { _tag: "Ok" } : answer)
      const group = someGroup()
      const start = yield* startIn(group)
      yield* tell(Effect.succeed(start))
      assert.lengthOf(telegram.sends(), 1)
      assert.lengthOf(telegram.accepted(), accepted)
      assert.deepInclude(yield* eventOf(start), { outcome: "applied", ambiguous: 1 })
      assert.strictEqual((yield* Counted).of("AmbiguousSends"), 1)
      assert.strictEqual((yield* Counted).of("SendFailures"), 1)
      assert.deepStrictEqual(yield* queued, nothingLeft)
      // The group may have it: the next one waits for its minute, and no longer.
      telegram.always = () => ({ _tag: "Ok" })
      const [soon, later] = [yield* startIn(group), yield* startIn(group)]
      yield* tell(Effect.succeed(soon))
      yield* TestClock.adjust("1 minute")
      yield* tell(Effect.succeed(later))
      assert.strictEqual(yield* outcomeOf(soon), "ignored: throttled")
      assert.strictEqual(yield* outcomeOf(later), "applied")
    }).pipe(inWorld),
  )

  it.effect("429, short: waited out in place", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(rateLimited(3))
      const group = someGroup()
      const [start, another] = [yield* startIn(group), yield* startIn(group)]
      yield* receive(start)
      yield* drainVisible
      const [first, second] = telegram.sends()
      assert.strictEqual((second?.at ?? 0) - (first?.at ?? 0), 3_000)
      assert.deepStrictEqual(yield* queued, nothingLeft)
      yield* tell(Effect.succeed(another))
      assert.strictEqual(yield* outcomeOf(start), "applied")
      assert.strictEqual(yield* outcomeOf(another), "ignored: throttled")
      assert.lengthOf(telegram.accepted(), 1)
    }).pipe(inWorld),
  )

  it.effect(
    "429, long: nothing was sent, and nothing is for the group until then; then one of those who asked has its minute",
    () =>
      Effect.gen(function* () {
        const telegram = yield* TelegramTest
        telegram.script.push(rateLimited(90))
        const group = someGroup()
        const [start, another] = [yield* startIn(group), yield* startIn(group)]
        yield* receive(start)
        yield* drainVisible
        yield* TestClock.adjust("10 seconds")
        yield* receive(another)
        yield* drainVisible
        assert.lengthOf(telegram.sends(), 1)
        yield* drain
        const outcomes = [yield* outcomeOf(start), yield* outcomeOf(another)]
        assert.deepStrictEqual(outcomes.toSorted(), ["applied", "ignored: throttled"])
        assert.lengthOf(telegram.accepted(), 1)
      }).pipe(inWorld),
  )

  it.effect("429, long, time and again: answered in the end, with nothing to count", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(...[6, 40, 600, 4].map(rateLimited))
      const start = yield* startIn(someGroup())
      yield* tell(Effect.succeed(start))
      assert.lengthOf(telegram.accepted(), 1)
      const event = yield* eventOf(start)
      assert.deepStrictEqual([event?.outcome, event?.ambiguous], ["applied", undefined])
    }).pipe(inWorld),
  )
})

/** The writes are: claim, the right to answer, the group's minute, and after the send the outcome. */
const deaths = [
  { when: "before its claim", left: 0, moment: "before", sends: [0, 1], ambiguous: undefined },
  { when: "before it may answer", left: 1, moment: "before", sends: [0, 1], ambiguous: undefined },
  { when: "before it has the minute", left: 2, moment: "before", sends: [0, 0], ambiguous: 1 },
  { when: "before the send", left: 2, moment: "after", sends: [0, 0], ambiguous: 1 },
  { when: "after the send", left: 3, moment: "before", sends: [1, 1], ambiguous: 1 },
  { when: "after the outcome", left: 3, moment: "after", sends: [1, 1], ambiguous: undefined },
] as const

describe("the worker of a group's /start dies", () => {
  it.effect.each(deaths)("$when: it ends, and is never sent twice", ({ ambiguous, left, moment, sends }) =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      const start = yield* startIn(someGroup())
      yield* receive(start)
      const { isDead } = yield* crashing(yield* nextBatch, left, moment)
      assert.isTrue(isDead)
      assert.lengthOf(telegram.sends(), sends[0])
      yield* drain
      assert.lengthOf(telegram.sends(), sends[1])
      const event = yield* eventOf(start)
      assert.deepStrictEqual([event?.outcome, event?.ambiguous], ["applied", ambiguous])
      assert.deepStrictEqual(yield* queued, nothingLeft)
    }).pipe(inMortalWorld),
  )

  it.effect("after the send, and others have asked since: their answers do not make it go out again", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      const group = someGroup()
      const [start, another] = [yield* startIn(group), yield* startIn(group)]
      yield* receive(start)
      yield* crashing(yield* nextBatch, 3, "before")
      yield* TestClock.adjust(Duration.sum(lease, Duration.seconds(1)))
      yield* receive(another)
      yield* drainVisible
      assert.strictEqual(yield* outcomeOf(another), "applied")
      yield* drain
      assert.deepInclude(yield* eventOf(start), { outcome: "applied", ambiguous: 1 })
      assert.lengthOf(telegram.accepted(), 2)
    }).pipe(inMortalWorld),
  )

  it.effect("and the update comes again while it might still be at it: that one waits, and then ends it", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      const start = yield* startIn(someGroup())
      yield* receive(start)
      yield* crashing(yield* nextBatch, 3, "before")
      yield* TestClock.adjust("5 seconds")
      yield* receive(start)
      yield* drainVisible
      assert.isUndefined(yield* outcomeOf(start))
      // The one that the dead worker had, and a copy of its own.
      const delays = (yield* copies).map(({ delay }) => delay)
      assert.isTrue(
        delays.some((delay) => delay >= 10_000 && delay <= 20_000),
        delays.join(),
      )
      yield* drain
      assert.deepInclude(yield* eventOf(start), { outcome: "applied", ambiguous: 1 })
      assert.lengthOf(telegram.sends(), 1)
      assert.deepStrictEqual(yield* queued, nothingLeft)
    }).pipe(inMortalWorld),
  )

  it.effect.each([
    { when: "gives the minute back", left: 3, moment: "before", outcome: "applied", ambiguous: 1 },
    { when: "gives its right back", left: 4, moment: "before", outcome: "applied", ambiguous: 1 },
    { when: "puts it off", left: 4, moment: "after", outcome: "applied", ambiguous: undefined },
  ] as const)("after a 429, before it $when: it ends", ({ ambiguous, left, moment, outcome }) =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(rateLimited(40))
      const start = yield* startIn(someGroup())
      yield* receive(start)
      const { isDead } = yield* crashing(yield* nextBatch, left, moment)
      assert.isTrue(isDead)
      yield* drain
      const event = yield* eventOf(start)
      assert.deepStrictEqual([event?.outcome, event?.ambiguous], [outcome, ambiguous])
      assert.isAtMost(telegram.accepted().length, 1)
      assert.deepStrictEqual(yield* queued, nothingLeft)
    }).pipe(inMortalWorld),
  )
})
