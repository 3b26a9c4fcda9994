import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Database from "../../packages/local/telegram/Database.ts"
import { Options } from "../../packages/local/telegram/Options.ts"
import { tidy } from "../../packages/local/telegram/tidy.ts"
import { options } from "../fixtures/telegram/bot.ts"
import { untilDone } from "../layers/untilDone.ts"

const layer = Layer.provide(Database.layer, Layer.succeed(Options, options))

describe("what the stand-in keeps", () => {
  it.effect(
    "is bounded: of messages, taps, voices, people and topics the oldest go, and nobody who blocked the bot",
    () =>
      Effect.gen(function* () {
        const { sqlite } = yield* Database.Database
        const insert = (sql: string, rows: number) => {
          const statement = sqlite.prepare(sql)
          for (let i = 1; i <= rows; i++) statement.run(i)
        }
        insert("INSERT INTO messages (message_id, chat_id, from_bot, json) VALUES (?1, ?1, ?1 % 2, '{}')", 1_200)
        insert("INSERT INTO taps (id, chat_id, data, at) VALUES ('tap' || ?1, 1, 'x', ?1 - 90000000)", 700)
        insert("INSERT INTO files VALUES ('v' || ?1, 'u' || ?1, 'voice', 'v' || ?1, '{}', x'00')", 30)
        insert("INSERT INTO files VALUES ('m' || ?1, 'n' || ?1, 'video', 'm' || ?1, '{}', x'00')", 2)
        insert("INSERT INTO people VALUES (?1, '{}')", 1_200)
        insert("INSERT INTO chats VALUES (?1, '{}', ?1 > 1)", 1_200)
        insert("INSERT INTO topics VALUES (CASE WHEN ?1 <= 600 THEN -?1 ELSE 1 END, ?1, 0)", 1_200)
        yield* untilDone(tidy({ messages: 100, people: 150, voices: 10 }))
        const of = (what: string) => Object.values(sqlite.prepare(`SELECT ${what}`).get() ?? {})
        assert.deepStrictEqual(of("min(message_id), count(*) FROM messages"), [1_101, 100])
        assert.deepStrictEqual(of("json FROM settings WHERE name = 'sentBefore'"), ["550"])
        assert.deepStrictEqual(of("count(*) FROM taps"), [0])
        assert.deepStrictEqual(of("count(*) FROM files WHERE kind = 'voice'"), [10])
        assert.deepStrictEqual(of("count(*) FROM files WHERE kind = 'video'"), [2])
        assert.deepStrictEqual(of("count(*) FROM chats"), [150])
        assert.deepStrictEqual(of("count(*) FROM chats WHERE member = 0"), [1])
        assert.deepStrictEqual(of("count(*) FROM people"), [150])
        // Those of chats that are gone, then the oldest.
        assert.deepStrictEqual(of("min(topic), count(*) FROM topics"), [1_051, 150])
      }).pipe(Effect.provide(layer)),
  )
})
