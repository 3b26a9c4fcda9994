import type { DatabaseSync, SQLInputValue, SQLOutputValue } from "node:sqlite"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { open, transaction } from "../sqlite.ts"
import { type Commit, type GroupCommit, groupCommit } from "./groupCommit.ts"
import { roomOn } from "./roomOn.ts"
import { attempt } from "./rows.ts"
import { upgrade } from "./upgrade.ts"

export type Row = Record<string, SQLOutputValue>

export interface Statement {
  /** Changes rows; gives those that `RETURNING` names. */
  readonly write: (...values: ReadonlyArray<SQLInputValue>) => ReadonlyArray<Row>
  readonly read: (...values: ReadonlyArray<SQLInputValue>) => ReadonlyArray<Row>
}

/** 64 MiB: what is in hand, the log of SQLite and its checkpoint fit into it many times. */
export const defaultReserve = 64 * 1024 * 1024

/** The bot's own tables in one SQLite file, and how often they were written and read. */
export class Tables extends Context.Service<
  Tables,
  {
    readonly sqlite: DatabaseSync
    readonly prepare: (sql: string) => Statement
    /** For whatever changes rows, one statement or several. */
    readonly commit: Commit
    /** Waits for the next slice of work: whoever begins much at once begins each with it. */
    readonly turn: Effect.Effect<void>
    readonly calls: { writes: number; reads: number }
    /** False when the disk is nearly full: nothing new is to be begun, so that what has begun can end. */
    readonly hasRoom: () => boolean
  }
>()("@concierge/local/store/Tables") {}

/** `:memory:` gives private tables that go with the layer; `reserve`: bytes of the disk that are kept free. */
export const layer = (path: string, reserve = defaultReserve): Layer.Layer<Tables> =>
  Layer.effect(
    Tables,
    Effect.map(open(path, schema), (sqlite) => {
      upgrade(sqlite)
      const calls = { writes: 0, reads: 0 }
      const prepare = (sql: string): Statement => {
        const statement = sqlite.prepare(sql)
        return {
          write: (...values) => {
            calls.writes += 1
            return statement.all(...values)
          },
          read: (...values) => {
            calls.reads += 1
            return statement.all(...values)
          },
        }
      }
      // In memory there is no disk to wait for; tests then need no real turn of the event loop.
      const { commit, turn }: GroupCommit =
        path === ":memory:"
          ? { commit: (write) => attempt(() => transaction(sqlite, write)), turn: Effect.void }
          : groupCommit(sqlite)
      return Tables.of({ sqlite, prepare, commit, turn, calls, hasRoom: roomOn(path, reserve) })
    }),
  )

/** Of a message on the queue: whether it goes with the taps (`isOfTaps`), whichever version has written it. */
export const isOfTapsRow = "(attributes ->> 'kind' IN ('callback_query', 'my_chat_member'))"

/**
 * Items are kept whole as JSON, as DynamoDB keeps them; beside them stands only what is searched for. AUTOINCREMENT
 * gives no message the id of one that is gone: a late acknowledgement would delete it unworked.
 */
const schema = `
  CREATE TABLE IF NOT EXISTS users (userId TEXT PRIMARY KEY, item TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS events (
    eventId TEXT PRIMARY KEY, userId TEXT, timestamp TEXT NOT NULL, outcome TEXT, expiresAt INTEGER NOT NULL,
    item TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS eventsOfUser ON events (userId, timestamp) WHERE userId IS NOT NULL;
  CREATE INDEX IF NOT EXISTS eventsByOutcome ON events (outcome);
  CREATE INDEX IF NOT EXISTS eventsByExpiry ON events (expiresAt);
  CREATE TABLE IF NOT EXISTS sessions (
    sessionId TEXT PRIMARY KEY, userId TEXT NOT NULL, expiresAt INTEGER NOT NULL, item TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS sessionsOfUser ON sessions (userId);
  CREATE TABLE IF NOT EXISTS settings (key TEXT PRIMARY KEY, expiresAt INTEGER, item TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS queue (
    id INTEGER PRIMARY KEY AUTOINCREMENT, updateId INTEGER NOT NULL, grp TEXT NOT NULL, body TEXT NOT NULL, attributes TEXT NOT NULL,
    visibleAt INTEGER NOT NULL, receives INTEGER NOT NULL DEFAULT 0, dead INTEGER NOT NULL DEFAULT 0
  );
  DROP INDEX IF EXISTS queueByTime;
  DROP INDEX IF EXISTS queueByLane;
  CREATE INDEX IF NOT EXISTS queueTapsFirst ON queue (${isOfTapsRow}, visibleAt, id) WHERE dead = 0;
  CREATE INDEX IF NOT EXISTS queueDead ON queue (id) WHERE dead = 1;
  CREATE INDEX IF NOT EXISTS sessionsByExpiry ON sessions (expiresAt);
  CREATE INDEX IF NOT EXISTS settingsByExpiry ON settings (expiresAt) WHERE expiresAt IS NOT NULL;
  CREATE TABLE IF NOT EXISTS accepted (updateId INTEGER PRIMARY KEY, at INTEGER NOT NULL);
`
