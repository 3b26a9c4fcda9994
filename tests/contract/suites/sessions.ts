import { SessionId, UserId } from "@concierge/core/ids.ts"
import { Sessions } from "@concierge/core/services/Sessions.ts"
import { Iso } from "@concierge/core/Time.ts"
import { assert, layer as suite } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import { states } from "../../fixtures/concierge.ts"
import { hostile, long } from "./hostile.ts"
import { Stored } from "./Stored.ts"
import { day, sessionOf, somebody } from "./sessions/runs.ts"

/** The onboarding runs: each written when it starts and when it ends, in whatever order these arrive. */
export const sessionsContract = <E>(name: string, layer: Layer.Layer<Sessions | Stored, E>) =>
  suite(layer)(`Sessions: ${name}`, (it) => {
    it.effect("a run is kept as it was saved", () =>
      Effect.gen(function* () {
        const sessions = yield* Sessions
        const session = sessionOf(somebody())
        yield* sessions.save(session)
        assert.deepStrictEqual(yield* sessions.ofUser(session.userId), [session])
        assert.deepStrictEqual(yield* (yield* Stored).item("sessions", session.sessionId), { ...session })
      }),
    )

    it.effect("its end replaces its start, which stays the time of its creation", () =>
      Effect.gen(function* () {
        const sessions = yield* Sessions
        const started = sessionOf(somebody(), { data: { run: 1, note: "start", deep: { a: 1 } } })
        const data = { run: 1, deep: { b: null } }
        const ended = {
          ...started,
          state: states.done,
          data,
          createdAt: day(2),
          updatedAt: day(2),
          expiresAt: 2e9,
        } as const
        yield* sessions.save(started)
        yield* sessions.save(ended)
        assert.deepStrictEqual(yield* sessions.ofUser(started.userId), [{ ...ended, createdAt: day(1) }])
        yield* sessions.save({ ...started, expiresAt: 1 })
        yield* sessions.save({ ...ended, state: states.new })
        assert.deepStrictEqual(yield* sessions.ofUser(started.userId), [{ ...ended, createdAt: day(1) }])
      }),
    )

    it.effect("of fifty saves at once the newest stays", () =>
      Effect.gen(function* () {
        const sessions = yield* Sessions
        const session = sessionOf(somebody())
        const times = Array.from({ length: 50 }, (_, index) => `2026-03-04T05:06:07.${100 + ((index * 7) % 50)}Z`)
        yield* Effect.forEach(times, (updatedAt) => sessions.save({ ...session, updatedAt: Iso.make(updatedAt) }), {
          concurrency: "unbounded",
        })
        assert.deepInclude((yield* sessions.ofUser(session.userId))[0], {
          updatedAt: Iso.make("2026-03-04T05:06:07.149Z"),
        })
      }),
    )

    it.effect("a person's runs come in the order of their creation", () =>
      Effect.gen(function* () {
        const sessions = yield* Sessions
        const userId = somebody()
        const runs = [3, 1, 2].map((number) => sessionOf(userId, { createdAt: day(number), updatedAt: day(9) }))
        yield* Effect.forEach([...runs, sessionOf(UserId.make(`${userId}0`))], sessions.save)
        const found = yield* sessions.ofUser(userId)
        assert.deepStrictEqual(
          found.map(({ createdAt }) => createdAt),
          [day(1), day(2), day(3)],
        )
        assert.deepStrictEqual(yield* sessions.ofUser(somebody()), [])
      }),
    )

    it.effect("runs made in the same millisecond come in one order always", () =>
      Effect.gen(function* () {
        const sessions = yield* Sessions
        const userId = somebody()
        const ids = ["c", "a", "b"].map((letter) => `${letter} of ${userId}`)
        yield* Effect.forEach(ids, (sessionId) =>
          sessions.save(sessionOf(userId, { sessionId: SessionId.make(sessionId) })),
        )
        const found = yield* sessions.ofUser(userId)
        assert.deepStrictEqual(
          found.map(({ sessionId }) => sessionId),
          ids.toSorted(),
        )
      }),
    )

    it.effect("a person's runs are removed, however many, and nobody else's", () =>
      Effect.gen(function* () {
        const sessions = yield* Sessions
        const userId = somebody()
        const other = sessionOf(UserId.make(`${userId}0`))
        yield* sessions.save(other)
        const runs = Array.from({ length: 60 }, () => sessionOf(userId, { data: { text: "x".repeat(40_000) } }))
        yield* Effect.forEach(runs, sessions.save, { concurrency: 10 })
        assert.strictEqual((yield* sessions.ofUser(userId)).length, 60)
        yield* sessions.removeOfUser(userId, [])
        assert.deepStrictEqual(yield* sessions.ofUser(userId), [])
        assert.deepStrictEqual(yield* sessions.ofUser(other.userId), [other])
        yield* sessions.removeOfUser(userId, [])
      }),
    )

    it.effect("a run that is known to be theirs is removed once, whether it is found or not", () =>
      Effect.gen(function* () {
        const sessions = yield* Sessions
        const userId = somebody()
        // As an index shows it that does not have the newest run yet.
        const [found, missed] = [sessionOf(userId), sessionOf(UserId.make(`${userId}0`))]
        const none = SessionId.make("none")
        yield* Effect.forEach([found, missed], sessions.save)
        yield* sessions.removeOfUser(userId, [found.sessionId, missed.sessionId, none, none])
        assert.deepStrictEqual(yield* sessions.ofUser(userId), [])
        assert.deepStrictEqual(yield* sessions.ofUser(UserId.make(`${userId}0`)), [])
      }),
    )

    it.effect.each(hostile)("%j is an id and a text like any other", (text) =>
      Effect.gen(function* () {
        const sessions = yield* Sessions
        const userId = `${text}#${somebody()}`
        const data = { text, list: [text, {}, [], null], empty: "", long }
        const session = sessionOf(UserId.make(userId), { sessionId: SessionId.make(`${text}#${userId}`), data })
        yield* sessions.save(session)
        assert.deepStrictEqual(yield* sessions.ofUser(UserId.make(userId)), [session])
        yield* sessions.removeOfUser(UserId.make(userId), [])
        assert.isUndefined(yield* (yield* Stored).item("sessions", session.sessionId))
      }),
    )

    it.effect("a run that does not decode is Corrupt", () =>
      Effect.gen(function* () {
        const sessions = yield* Sessions
        const session = sessionOf(somebody())
        yield* (yield* Stored).put("sessions", { ...session, state: 5 })
        const { reason } = yield* Effect.flip(sessions.ofUser(session.userId))
        assert.strictEqual(reason._tag, "Corrupt")
      }),
    )
  })
