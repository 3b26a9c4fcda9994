import { tables } from "./dynamodb/tables.ts"
import { buckets } from "./s3/buckets.ts"

/** What a stage's links say of its tables and buckets, as the stand-ins have them. */
export const storeLinks = {
  UsersTable: { name: tables.users },
  EventsTable: { name: tables.events },
  SessionsTable: { name: tables.sessions },
  SettingsTable: { name: tables.settings },
  MediaBucket: { name: buckets.mediaBucket },
  GreetingsBucket: { name: buckets.greetingsBucket },
}
