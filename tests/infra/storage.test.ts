import { assert, describe, it } from "@effect/vitest"
import { all, at, both, dev, full, inputs, one, prod } from "./stages.ts"

describe("tables", () => {
  for (const plan of both) {
    const permanent = plan === prod
    it(`${plan.stage}: on demand, recoverable to a point in time, encrypted, ${permanent ? "kept" : "removed with it"}`, () => {
      assert.lengthOf(all(plan, "Table"), 4)
      for (const table of all(plan, "Table")) {
        assert.containSubset(table.inputs, {
          billingMode: "PAY_PER_REQUEST",
          pointInTimeRecovery: { enabled: true },
          deletionProtectionEnabled: permanent,
          serverSideEncryption: { enabled: true, kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:DataKey" },
        })
        assert.strictEqual(table.options?.retainOnDelete ?? false, permanent)
      }
    })

    it(`${plan.stage}: keys, indexes and expiry as the stores use them`, () => {
      const shape = (name: string) => {
        const { hashKey, globalSecondaryIndexes, ttl } = inputs(plan, "Table", `${name}Table`)
        return { hashKey, indexes: globalSecondaryIndexes, expiry: at(ttl, "attributeName") }
      }
      const byUser = { name: "UserIdIndex", hashKey: "userId", projectionType: "KEYS_ONLY" }
      assert.deepStrictEqual(shape("UsersTable"), { hashKey: "userId", indexes: [], expiry: undefined })
      assert.deepStrictEqual(shape("SettingsTable"), { hashKey: "key", indexes: [], expiry: "expiresAt" })
      assert.deepStrictEqual(shape("SessionsTable"), { hashKey: "sessionId", indexes: [byUser], expiry: "expiresAt" })
      assert.deepStrictEqual(shape("EventsTable"), {
        hashKey: "eventId",
        indexes: [{ ...byUser, rangeKey: "timestamp" }],
        expiry: "expiresAt",
      })
    })
  }
})

describe("backups", () => {
  it("are made of all four tables each night where a stage says for how long, and outlive it", () => {
    assert.containSubset(inputs(full, "Plan", "BackupPlan").rules, [
      { targetVaultName: "concierge-staging", schedule: "cron(0 2 * * ? *)", lifecycle: { deleteAfter: 90 } },
    ])
    assert.lengthOf(inputs(full, "Selection", "BackupSelection").resources as ReadonlyArray<string>, 4)
    assert.isTrue(one(full, "Vault", "BackupVault").options?.retainOnDelete)
    assert.isEmpty([...all(prod, "Vault"), ...all(dev, "Vault")])
  })
})

describe("buckets", () => {
  for (const plan of both) {
    const permanent = plan === prod
    for (const name of ["MediaBucket", "GreetingsBucket"]) {
      it(`${plan.stage} ${name}: private, TLS only, encrypted with a bucket key, no other origin`, () => {
        assert.containSubset(inputs(plan, "BucketPublicAccessBlock", `${name}PublicAccessBlock`), {
          blockPublicAcls: true,
          blockPublicPolicy: true,
          ignorePublicAcls: true,
          restrictPublicBuckets: true,
        })
        assert.include(String(inputs(plan, "BucketPolicy", `${name}Policy`).policy), '"aws:SecureTransport":["false"]')
        assert.containSubset(inputs(plan, "BucketServerSideEncryptionConfiguration", `${name}Encryption`).rules, [
          {
            bucketKeyEnabled: true,
            applyServerSideEncryptionByDefault: {
              sseAlgorithm: "aws:kms",
              kmsMasterKeyId: "arn:aws:kms:eu-central-1:123456789012:DataKey",
            },
          },
        ])
        assert.isEmpty(all(plan, "BucketCorsConfiguration"))
        const bucket = one(plan, "Bucket", `${name}Bucket`)
        assert.strictEqual(bucket.inputs.forceDestroy, !permanent)
        assert.strictEqual(bucket.options?.retainOnDelete ?? false, permanent)
      })
    }

    it(`${plan.stage}: media keep their versions, greetings move after 30 days and go after a year`, () => {
      assert.deepStrictEqual(
        all(plan, "BucketVersioning").map(({ name }) => name),
        ["MediaBucketVersioning"],
      )
      assert.containSubset(inputs(plan, "BucketLifecycleConfiguration", "GreetingsBucketLifecycle").rules, [
        {
          filter: { prefix: "tts/" },
          transitions: [{ days: 30, storageClass: "STANDARD_IA" }],
          expiration: { days: 365 },
        },
      ])
    })
  }
})

describe("keys", () => {
  it("rotate, and wait longer for their deletion on a permanent stage", () => {
    for (const plan of [...both, full]) {
      for (const key of all(plan, "Key")) {
        assert.containSubset(key.inputs, { enableKeyRotation: true, deletionWindowInDays: plan === dev ? 7 : 30 })
      }
    }
  })

  it("of data are kept with a permanent stage and go with a personal one", () => {
    for (const name of ["DataKey", "QueueKey"]) {
      assert.deepStrictEqual(one(prod, "Key", name).options, { protect: true, retainOnDelete: true })
      assert.isUndefined(one(dev, "Key", name).options)
    }
    assert.isTrue(one(full, "Key", "ReplicaKey").options?.retainOnDelete)
  })

  it("of queues too, and the queues with what they hold", () => {
    for (const name of ["UpdateQueueQueue", "TapQueueQueue", "DeadLettersQueue"]) {
      assert.isTrue(one(prod, "Queue", name).options?.retainOnDelete)
      assert.isUndefined(one(dev, "Queue", name).options)
    }
  })
})
