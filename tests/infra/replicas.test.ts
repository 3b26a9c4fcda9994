import { assert, describe, it } from "@effect/vitest"
import { all, dev, full, inputs, one, prod, recovered, restored } from "./stages.ts"
import { actions, statementsOf } from "./statements.ts"

describe("replicas", () => {
  it("copy every table and bucket to the second region, under that region's key", () => {
    const key = "arn:aws:kms:eu-central-1:123456789012:ReplicaKey"
    assert.strictEqual(one(full, "aws", "ReplicaRegion").inputs.region, "eu-west-1")
    assert.strictEqual(one(full, "Key", "ReplicaKey").options?.provider, "ReplicaRegion")
    for (const { inputs, name } of all(full, "Table")) {
      assert.containSubset(
        inputs,
        {
          streamEnabled: true,
          streamViewType: "NEW_AND_OLD_IMAGES",
          replicas: [{ regionName: "eu-west-1", kmsKeyArn: key, pointInTimeRecovery: true }],
        },
        name,
      )
    }
    for (const name of ["MediaBucket", "GreetingsBucket"]) {
      assert.strictEqual(one(full, "Bucket", `${name}ReplicaBucket`).options?.provider, "ReplicaRegion")
      assert.containSubset(inputs(full, "BucketReplicationConfig", `${name}Replication`).rules, [
        {
          status: "Enabled",
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
          destination: {
            bucket: `arn:aws:s3:::${name}ReplicaBucket`,
            encryptionConfiguration: { replicaKmsKeyId: key },
          },
        },
      ])
    }
  })

  it("have a role for the job that copies what the buckets held before", () => {
    const role = one(full, "Role", "BackfillRole")
    assert.deepStrictEqual(
      statementsOf(role).map((statement) => [actions(statement), statement.Resource]),
      [
        [
          ["s3:GetReplicationConfiguration", "s3:PutInventoryConfiguration"],
          ["arn:aws:s3:::MediaBucketBucket", "arn:aws:s3:::GreetingsBucketBucket"],
        ],
        [["s3:InitiateReplication"], ["arn:aws:s3:::MediaBucketBucket/*", "arn:aws:s3:::GreetingsBucketBucket/*"]],
      ],
    )
    assert.strictEqual(full.outputs.backfillRole, "arn:aws:iam::123456789012:role/BackfillRole")
    assert.isEmpty(all(prod, "Role").filter(({ name }) => name === "BackfillRole"))
  })

  it("keep no expired greeting alive as an old version", () => {
    for (const name of ["GreetingsBucketLifecycle", "GreetingsBucketReplicaLifecycle"]) {
      assert.containSubset(inputs(full, "BucketLifecycleConfiguration", name).rules, [
        { id: "greetings", expiration: { days: 365 } },
        { id: "old-versions", noncurrentVersionExpiration: { noncurrentDays: 1 } },
      ])
    }
  })

  it("are off by default", () => {
    for (const plan of [dev, prod]) {
      assert.isEmpty(all(plan, "BucketReplicationConfig"))
      for (const { inputs } of all(plan, "Table")) assert.notProperty(inputs, "replicas")
    }
  })
})

describe("a stage that takes over", () => {
  it("works on the copies, and neither makes nor owns a table or bucket", () => {
    assert.isEmpty([...all(recovered, "Table"), ...all(recovered, "Bucket")])
    const may = statementsOf(one(recovered, "Role", "WorkerRole"))
    const resources = may.flatMap(({ Resource }) => Resource ?? [])
    assert.includeMembers(resources, [
      "arn:aws:dynamodb:eu-west-1:123456789012:copied-users",
      "arn:aws:dynamodb:eu-west-1:123456789012:copied-events/index/UserIdIndex",
      "arn:aws:s3:::copied-media/media/*",
      "arn:aws:kms:eu-west-1:123456789012:key/copies",
    ])
    assert.notInclude(resources, "arn:aws:kms:eu-west-1:123456789012:DataKey")
    for (const statement of may) for (const action of actions(statement)) assert.notInclude(action, "*")
  })

  it("has everything else of its own: queue, functions, edge, alarms", () => {
    for (const kind of ["Queue", "Function", "Distribution", "WebAcl", "MetricAlarm", "TopicSubscription"]) {
      assert.lengthOf(all(recovered, kind), all(prod, kind).length, kind)
    }
  })
})

describe("a stage on tables that were restored to a moment", () => {
  it("works on them, makes none, and keeps its buckets, its key and everything else", () => {
    assert.isEmpty(all(restored, "Table"))
    const resources = statementsOf(one(restored, "Role", "WorkerRole")).flatMap(({ Resource }) => Resource ?? [])
    for (const name of ["users", "sessions", "events", "settings"]) {
      assert.isTrue(
        resources.some((arn) => arn.endsWith(`restored-${name}`)),
        `${name}: ${resources.join(" ")}`,
      )
    }
    for (const kind of ["Bucket", "Key", "Queue", "Function", "MetricAlarm"]) {
      assert.sameMembers(
        all(restored, kind).map(({ name }) => name),
        all(prod, kind).map(({ name }) => name),
      )
    }
    assert.deepInclude(restored.outputs, { usersTable: "restored-users", settingsTable: "restored-settings" })
  })
})
