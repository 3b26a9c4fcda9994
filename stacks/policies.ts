export type Publisher = "cloudwatch.amazonaws.com" | "budgets.amazonaws.com"

/** What a service may do on behalf of this account, and of no other. */
export const service = (publisher: Publisher, actions: Array<string>, resources: Array<$util.Input<string>>) => {
  const { accountId } = aws.getCallerIdentityOutput()
  return {
    principals: [{ type: "Service", identifiers: [publisher] }],
    actions,
    resources,
    conditions: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [accountId] }],
  }
}

/** CloudWatch Logs' own delivery service, which writes what WAF hands it. */
export const deliversLogs = (group: $util.Input<string>) => {
  const { accountId } = aws.getCallerIdentityOutput()
  return {
    principals: [{ type: "Service", identifiers: ["delivery.logs.amazonaws.com"] }],
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resources: [$interpolate`${group}:*`],
    conditions: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [accountId] }],
  }
}

/** Lets the account's administrators keep a key whose policy we write; without this nobody could change it again. */
export const administration = () => {
  const { partition } = aws.getPartitionOutput()
  const { accountId } = aws.getCallerIdentityOutput()
  return {
    principals: [{ type: "AWS", identifiers: [$interpolate`arn:${partition}:iam::${accountId}:root`] }],
    actions: [
      "kms:CancelKeyDeletion",
      "kms:CreateAlias",
      "kms:DeleteAlias",
      "kms:DescribeKey",
      "kms:DisableKey",
      "kms:EnableKey",
      "kms:EnableKeyRotation",
      "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus",
      "kms:ListResourceTags",
      "kms:PutKeyPolicy",
      "kms:ScheduleKeyDeletion",
      "kms:TagResource",
      "kms:UntagResource",
      "kms:UpdateAlias",
      "kms:UpdateKeyDescription",
    ],
    resources: ["*"],
  }
}
