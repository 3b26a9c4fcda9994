import { processBatch } from "@concierge/core/delivery/batch.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Tables } from "../../../packages/local/store/Tables.ts"
import { inAnotherContainer, nextBatch, receive, tell } from "../../layers/drive.ts"
import { MediaTest } from "../../layers/media.ts"
import { SpeechTest } from "../../layers/speech.ts"
import { TelegramTest } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { untilDone } from "../../layers/untilDone.ts"
import { type Person, says, somebody, taps } from "../../layers/updates.ts"

type Updating = Effect.Effect<{ readonly update_id: number }>

/** The requests that working one update makes: to DynamoDB, to S3 and Polly, to Telegram. */
const callsOf = Effect.fnUntraced(function* (update: Updating) {
  const [tables, telegram, media, speech] = [yield* Tables, yield* TelegramTest, yield* MediaTest, yield* SpeechTest]
  yield* receive(yield* update)
  const records = yield* nextBatch
  const items = tables.calls.reads + tables.calls.writes
  const before = [telegram.calls.length, media.asked.length, speech.asked.length] as const
  assert.isEmpty(yield* untilDone(processBatch(records)))
  return {
    dynamodb: tables.calls.reads + tables.calls.writes - items,
    telegram: telegram.calls.slice(before[0]).map(({ method }) => method),
    s3: media.asked.slice(before[1]).map(({ method }) => method),
    polly: speech.asked.length - before[2],
  }
})

/** This container has sent the video, and this person's name in a greeting, before. */
const warm = Effect.gen(function* () {
  const other = somebody()
  yield* tell(says(other, "/start"), taps(other, "play_audio"))
})

interface Row {
  readonly name: string
  readonly before: ReadonlyArray<(ana: Person) => Effect.Effect<object>>
  readonly update: (ana: Person) => Updating
  readonly dynamodb: number
  readonly telegram: ReadonlyArray<string>
}

const started = [(ana: Person) => says(ana, "/start")]
const greeted = [...started, (ana: Person) => taps(ana, "play_audio")]
const done = [...greeted, (ana: Person) => taps(ana, "finish")]
const send = (method: string) => [method]
const tap = (method: string) => [method, "answerCallback"]

/** As docs/performance.md has it. */
const table: ReadonlyArray<Row> = [
  { name: "/start", before: [], update: (ana) => says(ana, "/start"), dynamodb: 7, telegram: send("sendVideo") },
  {
    name: "play_audio",
    before: started,
    update: (ana) => taps(ana, "play_audio"),
    dynamodb: 5,
    telegram: tap("sendVoice"),
  },
  { name: "finish", before: greeted, update: (ana) => taps(ana, "finish"), dynamodb: 6, telegram: tap("sendMessage") },
  {
    name: "/restart",
    before: done,
    update: (ana) => says(ana, "/restart"),
    dynamodb: 5,
    telegram: send("sendMessage"),
  },
  { name: "/menu", before: done, update: (ana) => says(ana, "/menu"), dynamodb: 4, telegram: send("sendMessage") },
  { name: "the toast", before: done, update: (ana) => taps(ana, "finish"), dynamodb: 4, telegram: ["answerCallback"] },
  { name: "a text", before: started, update: (ana) => says(ana, "hello"), dynamodb: 4, telegram: send("sendMessage") },
]

describe("calls of a warm container", () => {
  it.effect.each(table)("$name: $dynamodb to DynamoDB, $telegram to Telegram, no other", (row) =>
    Effect.gen(function* () {
      yield* warm
      const ana = somebody()
      yield* tell(...row.before.map((each) => each(ana)))
      const calls = yield* callsOf(row.update(ana))
      const { dynamodb, telegram } = row
      assert.deepStrictEqual(
        { ...calls, telegram: calls.telegram.toSorted() },
        { dynamodb, telegram: telegram.toSorted(), s3: [], polly: 0 },
      )
    }).pipe(inWorld),
  )
})

describe("calls of a container that", () => {
  it.effect("nobody was greeted by: one to Polly, and the cache is asked and filled", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const { polly, s3 } = yield* callsOf(taps(ana, "play_audio"))
      assert.deepStrictEqual({ polly, s3 }, { polly: 1, s3: ["get", "put"] })
    }).pipe(inWorld),
  )

  it.effect("sends the first video of all: a link is signed, and only its size and length are read", () =>
    Effect.gen(function* () {
      const { polly, s3 } = yield* callsOf(says(somebody(), "/start"))
      assert.deepStrictEqual({ polly, s3 }, { polly: 0, s3: ["signedUrl", "get"] })
    }).pipe(inWorld),
  )

  it.effect("is new, of a bot that is not: the file's id is asked for, and that is all", () =>
    Effect.gen(function* () {
      yield* warm
      const ana = somebody()
      const start = yield* inAnotherContainer(callsOf(says(ana, "/start")))
      assert.deepStrictEqual(start, { dynamodb: 8, telegram: ["sendVideo"], s3: [], polly: 0 })
    }).pipe(inWorld),
  )
})
