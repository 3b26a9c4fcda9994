import { BlockList } from "node:net"
import type { Plan } from "../../stacks/diff/plan.ts"
import { inputs } from "./stages.ts"

export interface Message {
  readonly from: string
  readonly body: string
  readonly path?: string
  readonly userAgent?: string
  /** In the operator's header. */
  readonly operatorKey?: string
  /** Requests from this address in the last five minutes. */
  readonly recent?: number
}

type Verdict = "allow" | "block"

/** By its address, or by what it has in the operator's header. */
interface Known {
  readonly ipSetReferenceStatement?: object
  readonly byteMatchStatement?: { readonly searchString: string; readonly positionalConstraint: string }
}

interface Rule {
  readonly name: string
  readonly priority: number
  readonly action?: Readonly<Partial<Record<Verdict, object>>>
  readonly statement: {
    readonly managedRuleGroupStatement?: {
      readonly name: string
      readonly ruleActionOverrides: ReadonlyArray<{ readonly name: string; readonly actionToUse: object }>
    }
    readonly rateBasedStatement?: { readonly limit: number }
    readonly orStatement?: { readonly statements: ReadonlyArray<Known> }
  }
}

/** A model of AWS's two groups, by their documented rules: enough to tell a chat from a probe. */
const groups: Readonly<Record<string, Readonly<Record<string, (message: Message) => boolean>>>> = {
  AWSManagedRulesCommonRuleSet: {
    NoUserAgent_HEADER: ({ userAgent }) => userAgent === undefined,
    SizeRestrictions_BODY: ({ body }) => body.length > 8_192,
    EC2MetaDataSSRF_BODY: ({ body }) => body.includes("169.254.169.254"),
    GenericLFI_BODY: ({ body }) => body.includes("../../"),
    GenericRFI_BODY: ({ body }) => /https?:\/\/\d+\.\d+\.\d+\.\d+/.test(body),
    CrossSiteScripting_BODY: ({ body }) => /<script/i.test(body),
    GenericLFI_URIPATH: ({ path = "" }) => path.includes("../"),
    RestrictedExtensions_URIPATH: ({ path = "" }) => /\.(log|ini)$/.test(path),
  },
  AWSManagedRulesKnownBadInputsRuleSet: {
    JavaDeserializationRCE_BODY: ({ body }) => body.includes("java.lang.Runtime"),
    Log4JRCE_BODY: ({ body }) => body.includes("${jndi:"),
    ReactJSRCE_BODY: ({ body }) => body.includes("__proto__:then"),
    Log4JRCE_URIPATH: ({ path = "" }) => path.includes("${jndi:"),
    ExploitablePaths_URIPATH: ({ path = "" }) => path.includes("web-inf"),
  },
}

/** Walks the rules as AWS WAF does: by priority, until one allows or blocks; then the default. */
export const walk = (plan: Plan, message: Message): readonly [verdict: Verdict, by: string] => {
  const { rules, defaultAction } = inputs(plan, "WebAcl", "Firewall") as {
    rules: ReadonlyArray<Rule>
    defaultAction: Readonly<Partial<Record<Verdict, object>>>
  }
  for (const rule of rules.toSorted((a, b) => a.priority - b.priority)) {
    const verdict = judge(plan, rule, message)
    if (verdict) return [verdict, rule.name]
  }
  return [defaultAction.block ? "block" : "allow", "default"]
}

const judge = (plan: Plan, { action, statement }: Rule, message: Message): Verdict | undefined => {
  const { managedRuleGroupStatement: group, orStatement: or, rateBasedStatement: rate } = statement
  if (group) {
    const counted = group.ruleActionOverrides.flatMap(({ name, actionToUse }) => ("count" in actionToUse ? [name] : []))
    const hits = Object.entries(groups[group.name] ?? {}).filter(([, matches]) => matches(message))
    return hits.some(([name]) => !counted.includes(name)) ? "block" : undefined
  }
  const matches = rate
    ? (message.recent ?? 0) > rate.limit
    : (or?.statements ?? []).some((known) => isKnown(plan, known, message))
  if (!matches) return undefined
  return action?.allow ? "allow" : "block"
}

const isKnown = (plan: Plan, { byteMatchStatement: bytes }: Known, { from, operatorKey }: Message): boolean =>
  bytes ? bytes.positionalConstraint === "EXACTLY" && bytes.searchString === operatorKey : inRanges(plan, from)

const inRanges = (plan: Plan, address: string) => {
  const list = new BlockList()
  for (const range of inputs(plan, "IpSet", "TelegramRanges").addresses as ReadonlyArray<string>) {
    const [network = "", bits] = range.split("/")
    list.addSubnet(network, Number(bits))
  }
  return list.check(address)
}
