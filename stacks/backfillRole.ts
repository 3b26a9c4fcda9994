/**
 * Replication copies what is written from then on. For what a bucket held before, S3 has a job (docs/deploy.md, "Copies
 * of what was there before"), and this is the role that it works with.
 */
export const backfillRole = (sources: ReadonlyArray<sst.aws.Bucket>) => {
  const { accountId } = aws.getCallerIdentityOutput()
  const trust = aws.iam.getPolicyDocumentOutput({
    statements: [
      {
        principals: [{ type: "Service", identifiers: ["batchoperations.s3.amazonaws.com"] }],
        actions: ["sts:AssumeRole"],
        conditions: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [accountId] }],
      },
    ],
  })
  const policy = aws.iam.getPolicyDocumentOutput({
    statements: [
      {
        // The job lists what to copy by an inventory of its own.
        actions: ["s3:GetReplicationConfiguration", "s3:PutInventoryConfiguration"],
        resources: sources.map(({ arn }) => arn),
      },
      { actions: ["s3:InitiateReplication"], resources: sources.map(({ arn }) => $interpolate`${arn}/*`) },
    ],
  })
  return new aws.iam.Role("BackfillRole", {
    assumeRolePolicy: trust.json,
    inlinePolicies: [{ name: "replicate", policy: policy.json }],
  })
}
