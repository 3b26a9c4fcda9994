import { assert, describe, it } from "@effect/vitest"
import { at, both, dev, full, one, prod } from "./stages.ts"
import { actions, resourcePolicies, roles, statementsOf } from "./statements.ts"

const plans = [...both, full]

/** Where AWS has no narrower form. Anything else with a "*" in it fails. */
const wildcards: ReadonlyArray<readonly [action: string, resource: RegExp, reason: string]> = [
  ["cloudwatch:DescribeAlarms", /^\*$/, "CloudWatch lists alarms for nothing narrower"],
  ["xray:PutTraceSegments", /^\*$/, "X-Ray has no resource for segments"],
  ["xray:PutTelemetryRecords", /^\*$/, "X-Ray has no resource for telemetry"],
  ["polly:SynthesizeSpeech", /^\*$/, "Polly's only resource is the lexicon, and none is used"],
  ["logs:CreateLogStream", /:log-group:\/aws\/lambda\/concierge-[\w-]+:\*$/, "Lambda names the streams of the group"],
  ["logs:PutLogEvents", /:log-group:\/aws\/lambda\/concierge-[\w-]+:\*$/, "Lambda names the streams of the group"],
  ["s3:GetObject", /^arn:aws:s3:::MediaBucketBucket\/media\/\*$/, "objects of one prefix"],
  ["s3:GetObject", /^arn:aws:s3:::GreetingsBucketBucket\/tts\/\*$/, "objects of one prefix, named by hash"],
  ["s3:PutObject", /^arn:aws:s3:::GreetingsBucketBucket\/tts\/\*$/, "objects of one prefix, named by hash"],
  ["s3:GetObjectVersionForReplication", /^arn:aws:s3:::\w+BucketBucket\/\*$/, "replication is of the whole bucket"],
  ["s3:InitiateReplication", /^arn:aws:s3:::\w+BucketBucket\/\*$/, "the job copies the whole bucket"],
  ["s3:GetObjectVersionAcl", /^arn:aws:s3:::\w+BucketBucket\/\*$/, "replication is of the whole bucket"],
  ["s3:GetObjectVersionTagging", /^arn:aws:s3:::\w+BucketBucket\/\*$/, "replication is of the whole bucket"],
  ["s3:ReplicateObject", /^arn:aws:s3:::\w+BucketReplicaBucket\/\*$/, "replication is of the whole bucket"],
  ["s3:ReplicateDelete", /^arn:aws:s3:::\w+BucketReplicaBucket\/\*$/, "replication is of the whole bucket"],
  ["s3:ReplicateTags", /^arn:aws:s3:::\w+BucketReplicaBucket\/\*$/, "replication is of the whole bucket"],
]

describe("roles", () => {
  for (const plan of plans) {
    it(`${plan.stage}: no wildcard action, no wildcard resource that is not listed`, () => {
      for (const role of roles(plan)) {
        for (const statement of statementsOf(role)) {
          for (const action of actions(statement)) {
            assert.notInclude(action, "*", role.name)
            for (const resource of statement.Resource ?? []) {
              const listed = wildcards.some(([known, pattern]) => known === action && pattern.test(resource))
              assert.isTrue(!resource.includes("*") || listed, `${role.name} may ${action} on ${resource}`)
            }
          }
        }
      }
    })

    it(`${plan.stage}: trusted by one service, and holding no policy but its own`, () => {
      for (const role of roles(plan)) {
        assert.deepStrictEqual(role.inputs.managedPolicyArns ?? [], [])
        if (role.name === "BackfillRole") {
          assert.include(String(role.inputs.assumeRolePolicy), '{"Service":["batchoperations.s3.amazonaws.com"]}')
          continue
        }
        const trust = at(role.inputs.assumeRolePolicy, "Statement")
        const others = {
          BackupRole: "backup.amazonaws.com",
          Release: "codedeploy.amazonaws.com",
          Replication: "s3.amazonaws.com",
        }
        const trusted = Object.entries(others).find(([name]) => role.name.includes(name))?.[1] ?? "lambda.amazonaws.com"
        assert.deepStrictEqual(trust, [
          { Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: trusted }, Sid: "AllowAssumeRole" },
        ])
      }
    })

    it(`${plan.stage}: nobody outside the account is let in by a resource's policy`, () => {
      for (const { resource, statements } of resourcePolicies(plan)) {
        for (const statement of statements) {
          // Refusing everybody who comes without TLS is the one statement about everybody.
          if (statement.Effect === "Deny") continue
          const { Service, ...others } = statement.Principal ?? {}
          if (Service === undefined) {
            assert.deepStrictEqual(others, { AWS: ["arn:aws:iam::123456789012:root"] }, resource.name)
          } else {
            assert.deepStrictEqual(statement.Condition, { StringEquals: { "aws:SourceAccount": ["123456789012"] } })
          }
          for (const action of actions(statement)) assert.notInclude(action, "*", resource.name)
        }
      }
    })
  }

  it("the webhook sends to the two queues with their key, and writes its logs and traces", () => {
    for (const { stage } of both) {
      const role = one(stage === "prod" ? prod : dev, "Role", "WebhookRole")
      assert.deepStrictEqual(
        statementsOf(role).map((statement) => [actions(statement), statement.Resource]),
        [
          [
            ["sqs:SendMessage"],
            ["UpdateQueueQueue", "TapQueueQueue"].map((name) => `arn:aws:sqs:eu-central-1:123456789012:${name}`),
          ],
          [["kms:GenerateDataKey", "kms:Decrypt"], ["arn:aws:kms:eu-central-1:123456789012:QueueKey"]],
          [
            ["logs:CreateLogStream", "logs:PutLogEvents"],
            [`arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/concierge-${stage}-webhook:*`],
          ],
          [["xray:PutTraceSegments", "xray:PutTelemetryRecords"], ["*"]],
        ],
      )
    }
  })

  it("the worker does on each table what its program does, and no more", () => {
    const allowed = (resource: string) =>
      statementsOf(one(prod, "Role", "WorkerRole"))
        .filter((statement) => statement.Resource?.some((arn) => arn.endsWith(resource)))
        .flatMap(actions)
        .map((action) => action.replace(/^\w+:/, ""))
    assert.deepStrictEqual(allowed("UsersTableTable"), ["GetItem", "UpdateItem", "DeleteItem"])
    assert.deepStrictEqual(allowed("SettingsTableTable"), ["GetItem", "PutItem", "UpdateItem", "DeleteItem"])
    assert.deepStrictEqual(allowed("EventsTableTable"), ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"])
    assert.deepStrictEqual(allowed("SessionsTableTable"), ["GetItem", "UpdateItem", "BatchWriteItem"])
    assert.deepStrictEqual(allowed("EventsTableTable/index/UserIdIndex"), ["Query"])
    assert.deepStrictEqual(allowed("SessionsTableTable/index/UserIdIndex"), ["Query"])
    for (const name of ["UpdateQueueQueue", "TapQueueQueue"]) {
      assert.deepStrictEqual(allowed(name), ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes", "SendMessage"])
    }
    assert.deepStrictEqual(allowed("DeadLettersQueue"), [])
    assert.deepStrictEqual(allowed("DataKey"), ["Decrypt", "GenerateDataKey"])
    assert.deepStrictEqual(allowed("QueueKey"), ["Decrypt", "GenerateDataKey"])
  })
})
