import { mediaAndGreetings } from "./buckets.ts"
import type { Keys } from "./keys.ts"
import { replicaKey } from "./replicas.ts"
import type { Stage } from "./stage.ts"

export type Storage = ReturnType<typeof storage>

export const storage = (stage: Stage, keys: Keys) => {
  const replica = replicaKey(stage)
  const table = (name: string, args: Omit<sst.aws.DynamoArgs, "deletionProtection" | "transform">) =>
    new sst.aws.Dynamo(name, {
      ...args,
      deletionProtection: stage.permanent,
      transform: {
        table: (table) => {
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

  return {
    ...mediaAndGreetings(stage, keys, replica),
    users: table("UsersTable", { fields: { userId: "string" }, primaryIndex: { hashKey: "userId" } }),
    sessions: table("SessionsTable", {
      fields: { sessionId: "string", userId: "string" },
      primaryIndex: { hashKey: "sessionId" },
      globalIndexes: { UserIdIndex: { hashKey: "userId" } },
      ttl: "expiresAt",
    }),
    events: table("EventsTable", {
      fields: { eventId: "string", userId: "string", timestamp: "string" },
      primaryIndex: { hashKey: "eventId" },
      globalIndexes: { UserIdIndex: { hashKey: "userId", rangeKey: "timestamp" } },
      ttl: "expiresAt",
    }),
    settings: table("SettingsTable", { fields: { key: "string" }, primaryIndex: { hashKey: "key" }, ttl: "expiresAt" }),
  }
}
