import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import * as Aws from "@concierge/cli/checks/Aws.ts"
import { explained } from "@concierge/cli/checks/refusal.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { withEnvironment } from "../../../packages/local/aws/sdk.ts"

const doctor = ["doctor", "--stage", "prod"]

/** What AWS's command line (v2) writes and ends with, and what the tool makes of it: in one line, with what mends it. */
const refusals = [
  [
    254,
    "An error occurred (AccessDenied) when calling the ListHostedZones operation: User: arn:aws:iam::123456789012:user/ana is not authorized to perform: route53:ListHostedZones because no identity-based policy allows the route53:ListHostedZones action",
    /^AWS lets you not look: User: .*ana is not authorized/,
    /^"doctor" needs the role viewer: .*attach the policy concierge-<stage>-viewer to you$/,
  ],
  [
    254,
    "An error occurred (AccessDeniedException) when calling the GetAccountSettings operation: User: arn:aws:sts::123456789012:assumed-role/dev/ana is not authorized to perform: lambda:GetAccountSettings on resource: * because no identity-based policy allows the lambda:GetAccountSettings action",
    /^AWS lets you not look/,
    /role viewer/,
  ],
  [254, "An error occurred (403) when calling the HeadBucket operation: Forbidden", /^AWS lets you not look/, /viewer/],
  [
    254,
    "An error occurred (ExpiredToken) when calling the GetCallerIdentity operation: The security token included in the request is expired",
    /^AWS does not take these credentials: ExpiredToken$/,
    /^aws sso login/,
  ],
  [
    254,
    "An error occurred (ExpiredTokenException) when calling the DescribeTable operation: The security token included in the request is expired",
    /^AWS does not take these credentials: ExpiredTokenException$/,
    /^aws sso login/,
  ],
  [
    254,
    "An error occurred (UnrecognizedClientException) when calling the DescribeTable operation: The security token included in the request is invalid.",
    /^AWS does not take these credentials: UnrecognizedClientException$/,
    /^aws sso login/,
  ],
  [
    254,
    "An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.",
    /^AWS does not take these credentials: InvalidClientTokenId$/,
    /^aws sso login/,
  ],
  [
    254,
    "An error occurred (Throttling) when calling the DescribeAlarms operation (reached max retries: 2): Rate exceeded",
    /^AWS has had too many questions just now: Throttling$/,
    /^in a minute/,
  ],
  [
    254,
    "An error occurred (ThrottlingException) when calling the DescribeVoices operation (reached max retries: 2): Rate exceeded",
    /too many questions/,
    /^in a minute/,
  ],
  [
    254,
    "An error occurred (OptInRequired) when calling the DescribeAlarms operation: The AWS Access Key Id needs a subscription for the service",
    /may not use this service yet/,
    /payment method/,
  ],
  [
    253,
    'Unable to locate credentials. You can configure credentials by running "aws configure".',
    /^not signed in to AWS: Unable to locate credentials/,
    /^aws sso login/,
  ],
  [
    255,
    "Error loading SSO Token: Token for https://example.awsapps.com/start does not exist",
    /^not signed in to AWS/,
    /^aws sso login/,
  ],
  [
    255,
    "Error when retrieving token from sso: Token has expired and refresh failed",
    /^not signed in to AWS/,
    /^aws sso login/,
  ],
  [
    255,
    "The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run aws sso login with the corresponding profile.",
    /^not signed in to AWS/,
    /^aws sso login/,
  ],
  [255, "The config profile (prod) could not be found", /^not signed in to AWS: The config profile/, /AWS_PROFILE/],
  [
    253,
    'You must specify a region. You can also configure your region by running "aws configure".',
    /^AWS is asked in no region/,
    /AWS_REGION/,
  ],
  [
    255,
    'Could not connect to the endpoint URL: "https://sts.eu-centrl-1.amazonaws.com/"',
    /^AWS cannot be reached: Could not connect/,
    /proxy.*STAGE_REGION/,
  ],
  [
    255,
    'Connect timeout on endpoint URL: "https://sts.eu-central-1.amazonaws.com/"',
    /^AWS cannot be reached/,
    /firewall/,
  ],
  [
    255,
    "SSL validation failed for https://sts.eu-central-1.amazonaws.com/ [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate in certificate chain (_ssl.c:1006)",
    /^AWS cannot be reached: SSL validation/,
    /proxy/,
  ],
  [
    252,
    "usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\nTo see help text, you can run:\n\naws: [ERROR]: An error occurred (ParamValidation): argument command: Found invalid choice 'sts2'",
    /does not know what it is asked/,
    /AWS CLI v2/,
  ],
  [
    254,
    "An error occurred (ServiceUnavailable) when calling the DescribeTable operation: try",
    /^ServiceUnavailable: try/,
    /once more/,
  ],
] as const

describe("what AWS's command line refuses", () => {
  it.effect.each(refusals)("%i %s", ([code, stderr, says, mend]) =>
    Effect.gen(function* () {
      const directory = yield* Effect.acquireRelease(
        Effect.sync(() => mkdtempSync(join(tmpdir(), "concierge-aws-"))),
        (path) => Effect.sync(() => rmSync(path, { recursive: true })),
      )
      writeFileSync(join(directory, "said"), `\n${stderr}\n`)
      writeFileSync(join(directory, "aws"), `#!/bin/sh\ncat ${directory}/said >&2\nexit ${code}\n`)
      chmodSync(join(directory, "aws"), 0o755)
      yield* withEnvironment({ PATH: `${directory}${delimiter}${process.env.PATH}` })
      const asked = Aws.Aws.use((aws) => aws.ask(["sts", "get-caller-identity"]))
      const verdict = explained(yield* Effect.flip(Effect.provide(asked, Aws.layer("eu-central-1"))), doctor)
      assert.match(verdict.says, says)
      assert.match(verdict.mend, mend)
      for (const text of Object.values(verdict)) assert.notInclude(text, "\n")
    }).pipe(Effect.scoped),
  )

  it.effect("says so where there is none, and which role each command needs", () =>
    Effect.gen(function* () {
      yield* withEnvironment({ PATH: "/nowhere" })
      const asked = Aws.Aws.use((aws) => aws.ask(["sts", "get-caller-identity"]))
      const missing = yield* Effect.flip(Effect.provide(asked, Aws.layer("eu-central-1")))
      assert.match(explained(missing, doctor).mend, /install the AWS CLI v2/)
      const denied = new Aws.AwsRefused({ code: "AccessDenied", says: "no" })
      assert.match(explained(denied, ["doctor", "--stage", "prod", "--alarm"]).mend, /needs the role operator/)
      assert.match(explained(denied, ["preflight", "--stage", "prod"]).mend, /needs the role administrator/)
    }).pipe(Effect.scoped),
  )
})
