import { rotatingKey } from "./keys.ts"
import type { Stage } from "./stage.ts"
import { stageTags } from "./stageTags.ts"

export type Replica = NonNullable<ReturnType<typeof replicaKey>>

/** The second region of a stage that has one: for recovery by hand (docs/deploy.md), never written to by the programs. */
export const replicaKey = (stage: Stage) => {
  if (stage.replicaRegion === undefined) return undefined
  const region = stage.replicaRegion
  const provider = new aws.Provider("ReplicaRegion", { region: region as aws.Region, defaultTags: stageTags() })
  // Kept but not protected: the option may be taken back, and a protected key would stop that deploy.
  const opts = { provider, retainOnDelete: stage.permanent }
  return { region, provider, key: rotatingKey(stage, "ReplicaKey", "replicas of tables and buckets", {}, opts) }
}

/** Copies every object of `source` to a bucket of its own in the second region, encrypted with that region's key. */
export const replicateBucket = (
  name: string,
  source: sst.aws.Bucket,
  sourceKey: aws.kms.Key,
  { provider, key }: Replica,
  createReplica: (name: string, key: aws.kms.Key, provider: aws.Provider) => sst.aws.Bucket,
) => {
  const target = createReplica(`${name}Replica`, key, provider)
  const role = new aws.iam.Role(`${name}ReplicationRole`, {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "s3.amazonaws.com" }),
    inlinePolicies: [{ name: "replicate", policy: replicationPolicy(source, sourceKey, target, key) }],
  })
  const rule = {
    id: "recovery",
    status: "Enabled",
    filter: {},
    // A greeting deleted here must not be kept there.
    deleteMarkerReplication: { status: "Enabled" },
    sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
    destination: { bucket: target.arn, encryptionConfiguration: { replicaKmsKeyId: key.arn } },
  }
  new aws.s3.BucketReplicationConfig(
    `${name}Replication`,
    { bucket: source.name, role: role.arn, rules: [rule] },
    // S3 refuses it before both buckets have versions.
    { dependsOn: [source, target] },
  )
  return target
}

const replicationPolicy = (
  source: sst.aws.Bucket,
  sourceKey: aws.kms.Key,
  target: sst.aws.Bucket,
  targetKey: aws.kms.Key,
) =>
  aws.iam.getPolicyDocumentOutput({
    statements: [
      { actions: ["s3:GetReplicationConfiguration", "s3:ListBucket"], resources: [source.arn] },
      {
        actions: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
        resources: [$interpolate`${source.arn}/*`],
      },
      {
        actions: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
        resources: [$interpolate`${target.arn}/*`],
      },
      { actions: ["kms:Decrypt"], resources: [sourceKey.arn] },
      { actions: ["kms:Encrypt", "kms:GenerateDataKey"], resources: [targetKey.arn] },
    ],
  }).json
