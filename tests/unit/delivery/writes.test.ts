import { processBatch } from "@concierge/core/delivery/batch.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { Tables } from "../../../packages/local/store/Tables.ts"
import { drain, inAnotherContainer, nextBatch, receive, tell } from "../../layers/drive.ts"
import { outcomeOf } from "../../layers/seen.ts"
import { blocked, TelegramTest } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { untilDone } from "../../layers/untilDone.ts"
import {
  blocks,
  edits,
  ofKind,
  type Person,
  says,
  saysInGroup,
  somebody,
  someGroup,
  taps,
} from "../../layers/updates.ts"

type Updating = Effect.Effect<{ readonly update_id: number }>

/** What working one update costs, the queue's own writes apart. */
const costOf = Effect.fnUntraced(function* (update: Updating) {
  const { calls } = yield* Tables
  yield* receive(yield* update)
  const records = yield* nextBatch
  const before = { ...calls }
  assert.isEmpty(yield* untilDone(processBatch(records)))
  return { writes: calls.writes - before.writes, reads: calls.reads - before.reads }
})

/** Somebody whose every step this container has sent before: it knows the file ids. */
const warm = Effect.gen(function* () {
  const other = somebody()
  yield* tell(says(other, "/start"), taps(other, "play_audio"), taps(other, "finish"))
  const telegram = yield* TelegramTest
  telegram.calls.length = 0
})

interface Row {
  readonly name: string
  readonly before: ReadonlyArray<(ana: Person) => Effect.Effect<object>>
  readonly update: (ana: Person) => Updating
  readonly writes: number
  readonly reads: number
}

const started = [(ana: Person) => says(ana, "/start")]
const greeted = [...started, (ana: Person) => taps(ana, "play_audio")]
const done = [...greeted, (ana: Person) => taps(ana, "finish")]
const restarted = [...done, (ana: Person) => says(ana, "/restart")]

/**
 * Begin, claim, commit and finish are four; the counter is one more, and so is the session where a run starts or ends. A
 * code that the container has not seen that day is another.
 */
const table: ReadonlyArray<Row> = [
  { name: "/start of somebody new", before: [], update: (ana) => says(ana, "/start"), writes: 6, reads: 1 },
  {
    name: "/start again, after /restart",
    before: restarted,
    update: (ana) => says(ana, "/start x"),
    writes: 7,
    reads: 0,
  },
  {
    name: "/start by a stored link",
    before: restarted,
    update: (ana) => says(ana, "/start l_abcdEFGH0123-_xy"),
    writes: 7,
    reads: 1,
  },
  { name: "watch_video", before: restarted, update: (ana) => taps(ana, "watch_video"), writes: 6, reads: 0 },
  { name: "play_audio", before: started, update: (ana) => taps(ana, "play_audio"), writes: 5, reads: 0 },
  { name: "finish", before: greeted, update: (ana) => taps(ana, "finish"), writes: 6, reads: 0 },
  { name: "/restart half-way", before: greeted, update: (ana) => says(ana, "/restart"), writes: 6, reads: 0 },
  { name: "/restart", before: done, update: (ana) => says(ana, "/restart"), writes: 5, reads: 0 },
  { name: "the video again", before: done, update: (ana) => taps(ana, "watch_video"), writes: 4, reads: 0 },
  { name: "the greeting again", before: done, update: (ana) => taps(ana, "play_audio"), writes: 4, reads: 0 },
  { name: "the toast", before: done, update: (ana) => taps(ana, "finish"), writes: 4, reads: 0 },
  { name: "/menu", before: done, update: (ana) => says(ana, "/menu"), writes: 4, reads: 0 },
  { name: "/help", before: done, update: (ana) => says(ana, "/help"), writes: 4, reads: 0 },
  { name: "a choice of language", before: done, update: (ana) => taps(ana, "language:en"), writes: 4, reads: 0 },
  { name: "a text", before: started, update: (ana) => says(ana, "hello"), writes: 4, reads: 0 },
  { name: "an edit", before: started, update: (ana) => edits(ana, "hello"), writes: 4, reads: 0 },
  { name: "a block", before: started, update: (ana) => blocks(ana), writes: 4, reads: 0 },
  { name: "/start in a group", before: [], update: inSomeGroup, writes: 4, reads: 0 },
  { name: "an unused kind", before: [], update: () => ofKind("poll"), writes: 2, reads: 0 },
]

function inSomeGroup(ana: Person) {
  return saysInGroup(ana, someGroup(), "/start@concierge_test_bot")
}

describe("in a warm container", () => {
  it.effect.each(table)("$name: $writes writes, $reads reads", ({ before, reads, update, writes }) =>
    Effect.gen(function* () {
      yield* warm
      const ana = somebody()
      yield* tell(...before.map((each) => each(ana)))
      const worked = yield* update(ana)
      assert.deepStrictEqual(yield* costOf(Effect.succeed(worked)), { writes, reads })
      assert.isDefined(yield* outcomeOf(worked))
      assert.isAtMost(writes, 7)
    }).pipe(inWorld),
  )

  it.effect("a duplicate: begin, claim and release", () =>
    Effect.gen(function* () {
      yield* warm
      const start = yield* says(somebody(), "/start")
      yield* tell(Effect.succeed(start))
      assert.deepStrictEqual(yield* costOf(Effect.succeed(start)), { writes: 3, reads: 0 })
    }).pipe(inWorld),
  )

  it.effect("a refused send costs no more than one that is taken", () =>
    Effect.gen(function* () {
      yield* warm
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const telegram = yield* TelegramTest
      telegram.script.push(blocked)
      assert.deepStrictEqual(yield* costOf(taps(ana, "play_audio")), { writes: 4, reads: 0 })
    }).pipe(inWorld),
  )
})

describe("in a cold container", () => {
  it.effect("a step with a file costs one read more, and no write", () =>
    Effect.gen(function* () {
      yield* warm
      const ana = somebody()
      const first = yield* inAnotherContainer(costOf(says(ana, "/start")))
      assert.deepStrictEqual(first, { writes: 6, reads: 2 })
      yield* drain
      assert.deepStrictEqual(yield* inAnotherContainer(costOf(taps(ana, "play_audio"))), { writes: 5, reads: 1 })
    }).pipe(inWorld),
  )

  it.effect(
    "the very first send of a file costs its remembering, and a worker's first a look at the pace of messages and of the voice",
    () =>
      Effect.gen(function* () {
        const ana = somebody()
        assert.deepStrictEqual(yield* costOf(says(ana, "/start")), { writes: 7, reads: 3 })
        yield* TestClock.adjust("1 second")
        assert.deepStrictEqual(yield* costOf(taps(ana, "play_audio")), { writes: 6, reads: 2 })
      }).pipe(inWorld),
  )
})
