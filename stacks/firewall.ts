import { retention } from "@concierge/core/retention.ts"
import { edge as limits } from "./limits.ts"
import { deliversLogs } from "./policies.ts"
import type { Stage } from "./stage.ts"

/**
 * Rules of AWS's that look at the body, which is whatever people write in a chat, or at a User-Agent, which Telegram is
 * not known to send. A refused update is delivered again and again and holds up its chat, so these count and let pass.
 */
const counted = {
  AWSManagedRulesCommonRuleSet: [
    "NoUserAgent_HEADER",
    "SizeRestrictions_BODY",
    "EC2MetaDataSSRF_BODY",
    "GenericLFI_BODY",
    "GenericRFI_BODY",
    "CrossSiteScripting_BODY",
  ],
  AWSManagedRulesKnownBadInputsRuleSet: ["JavaDeserializationRCE_BODY", "Log4JRCE_BODY", "ReactJSRCE_BODY"],
}

type Rule = aws.types.input.wafv2.WebAclRule

/**
 * Everybody is refused but Telegram and the operator's tool, and these too if what they bring is an attack on anything but
 * the chat's text.
 */
export const firewall = (stage: Stage, provider: aws.Provider, operatorKey: $util.Input<string>) => {
  const telegram = new aws.wafv2.IpSet(
    "TelegramRanges",
    {
      name: `${$app.name}-${stage.name}-telegram`,
      scope: "CLOUDFRONT",
      ipAddressVersion: "IPV4",
      addresses: [...stage.telegramRanges],
    },
    { provider },
  )
  const acl = new aws.wafv2.WebAcl(
    "Firewall",
    {
      name: firewallName(stage),
      scope: "CLOUDFRONT",
      defaultAction: { block: {} },
      rules: [
        managed(0, "AWSManagedRulesCommonRuleSet"),
        managed(1, "AWSManagedRulesKnownBadInputsRuleSet"),
        // Before the ranges are allowed: allowing ends the walk, and a backstop behind it would never be asked.
        rate(2),
        allow(3, telegram.arn, operatorKey),
      ],
      visibilityConfig: visible(firewallName(stage)),
    },
    { provider },
  )
  logBlocked(stage, acl, provider)
  return acl
}

/**
 * The firewall's name and its metric's, one string for both: CloudWatch's `WebACL` dimension carries the name, though its
 * documentation says the metric's.
 */
export const firewallName = (stage: Stage) => `${$app.name}-${stage.name}`

/** Telegram's header with the webhook's secret, which no log may hold. */
const secretHeader = "x-telegram-bot-api-secret-token"

/** Who was blocked and by which rule. Without this, a Telegram that sends from new addresses is a number and no more. */
const logBlocked = (stage: Stage, acl: aws.wafv2.WebAcl, provider: aws.Provider) => {
  const opts = { provider }
  // WAF takes no group whose name begins otherwise.
  const name = `aws-waf-logs-${firewallName(stage)}`
  const group = new aws.cloudwatch.LogGroup("FirewallLog", { name, retentionInDays: retention.logs }, opts)
  const policyDocument = aws.iam.getPolicyDocumentOutput({ statements: [deliversLogs(group.arn)] }).json
  const policy = new aws.cloudwatch.LogResourcePolicy("FirewallLogPolicy", { policyName: name, policyDocument }, opts)
  new aws.wafv2.WebAclLoggingConfiguration(
    "FirewallLogging",
    {
      resourceArn: acl.arn,
      logDestinationConfigs: [group.arn],
      redactedFields: [secretHeader, operatorHeader].map((name) => ({ singleHeader: { name } })),
      loggingFilter: {
        defaultBehavior: "DROP",
        filters: [
          { behavior: "KEEP", requirement: "MEETS_ANY", conditions: [{ actionCondition: { action: "BLOCK" } }] },
        ],
      },
    },
    { provider, dependsOn: [policy] },
  )
}

/** Counted by rule, never sampled: a sample shows all headers, the webhook's secret among them, to whoever may see it. */
const visible = (metricName: string) => ({ cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false })

const managed = (priority: number, group: keyof typeof counted): Rule => ({
  name: group,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: "AWS",
      name: group,
      ruleActionOverrides: counted[group].map((name) => ({ name, actionToUse: { count: {} } })),
    },
  },
  visibilityConfig: visible(group),
})

const rate = (priority: number): Rule => ({
  name: "RateBackstop",
  priority,
  action: { block: {} },
  statement: {
    rateBasedStatement: { limit: limits.ratePerFiveMinutes, evaluationWindowSec: 300, aggregateKeyType: "IP" },
  },
  visibilityConfig: visible("RateBackstop"),
})

/** With this header the operator's tool comes from any address, to try the stage as Telegram would. */
export const operatorHeader = "x-concierge-operator"

/** One rule for both: each rule is a dollar a month. */
const allow = (priority: number, arn: $util.Input<string>, operatorKey: $util.Input<string>): Rule => ({
  name: "TelegramOrOperator",
  priority,
  action: { allow: {} },
  statement: {
    orStatement: {
      statements: [
        { ipSetReferenceStatement: { arn } },
        {
          byteMatchStatement: {
            fieldToMatch: { singleHeader: { name: operatorHeader } },
            positionalConstraint: "EXACTLY",
            searchString: operatorKey,
            textTransformations: [{ priority: 0, type: "NONE" }],
          },
        },
      ],
    },
  },
  visibilityConfig: visible("TelegramOrOperator"),
})
