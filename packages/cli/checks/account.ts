import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { concurrencyNeeded, lambdaQuota } from "../../../stacks/limits.ts"
import type { Stage } from "../../../stacks/stage.ts"
import { note, ok, wrong } from "./Check.ts"
import { ask, awsCheck } from "./look.ts"

const Identity = Schema.Struct({ Account: Schema.String, Arn: Schema.String })

export const identity = awsCheck(
  "account",
  Effect.map(ask(Identity, "sts", "get-caller-identity"), ({ Account, Arn }) => ok(`${Account}, as ${Arn}`)),
)

const Settings = Schema.Struct({ AccountLimit: Schema.Struct({ ConcurrentExecutions: Schema.Int }) })

export const concurrency = ({ maxConcurrency, name, region }: Stage) =>
  awsCheck(
    "Lambda's concurrency",
    Effect.map(ask(Settings, "lambda", "get-account-settings"), ({ AccountLimit: { ConcurrentExecutions: all } }) => {
      const needed = concurrencyNeeded(maxConcurrency)
      if (all >= needed) return ok(`${all} at once in ${region}, ${needed} are needed`)
      const { quotaCode, serviceCode } = lambdaQuota
      const raise = `aws service-quotas request-service-quota-increase --service-code ${serviceCode} --quota-code ${quotaCode} --desired-value 1000 --region ${region}`
      const says = `${all} at once in ${region}, of which the workers may take ${maxConcurrency}`
      return maxConcurrency < all
        ? note(
            `${says}: ${all - maxConcurrency} are left to the webhook, ${lambdaQuota.forWebhook} would be good`,
            raise,
          )
        : wrong(
            `${says}: none is left to the webhook`,
            `${raise}; until it is granted, STAGE_MAX_CONCURRENCY=5 in stages/${name}.env`,
          )
    }),
  )

/** Only a first distribution tells whether an account may have one. */
export const cloudFront = awsCheck(
  "CloudFront",
  Effect.map(
    ask(Schema.Int, "cloudfront", "list-distributions", "--query", "length(DistributionList.Items || `[]`)"),
    (count) =>
      count > 0
        ? ok("this account has distributions")
        : note(
            "no distribution yet: a new account's first one may be refused",
            "ask AWS Support for it before the deploy: docs/deploy.md, step 3",
          ),
  ),
)

export const hostedZone = (domain: string) =>
  awsCheck(
    "hosted zone",
    Effect.map(
      ask(
        Schema.Array(Schema.String),
        "route53",
        "list-hosted-zones",
        "--query",
        "HostedZones[?!(Config.PrivateZone)].Name",
      ),
      (zones) => {
        const zone = zones.find((name) => `.${domain}.`.endsWith(`.${name}`))
        if (zone !== undefined) return ok(`${domain} is in the zone ${zone}`)
        const parent = domain.split(".").slice(-2).join(".")
        return wrong(
          `no hosted zone of this account holds ${domain}`,
          `aws route53 create-hosted-zone --name ${parent} --caller-reference $(date +%s), and its name servers at your registrar`,
        )
      },
    ),
  )
