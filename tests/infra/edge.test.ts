import { assert, describe, it } from "@effect/vitest"
import { walk } from "./firewall.ts"
import { all, at, dev, full, fullPersonal, inputs, json, one, prod } from "./stages.ts"

const telegram = { from: "149.154.167.220", body: '{"update_id":1,"message":{"text":"/start"}}' }

describe("firewall", () => {
  it("lets Telegram through, from both of its networks", () => {
    assert.deepStrictEqual(walk(prod, telegram), ["allow", "TelegramOrOperator"])
    assert.deepStrictEqual(walk(prod, { ...telegram, from: "91.108.4.17" }), ["allow", "TelegramOrOperator"])
  })

  it("refuses everybody else by default, the neighbours of Telegram's networks too", () => {
    for (const from of ["203.0.113.9", "149.154.176.1", "149.154.159.255", "91.108.8.1"]) {
      assert.deepStrictEqual(walk(prod, { ...telegram, from, userAgent: "curl" }), ["block", "default"])
    }
  })

  it("lets the operator's tool through from anywhere, as far as Telegram and no further", () => {
    const operator = { ...telegram, from: "203.0.113.9", operatorKey: "generated-once-for-each-stage" }
    assert.deepStrictEqual(walk(prod, operator), ["allow", "TelegramOrOperator"])
    assert.deepStrictEqual(walk(prod, { ...operator, operatorKey: "guessed" }), ["block", "default"])
    assert.deepStrictEqual(walk(prod, { ...operator, path: "/telegram/../.env.ini" })[0], "block")
    assert.deepStrictEqual(walk(prod, { ...operator, recent: 60_001 })[0], "block")
  })

  it("lets through what people write, though the core rules would refuse it", () => {
    const texts = [
      "<script>alert('hi')</script>",
      "try cat ../../etc/passwd",
      "see http://192.0.2.1/shell.txt",
      "curl 169.254.169.254",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an attack's text, as people quote it
      "${jndi:ldap://x}",
      "java.lang.Runtime",
      "lorem ipsum ".repeat(900),
    ]
    for (const text of texts) {
      assert.deepStrictEqual(
        walk(prod, { ...telegram, body: JSON.stringify({ text }) }),
        ["allow", "TelegramOrOperator"],
        text,
      )
    }
  })

  it("refuses a probe of anything but the text, whoever it comes from", () => {
    const [verdict, by] = walk(prod, { ...telegram, path: "/telegram/../.env.ini" })
    assert.deepStrictEqual([verdict, by], ["block", "AWSManagedRulesCommonRuleSet"])
    assert.strictEqual(walk(prod, { ...telegram, path: "/web-inf/" })[1], "AWSManagedRulesKnownBadInputsRuleSet")
  })

  it("holds back a flood even from Telegram's networks, but nothing that Telegram would send", () => {
    assert.strictEqual(walk(prod, { ...telegram, recent: 60_000 })[0], "allow")
    assert.deepStrictEqual(walk(prod, { ...telegram, recent: 60_001 }), ["block", "RateBackstop"])
  })

  it("is of CloudFront's scope, made in us-east-1, and measured", () => {
    const acl = one(prod, "WebAcl", "Firewall")
    assert.strictEqual(acl.options?.provider, "EdgeRegion")
    assert.strictEqual(one(prod, "aws", "EdgeRegion").inputs.region, "us-east-1")
    assert.strictEqual(acl.inputs.scope, "CLOUDFRONT")
    assert.containSubset(acl.inputs.visibilityConfig, { cloudwatchMetricsEnabled: true })
  })

  it("has one string for its name and its metric, so that its alarm has data whichever of them CloudWatch goes by", () => {
    const { name, visibilityConfig } = inputs(prod, "WebAcl", "Firewall")
    assert.strictEqual(at(visibilityConfig, "metricName"), name)
    assert.strictEqual(at(inputs(prod, "MetricAlarm", "FirewallBlockedAlarm").dimensions, "WebACL"), name)
  })

  it("logs whom it blocked and nobody else, without the secret", () => {
    const logging = one(prod, "WebAclLoggingConfiguration", "FirewallLogging")
    assert.strictEqual(logging.options?.provider, "EdgeRegion")
    assert.containSubset(logging.inputs, {
      redactedFields: ["x-telegram-bot-api-secret-token", "x-concierge-operator"].map((name) => ({
        singleHeader: { name },
      })),
      loggingFilter: {
        defaultBehavior: "DROP",
        filters: [{ behavior: "KEEP", conditions: [{ actionCondition: { action: "BLOCK" } }] }],
      },
    })
    const group = one(prod, "LogGroup", "FirewallLog")
    assert.strictEqual(group.options?.provider, "EdgeRegion")
    // WAF refuses a group of any other name.
    assert.match(String(group.inputs.name), /^aws-waf-logs-/)
    const policy = inputs(prod, "LogResourcePolicy", "FirewallLogPolicy")
    assert.containSubset(json(policy.policyDocument), {
      Statement: [
        {
          Principal: { Service: ["delivery.logs.amazonaws.com"] },
          Condition: { StringEquals: { "aws:SourceAccount": ["123456789012"] } },
        },
      ],
    })
    assert.isEmpty(all(dev, "WebAclLoggingConfiguration"))
  })

  it("samples no request: the webhook's secret is in its headers", () => {
    const shown = JSON.stringify(one(prod, "WebAcl", "Firewall").inputs)
    assert.lengthOf(shown.match(/"sampledRequestsEnabled":false/g) ?? [], 5)
    assert.notInclude(shown, '"sampledRequestsEnabled":true')
  })
})

describe("edge", () => {
  it("hands on to the API over TLS, uncached, with the header that only it knows", () => {
    const distribution = inputs(prod, "Distribution", "EdgeDistribution")
    assert.containSubset(distribution.origins, [
      {
        domainName: "apiapi.execute-api.eu-central-1.amazonaws.com",
        customHeaders: [{ name: "x-origin-verify", value: "generated-once-for-each-stage" }],
        customOriginConfig: { originProtocolPolicy: "https-only", originReadTimeout: 30 },
      },
    ])
    assert.strictEqual(at(distribution.defaultCacheBehavior, "viewerProtocolPolicy"), "https-only")
    // AWS's CachingDisabled.
    assert.strictEqual(at(distribution.defaultCacheBehavior, "cachePolicyId"), "4135ea2d-6df8-44a3-9df3-4b5a84be39ad")
    assert.include(String(distribution.webAclId), "Firewall")
  })

  it("is not there on a personal stage, nor is anything that would cost by standing still", () => {
    for (const kind of ["Distribution", "WebAcl", "IpSet", "Topic", "TopicSubscription", "Budget"]) {
      assert.isEmpty(all(dev, kind), kind)
    }
    const generated = all(dev, "RandomPassword").map(({ name }) => name)
    assert.deepStrictEqual(generated, ["TombstonePassword"])
  })
})

describe("custom domain", () => {
  it("belongs to the edge on a permanent stage, with a certificate from us-east-1", () => {
    assert.deepStrictEqual(inputs(full, "Distribution", "EdgeDistribution").aliases, ["bot.example.com"])
    assert.strictEqual(inputs(full, "Certificate", "EdgeSslCertificate").domainName, "bot.example.com")
    assert.include(one(full, "Certificate", "EdgeSslCertificate").options?.provider, "us-east-1")
    assert.isEmpty(all(full, "DomainName"))
  })

  it("belongs to the API on a personal stage", () => {
    assert.strictEqual(inputs(fullPersonal, "DomainName", "ApiDomainName").domainName, "eva.example.com")
  })

  it("is off by default", () => {
    for (const plan of [dev, prod]) assert.isEmpty([...all(plan, "Certificate"), ...all(plan, "Record")])
  })
})
