import { backfillRole } from "./backfillRole.ts"
import type { Keys } from "./keys.ts"
import { abandonedUploadDays, greetings as greetingLimits, media as mediaLimits } from "./limits.ts"
import { type Replica, replicateBucket } from "./replicas.ts"
import type { Stage } from "./stage.ts"

type Rule = aws.types.input.s3.BucketLifecycleConfigurationRule

const forgetAbandonedUploads: Rule = {
  id: "abandoned-uploads",
  status: "Enabled",
  filter: {},
  abortIncompleteMultipartUpload: { daysAfterInitiation: abandonedUploadDays },
}

const oldVersions = (days: number): Rule => ({
  id: "old-versions",
  status: "Enabled",
  filter: {},
  noncurrentVersionExpiration: { noncurrentDays: days },
  expiration: { expiredObjectDeleteMarker: true },
})

const mediaRules = [forgetAbandonedUploads, oldVersions(mediaLimits.oldVersionDays)]

const greetingRules: Array<Rule> = [
  forgetAbandonedUploads,
  {
    id: "greetings",
    status: "Enabled",
    filter: { prefix: "tts/" },
    transitions: [{ days: greetingLimits.infrequentAfterDays, storageClass: "STANDARD_IA" }],
    expiration: { days: greetingLimits.expireAfterDays },
  },
]

export const mediaAndGreetings = (stage: Stage, keys: Keys, replica: Replica | undefined) => {
  const media = bucket(stage, "MediaBucket", keys.data, { versioned: true, rules: mediaRules })
  // Replication needs versions; without a replica the greetings have none.
  const greetings = bucket(stage, "GreetingsBucket", keys.data, {
    versioned: replica !== undefined,
    rules: replica ? [...greetingRules, oldVersions(greetingLimits.oldVersionDays)] : greetingRules,
  })
  if (replica === undefined) return { media, greetings, copies: undefined }
  const copies = {
    media: replicateBucket("MediaBucket", media, keys.data, replica, (name, key, provider) =>
      bucket(stage, name, key, { versioned: true, rules: mediaRules, provider }),
    ),
    greetings: replicateBucket("GreetingsBucket", greetings, keys.data, replica, (name, key, provider) =>
      bucket(stage, name, key, {
        versioned: true,
        rules: [...greetingRules, oldVersions(greetingLimits.oldVersionDays)],
        provider,
      }),
    ),
  }
  return { media, greetings, copies: { ...copies, backfill: backfillRole([media, greetings]).arn } }
}

interface BucketOptions {
  readonly versioned: boolean
  readonly rules: ReadonlyArray<Rule>
  readonly provider?: aws.Provider
}

/** Private and TLS only are SST's defaults; encryption with our key, and no cross-origin access, are not. */
const bucket = (stage: Stage, name: string, key: aws.kms.Key, { versioned, rules, provider }: BucketOptions) => {
  const opts = provider ? { provider } : {}
  const created = new sst.aws.Bucket(
    name,
    {
      versioning: versioned,
      cors: false,
      transform: { bucket: { forceDestroy: !stage.permanent } },
    },
    opts,
  )
  new aws.s3.BucketServerSideEncryptionConfiguration(
    `${name}Encryption`,
    {
      bucket: created.name,
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
          // One call to KMS a bucket and period instead of one an object.
          bucketKeyEnabled: true,
        },
      ],
    },
    opts,
  )
  new aws.s3.BucketLifecycleConfiguration(`${name}Lifecycle`, { bucket: created.name, rules: [...rules] }, opts)
  return created
}
