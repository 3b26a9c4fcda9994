import { access, actionsOf, type Thing } from "@concierge/cli/access.ts"
import { assert, describe, it } from "@effect/vitest"
import { all, dev, full, inputs, prod } from "./stages.ts"
import { actions, allowedBy } from "./statements.ts"

/** What a policy of IAM's may have at most, blanks not counted. */
const longest = 6_144

/** Of AWS's verbs, those that leave things as they are. Reading a letter hides it, until it is given back. */
const reads =
  /:(Get|BatchGet|Describe|List|Query|Scan|Filter|StartQuery|Decrypt|ReceiveMessage|ChangeMessageVisibility)/

const nameOf: Readonly<Record<Thing, RegExp>> = {
  users: /UsersTableTable$/,
  sessions: /SessionsTableTable$/,
  events: /EventsTableTable$/,
  settings: /SettingsTableTable$/,
  userEvents: /EventsTableTable\/index\/UserIdIndex$/,
  userSessions: /SessionsTableTable\/index\/UserIdIndex$/,
  queues: /:(UpdateQueue|TapQueue)Queue$/,
  deadLetters: /:DeadLettersQueue$/,
  media: /:::MediaBucketBucket$/,
  greetings: /:::GreetingsBucketBucket$/,
  mediaObjects: /:::MediaBucketBucket\/media\/\*$/,
  dataKey: /:DataKey$/,
  queueKey: /:QueueKey$/,
  logs: /:log-group:\/aws\/lambda\/concierge-(prod|staging)-(webhook|worker):\*$/,
  account: /^\*$/,
}

describe("the policies of people", () => {
  for (const plan of [prod, full]) {
    for (const [role, name] of [
      ["viewer", "ViewerPolicy"],
      ["operator", "OperatorPolicy"],
    ] as const) {
      it(`${plan.stage}: a ${role} may do what the commands of a ${role} do, where they do it, and read SST's state`, () => {
        const statements = allowedBy(plan, name)
        const expected = Object.entries(actionsOf(role))
        assert.lengthOf(statements, expected.length + 2)
        for (const [thing, does] of expected) {
          const ofThing = statements.filter(({ Resource = [] }) =>
            Resource.every((arn) => nameOf[thing as Thing].test(arn)),
          )
          assert.deepStrictEqual(ofThing.flatMap(actions), [...does], thing)
        }
        const shell = statements.filter(({ Resource = [] }) => Resource.some((arn) => arn.includes("sst")))
        assert.deepStrictEqual(shell.flatMap(actions), ["ssm:GetParameter", "s3:GetObject", "s3:ListBucket"])
        assert.isBelow(String(inputs(plan, "Policy", name).policy).replaceAll(/\s/g, "").length, longest)
      })
    }

    it(`${plan.stage}: no wildcard action, and nothing that a viewer does changes anything`, () => {
      for (const name of ["ViewerPolicy", "OperatorPolicy"]) {
        for (const action of allowedBy(plan, name).flatMap(actions)) {
          assert.notInclude(action, "*")
          if (name === "ViewerPolicy") assert.match(action, reads)
        }
      }
    })
  }

  it("a command of an administrator's adds to neither", () => {
    const administrators = Object.values(access).filter(({ role }) => role === "administrator")
    assert.isNotEmpty(administrators)
    for (const { does } of administrators) assert.deepStrictEqual(does, {})
  })

  it("a personal stage has none", () => {
    assert.isEmpty(all(dev, "Policy"))
  })
})
