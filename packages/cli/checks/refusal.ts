import { remedyOf } from "../refused.ts"
import type { AwsRefused } from "./Aws.ts"
import { type Verdict, wrong } from "./Check.ts"

const signIn = "aws sso login (and export AWS_PROFILE=…: docs/deploy.md, step 3)"
const later = "when AWS answers again, once more"

interface Known {
  /** Of the service's own name for it, or of what the command line says where nothing was asked. */
  readonly is: RegExp
  readonly says: (refused: AwsRefused) => string
  readonly mend: string | ((typed: ReadonlyArray<string>) => string)
}

/** By the service's code ("An error occurred (AccessDenied) when calling …"; the command line ends with 254). */
const codes: ReadonlyArray<Known> = [
  {
    is: /^(ExpiredToken(Exception)?|InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|AuthFailure)$/,
    says: ({ code }) => `AWS does not take these credentials: ${code}`,
    mend: signIn,
  },
  {
    is: /^(RequestTimeTooSkewed|SignatureDoesNotMatch|InvalidSignatureException|RequestExpired)$/,
    says: ({ code }) => `AWS takes no signature of this machine's: ${code}. Its clock may be wrong`,
    mend: "sudo timedatectl set-ntp true",
  },
  {
    is: /AccessDenied|NotAuthorized|UnauthorizedOperation|AuthorizationError|^(403|Forbidden)$/,
    says: ({ says }) => `AWS lets you not look: ${says}`,
    mend: (typed) => remedyOf(typed) ?? "sign in as somebody who may",
  },
  {
    is: /Throttl|^(TooManyRequestsException|RequestLimitExceeded|SlowDown|Rate exceeded)$/,
    says: ({ code }) => `AWS has had too many questions just now: ${code}`,
    mend: "in a minute, once more",
  },
  {
    is: /^(OptInRequired|SubscriptionRequiredException)$/,
    says: ({ code }) => `the account may not use this service yet: ${code}`,
    mend: "finish signing up: the account needs a payment method, and up to a day",
  },
]

/** By the command line's own words, where it came to no service (it ends with 252, 253 or 255). */
const words: ReadonlyArray<Known> = [
  {
    is: /^there is no aws command line$/,
    says: ({ says }) => says,
    mend: "install the AWS CLI v2: docs/deploy.md, before step 1",
  },
  {
    is: /Unable to locate credentials|NoCredentials|Token .*expired|has expired|SSO [Tt]oken|SSO session|config profile|Partial credentials/,
    says: ({ says }) => `not signed in to AWS: ${says}`,
    mend: signIn,
  },
  {
    is: /must specify a region|Provided region_name/,
    says: ({ says }) => `AWS is asked in no region: ${says}`,
    mend: "export AWS_REGION=<the stage's region>, or STAGE_REGION in stages/<stage>.env",
  },
  {
    is: /Could not connect to the endpoint|[Tt]imeout on endpoint|Failed to connect|SSL validation failed|no answer within/,
    says: ({ says }) => `AWS cannot be reached: ${says}`,
    mend: "a firewall, a proxy (HTTPS_PROXY), the name service, or a region that there is not: STAGE_REGION",
  },
  {
    is: /Invalid choice|Unknown options|usage: aws|answered no JSON|answered something else/,
    says: () => "this aws command line does not know what it is asked, or answers otherwise",
    mend: "aws --version must say 2: install the AWS CLI v2 (docs/deploy.md, before step 1)",
  },
]

/** What stands in a look's way, in one line, and what mends it. `typed`: the command, whose role is named where access is refused. */
export const explained = (refused: AwsRefused, typed: ReadonlyArray<string>): { says: string; mend: string } => {
  const { code, says } = refused
  const known = code === "" ? words.find(({ is }) => is.test(says)) : codes.find(({ is }) => is.test(code))
  if (known === undefined) return { says: code === "" ? says : `${code}: ${says}`, mend: later }
  return { says: known.says(refused), mend: typeof known.mend === "string" ? known.mend : known.mend(typed) }
}

/** What stands in a look's way is wrong as well, and is mended before the look is taken again. */
export const ofRefusal = (refused: AwsRefused, typed: ReadonlyArray<string>): Verdict => {
  const { mend, says } = explained(refused, typed)
  return wrong(says, mend)
}
