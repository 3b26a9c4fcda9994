import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { Database } from "./Database.ts"

export interface Bounds {
  /** Of all chats together. Telegram keeps them for ever; here nobody scrolls so far. */
  readonly messages: number
  /** Of people and of chats, of which nothing is left to read; and of topics, of which the oldest go. */
  readonly people: number
  /** Voices: each name's is a file of its own, and what a bot's other files are, its brand says. */
  readonly voices: number
}

/** About 100 MB. */
export const bounds: Bounds = { messages: 100_000, people: 100_000, voices: 1_000 }

/** Telegram forgets a tap within minutes. */
const tapLife = Duration.days(1)

const bite = 500
const pause = Duration.millis(20)

/** Deletes what is over the bounds, the oldest first, in bites between which calls are answered; then gives space back. */
export const tidy = Effect.fnUntraced(function* ({ messages, people, voices }: Bounds) {
  const { sqlite, transact } = yield* Database
  const now = yield* Clock.currentTimeMillis
  const all = (statement: string, ...values: ReadonlyArray<number>) =>
    Effect.gen(function* () {
      const remove = sqlite.prepare(statement)
      while (transact(() => Number(remove.run(...values).changes)) > 0) yield* Effect.sleep(pause)
    })
  const first = Number(
    sqlite.prepare("SELECT message_id FROM messages ORDER BY message_id DESC LIMIT 1 OFFSET ?").get(messages)
      ?.message_id ?? 0,
  )
  // How many were sent is told still when they are gone.
  const gone = sqlite.prepare(
    `SELECT count(*) AS n FROM (SELECT from_bot FROM messages WHERE message_id <= ? ORDER BY message_id LIMIT ${bite}) WHERE from_bot = 1`,
  )
  const remember = sqlite.prepare(
    "INSERT INTO settings (name, json) VALUES ('sentBefore', ?1) ON CONFLICT DO UPDATE SET json = CAST(json AS INTEGER) + ?1",
  )
  const remove = sqlite.prepare(
    `DELETE FROM messages WHERE message_id IN (SELECT message_id FROM messages WHERE message_id <= ? ORDER BY message_id LIMIT ${bite})`,
  )
  const next = () => {
    remember.run(String(gone.get(first)?.n ?? 0))
    return Number(remove.run(first).changes)
  }
  while (first > 0 && transact(next) > 0) yield* Effect.sleep(pause)
  yield* all(
    `DELETE FROM taps WHERE id IN (SELECT id FROM taps WHERE at < ? LIMIT ${bite})`,
    now - Duration.toMillis(tapLife),
  )
  yield* all(
    `DELETE FROM files WHERE rowid IN (SELECT rowid FROM files WHERE kind = 'voice' AND rowid <=
       (SELECT rowid FROM files WHERE kind = 'voice' ORDER BY rowid DESC LIMIT 1 OFFSET ?) LIMIT ${bite})`,
    voices,
  )
  // Somebody of whom there are messages, or who has blocked the bot, is not forgotten.
  yield* all(
    `DELETE FROM chats WHERE id IN (SELECT id FROM chats WHERE member = 1
       AND NOT EXISTS (SELECT 1 FROM messages WHERE chat_id = chats.id) LIMIT min(${bite}, max(0, (SELECT count(*) FROM chats) - ?)))`,
    people,
  )
  yield* all(
    `DELETE FROM topics WHERE (chat_id, topic) IN (SELECT chat_id, topic FROM topics
       WHERE chat_id NOT IN (SELECT id FROM chats) LIMIT ${bite})`,
  )
  yield* all(
    `DELETE FROM topics WHERE (chat_id, topic) IN (SELECT chat_id, topic FROM topics
       ORDER BY topic LIMIT min(${bite}, max(0, (SELECT count(*) FROM topics) - ?)))`,
    people,
  )
  yield* all(
    `DELETE FROM people WHERE id IN (SELECT id FROM people WHERE id NOT IN (SELECT id FROM chats)
       LIMIT min(${bite}, max(0, (SELECT count(*) FROM people) - ?)))`,
    people,
  )
  sqlite.exec("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)")
})
