import { lease } from "@concierge/core/delivery/times.ts"
import { eventId, sessionId } from "@concierge/core/ids.ts"
import { Users } from "@concierge/core/services/Users.ts"
import { millisOf, plus, toIso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { states } from "../../fixtures/concierge.ts"
import { drain, drainVisible, nextBatch, receive, tell, workBatch } from "../../layers/drive.ts"
import { copies, eventOf, outcomeOf, queued, userOf } from "../../layers/seen.ts"
import { slow, TelegramTest } from "../../layers/telegram.ts"
import { beginning, inWorld } from "../../layers/testWorld.ts"
import { type Person, says, somebody, userIdOfPerson } from "../../layers/updates.ts"

/** Another worker takes the person's lock, for a minute. */
const lockedByAnother = Effect.fnUntraced(function* (person: Person, token = "another") {
  const users = yield* Users
  const now = toIso(yield* Clock.currentTimeMillis)
  const begin = {
    userId: userIdOfPerson(person),
    telegramId: person.id,
    event: eventId("4242:1"),
    sessionId: sessionId("another"),
  }
  return yield* users.begin({ ...begin, token, now, until: plus(now, 60_000) })
})

const elapsed = Effect.map(Clock.currentTimeMillis, (now) => now - beginning)

const sendCount = Effect.map(TelegramTest, (telegram) => telegram.sends().length)

describe("somebody whom another worker is at", () => {
  it.effect("is waited for a little; then a copy comes back after ten to twenty seconds", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* lockedByAnother(ana)
      yield* receive(yield* says(ana, "/start"))
      yield* drainVisible
      // 0.4, 1 and 2.5 s, each a fifth more or less.
      assert.isAtLeast(yield* elapsed, 3_120)
      assert.isAtMost(yield* elapsed, 4_680)
      const [copy, ...more] = yield* copies
      assert.isEmpty(more)
      assert.isAtLeast(copy?.delay ?? 0, 10_000)
      assert.isAtMost(copy?.delay ?? 0, 20_000)
      assert.strictEqual(yield* sendCount, 0)
    }).pipe(inWorld),
  )

  it.effect("is worked in place when the other one is done within that", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* lockedByAnother(ana)
      const start = yield* says(ana, "/start")
      yield* receive(start)
      const users = yield* Users
      const release = users.release({ userId: userIdOfPerson(ana), token: "another", clean: true })
      yield* Effect.forkChild(Effect.delay(release, "1 second"))
      yield* drainVisible
      assert.strictEqual(yield* outcomeOf(start), "applied")
      assert.isEmpty(yield* copies)
      assert.strictEqual((yield* userOf(ana)).ambiguous, 0)
    }).pipe(inWorld),
  )

  it.effect("who died is taken over when the lease has run out, and counts as perhaps doubled", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* lockedByAnother(ana)
      const start = yield* says(ana, "/start")
      yield* tell(Effect.succeed(start))
      assert.isAtLeast(yield* elapsed, 60_000)
      assert.isAtMost(yield* elapsed, 90_000)
      assert.deepInclude(yield* userOf(ana), { state: states.video, version: 1, ambiguous: 1, unresolved: 0 })
      assert.deepInclude(yield* eventOf(start), { outcome: "applied", ambiguous: 1 })
    }).pipe(inWorld),
  )

  it.effect("costs none of the ten receives", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* lockedByAnother(ana)
      yield* tell(...Array.from({ length: 10 }, () => says(ana, "/help")))
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )
})

describe("a lease that is lost before the commit", () => {
  it.effect("lets the other attempt have it: one state change, and the second message is counted", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const telegram = yield* TelegramTest
      telegram.script.push(slow(5_000))
      const start = yield* says(ana, "/start")
      yield* receive(start)
      const batch = yield* nextBatch
      yield* Effect.forkChild(Effect.delay(stealLock(ana), "1 second"))
      const failed = yield* workBatch(batch)
      assert.isEmpty(failed)
      // The thief dies without a word: the copy takes over when its lease has run out.
      yield* drain
      const user = yield* userOf(ana)
      assert.deepInclude(user, { state: states.video, version: 1, unresolved: 0 })
      assert.strictEqual(yield* sendCount, 2)
      assert.isAtLeast(user.ambiguous, 1)
      assert.strictEqual(yield* outcomeOf(start), "applied")
    }).pipe(inWorld),
  )
})

/** As if the lease had run out and somebody else had taken it. */
const stealLock = Effect.fnUntraced(function* (person: Person) {
  const users = yield* Users
  const now = toIso((yield* Clock.currentTimeMillis) + millisOf(lease) + 1_000)
  const begin = {
    userId: userIdOfPerson(person),
    telegramId: person.id,
    event: eventId("4242:1"),
    sessionId: sessionId("another"),
  }
  yield* users.begin({ ...begin, token: "thief", now, until: plus(now, 1) })
})
