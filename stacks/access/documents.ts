/** An IAM policy document, as far as ours go. */
interface Document {
  readonly Version: "2012-10-17"
  readonly Statement: ReadonlyArray<Readonly<Record<string, unknown>>>
}

const issuer = "token.actions.githubusercontent.com"

export const providerArn = (account: string) => `arn:aws:iam::${account}:oidc-provider/${issuer}`
export const providerUrl = `https://${issuer}`
export const audience = "sts.amazonaws.com"

/** Trusts GitHub's word on runs with one of these subjects; `*` in one stands for anything. */
export const trust = (account: string, subjects: ReadonlyArray<string>): Document => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: providerArn(account) },
      Condition: {
        StringEquals: { [`${issuer}:aud`]: audience },
        StringLike: { [`${issuer}:sub`]: subjects },
      },
    },
  ],
})

/**
 * What `sst diff` reads: where SST keeps its state, the passphrase, and the state with the secrets. So whoever may push a
 * tag can read the bot's token; what they cannot is change anything, or read what people wrote.
 */
export const diffPolicy = (account: string): Document => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: ["ssm:GetParameter"],
      Resource: [`arn:aws:ssm:*:${account}:parameter/sst/*`],
    },
    {
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:ListBucket"],
      Resource: ["arn:aws:s3:::sst-state-*"],
      // A bucket's name says nothing of whose it is.
      Condition: { StringEquals: { "aws:ResourceAccount": account } },
    },
  ],
})

/** Lists and descriptions, no contents: what the provider looks up while it plans. */
export const viewOnly = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"

/** SST makes roles and keys, so less will not do for a deploy. */
export const administrator = "arn:aws:iam::aws:policy/AdministratorAccess"
