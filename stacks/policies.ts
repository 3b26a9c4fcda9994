/** CloudWatch's alarms and Budgets, of this account only. */
export const publishers = (actions: Array<string>, resources: Array<$util.Input<string>>) => {
  const { accountId } = aws.getCallerIdentityOutput()
  return ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"].map((service) => ({
    principals: [{ type: "Service", identifiers: [service] }],
    actions,
    resources,
    conditions: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [accountId] }],
  }))
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
