import { TombstoneKeys, WorkerConfig } from "@concierge/core/config.ts"
import { formerTombstonesUntil } from "@concierge/core/delivery/times.ts"
import * as Composed from "@concierge/core/layers/composed.ts"
import { currentIso, type Iso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { states } from "../../fixtures/concierge.ts"
import { setAside, tell, workBatch } from "../../layers/drive.ts"
import { outcomeOf, storedUser, userOf } from "../../layers/seen.ts"
import { TelegramTest } from "../../layers/telegram.ts"
import { botId, inWorld } from "../../layers/testWorld.ts"
import { says, somebody, taps } from "../../layers/updates.ts"
import { asked } from "../forgetting/asked.ts"

interface Deployed {
  /** The part of the token that BotFather changes. */
  readonly token: string
  readonly key: string
  readonly former?: readonly [key: string, until: Iso]
}

/** As deployed with this token: every service that stands on others is made anew, as in another container. */
const deployedWith = ({ former, key, token }: Deployed) =>
  Effect.provide(
    Layer.fresh(Composed.layer).pipe(
      Layer.provideMerge(
        Layer.merge(
          Layer.effect(
            WorkerConfig,
            Effect.map(WorkerConfig, (config) => ({ ...config, botToken: Redacted.make(`${botId}:${token}`) })),
          ),
          Layer.succeed(TombstoneKeys, {
            key: Redacted.make(key),
            former: former && { value: Redacted.make(former[0]), until: former[1] },
          }),
        ),
      ),
    ),
  )

const withOld = deployedWith({ token: "old", key: "own" })
const withNew = deployedWith({ token: "new", key: "own" })
/** As a version that had no key of its own: it hashed under the token. */
const byToken = deployedWith({ token: "old", key: `${botId}:old` })
/** The version since, deployed now and with another token already. */
const upgraded = Effect.map(currentIso, (now) =>
  deployedWith({ token: "new", key: "own", former: [`${botId}:old`, formerTombstonesUntil(now)] }),
)

/** Ana starts, sends one more update that lies in the queue, and is forgotten. */
const forgetting = Effect.gen(function* () {
  const ana = somebody()
  yield* tell(says(ana, "/start"))
  const late = yield* says(ana, "/start ref_late")
  const waiting = yield* setAside(Effect.succeed(late))
  const { yes } = yield* asked(ana)
  yield* tell(taps(ana, yes))
  return { ana, late, waiting }
})

const seen = Effect.fnUntraced(function* ({ ana, late }: Effect.Success<typeof forgetting>) {
  return { outcome: yield* outcomeOf(late), state: (yield* storedUser(ana))?.state }
})

const forgotten = { outcome: "ignored: forgotten", state: undefined } as const

describe("with a new token of the same bot", () => {
  it.effect("whoever was forgotten stays so", () =>
    Effect.gen(function* () {
      const made = yield* withOld(forgetting)
      yield* withNew(workBatch(made.waiting))
      assert.deepStrictEqual(yield* seen(made), forgotten)
    }).pipe(inWorld),
  )

  it.effect(
    "so does whoever was forgotten by a version that hashed under the token, whatever the token is by now",
    () =>
      Effect.gen(function* () {
        const made = yield* byToken(forgetting)
        yield* (yield* upgraded)(workBatch(made.waiting))
        assert.deepStrictEqual(yield* seen(made), forgotten)
        // Without the former key she is back: the hash is found by that alone.
        const other = yield* byToken(forgetting)
        yield* withNew(workBatch(other.waiting))
        assert.deepStrictEqual(yield* seen(other), { outcome: "applied", state: states.video })
      }).pipe(inWorld),
  )

  it.effect("of two hashes of one person the later one counts", () =>
    Effect.gen(function* () {
      const { ana } = yield* byToken(forgetting)
      const now = yield* upgraded
      yield* now(tell(says(ana, "/start")))
      const late = yield* says(ana, "/start ref_late")
      const waiting = yield* setAside(Effect.succeed(late))
      const { yes } = yield* now(asked(ana))
      yield* now(tell(taps(ana, yes)))
      yield* now(workBatch(waiting))
      assert.deepStrictEqual(yield* seen({ ana, late, waiting }), forgotten)
    }).pipe(inWorld),
  )

  it.effect("an update is worked once, files are sent by their id, and people go on", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      const [ana, eva] = [somebody(), somebody()]
      const start = yield* says(ana, "/start")
      yield* withOld(tell(Effect.succeed(start)))
      yield* withNew(tell(Effect.succeed(start), says(eva, "/start")))
      assert.deepStrictEqual(
        telegram.sends().map(({ file }) => file?._tag),
        ["Url", "FileId"],
      )
      assert.deepInclude(yield* userOf(ana), { state: states.video, version: 1 })
      yield* withNew(tell(taps(ana, "play_audio")))
      assert.deepInclude(yield* userOf(ana), { state: states.greeting, run: 1 })
    }).pipe(inWorld),
  )
})
