import type { Keys } from "./keys.ts"
import { tables as limits } from "./limits.ts"
import { mediaAndGreetings } from "./mediaAndGreetings.ts"
import type { Recovery, RestoredTables } from "./recovery.ts"
import { replicaKey } from "./replicas.ts"
import type { Stage } from "./stage.ts"

export type Storage = ReturnType<typeof created>

export const storage = (stage: Stage, keys: Keys): Storage =>
  stage.recovery ? adopted(stage.recovery) : created(stage, keys)

/** Tables as they are: deploying makes none of them, and removing takes none away. */
const adoptedTables = (names: RestoredTables) => ({
  users: sst.aws.Dynamo.get("UsersTable", names.users),
  sessions: sst.aws.Dynamo.get("SessionsTable", names.sessions),
  events: sst.aws.Dynamo.get("EventsTable", names.events),
  settings: sst.aws.Dynamo.get("SettingsTable", names.settings),
})

/** The copies of a lost stage. */
const adopted = (names: Recovery): Storage => ({
  key: $output(names.key),
  ...adoptedTables(names),
  media: sst.aws.Bucket.get("MediaBucket", names.media),
  greetings: sst.aws.Bucket.get("GreetingsBucket", names.greetings),
  recovery: undefined,
  backfill: undefined,
})

const created = (stage: Stage, keys: Keys) => {
  const replica = replicaKey(stage)
  const table = (name: string, args: Omit<sst.aws.DynamoArgs, "deletionProtection" | "transform">) =>
    new sst.aws.Dynamo(name, {
      ...args,
      deletionProtection: stage.permanent,
      transform: {
        table: (table) => {
          table.pointInTimeRecovery = { enabled: true, recoveryPeriodInDays: limits.recoveryDays }
          table.serverSideEncryption = { enabled: true, kmsKeyArn: keys.data.arn }
          if (replica === undefined) return undefined
          // A replica is fed by the table's stream.
          table.streamEnabled = true
          table.streamViewType = "NEW_AND_OLD_IMAGES"
          table.replicas = [
            {
              regionName: replica.region,
              kmsKeyArn: replica.key.arn,
              pointInTimeRecovery: true,
              deletionProtectionEnabled: stage.permanent,
              propagateTags: true,
            },
          ]
          return undefined
        },
      },
    })

  // An index of keys alone is written once an item; of whole items, with each change of it.
  const { media, greetings, copies } = mediaAndGreetings(stage, keys, replica)
  const made = () => ({
    users: table("UsersTable", { fields: { userId: "string" }, primaryIndex: { hashKey: "userId" } }),
    sessions: table("SessionsTable", {
      fields: { sessionId: "string", userId: "string" },
      primaryIndex: { hashKey: "sessionId" },
      globalIndexes: { UserIdIndex: { hashKey: "userId", projection: "keys-only" } },
      ttl: "expiresAt",
    }),
    events: table("EventsTable", {
      fields: { eventId: "string", userId: "string", timestamp: "string" },
      primaryIndex: { hashKey: "eventId" },
      globalIndexes: { UserIdIndex: { hashKey: "userId", rangeKey: "timestamp", projection: "keys-only" } },
      ttl: "expiresAt",
    }),
    settings: table("SettingsTable", {
      fields: { key: "string" },
      primaryIndex: { hashKey: "key" },
      ttl: "expiresAt",
    }),
  })
  // Those that were there before are retained, and keep their data.
  const tables = stage.tables ? adoptedTables(stage.tables) : made()
  const { events, sessions, settings, users } = tables
  return {
    key: keys.data.arn,
    users,
    sessions,
    events,
    settings,
    media,
    greetings,
    backfill: copies?.backfill,
    // A table's copy has the table's name; a bucket's has its own.
    recovery:
      replica &&
      copies &&
      $jsonStringify({
        region: replica.region,
        key: replica.key.arn,
        users: users.name,
        sessions: sessions.name,
        events: events.name,
        settings: settings.name,
        media: copies.media.name,
        greetings: copies.greetings.name,
      } satisfies Record<keyof Recovery, $util.Input<string>>),
  }
}
