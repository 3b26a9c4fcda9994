import { audience, providerArn, providerUrl } from "./documents.ts"
import { found, type Tool } from "./tools.ts"

interface Role {
  readonly name: string
  readonly trust: unknown
  /** Written out, of the role alone. */
  readonly policy?: unknown
  /** AWS's, by ARN. */
  readonly attached: string
}

/** Makes it, or makes of the one that is there what it should be. */
export const ensureRole = (aws: Tool, { name, trust, policy, attached }: Role): string => {
  const document = JSON.stringify(trust)
  const role = ["--role-name", name]
  if (found(() => aws(["iam", "get-role", ...role]))) {
    aws(["iam", "update-assume-role-policy", ...role, "--policy-document", document])
  } else {
    aws(["iam", "create-role", ...role, "--assume-role-policy-document", document])
  }
  aws(["iam", "attach-role-policy", ...role, "--policy-arn", attached])
  if (policy !== undefined) {
    aws(["iam", "put-role-policy", ...role, "--policy-name", "sst", "--policy-document", JSON.stringify(policy)])
  }
  return aws(["iam", "get-role", ...role, "--query", "Role.Arn", "--output", "text"]).trim()
}

/** One an account, whichever repositories use it. */
export const ensureProvider = (aws: Tool, account: string) => {
  const there = found(() =>
    aws(["iam", "get-open-id-connect-provider", "--open-id-connect-provider-arn", providerArn(account)]),
  )
  if (there) return
  aws(["iam", "create-open-id-connect-provider", "--url", providerUrl, "--client-id-list", audience])
}
