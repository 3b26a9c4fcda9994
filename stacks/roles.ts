import { actionsOf, type Thing } from "@concierge/cli/access.ts"
import type { Keys } from "./keys.ts"
import type { Queues } from "./queue.ts"
import type { Stage } from "./stage.ts"
import type { Storage } from "./storage.ts"

interface Needs {
  readonly keys: Keys
  readonly queues: Queues
  readonly storage: Storage
}

/**
 * Two policies for people: attach one to whoever looks at the stage, or works on it, with `npx concierge`. What is in them
 * is what the commands do (packages/cli/access.ts).
 */
export const roles = (stage: Stage, needs: Needs) => {
  if (!stage.permanent) return undefined
  return { viewer: policy(stage, "viewer", needs), operator: policy(stage, "operator", needs) }
}

const policy = (stage: Stage, role: "viewer" | "operator", needs: Needs) => {
  const where = resources(stage, needs)
  const statements = Object.entries(actionsOf(role)).map(([thing, actions]) => ({
    actions: [...actions],
    resources: where[thing as Thing],
  }))
  const document = aws.iam.getPolicyDocumentOutput({ statements: [...statements, ...shell(stage)] })
  return new aws.iam.Policy(`${role === "viewer" ? "Viewer" : "Operator"}Policy`, {
    name: `${$app.name}-${stage.name}-${role}`,
    description: `${$app.name} ${stage.name}: what the commands of a ${role} do`,
    policy: document.json,
  })
}

const resources = (stage: Stage, { keys, queues, storage }: Needs): Record<Thing, Array<$util.Input<string>>> => ({
  users: [storage.users.arn],
  sessions: [storage.sessions.arn],
  events: [storage.events.arn],
  settings: [storage.settings.arn],
  userEvents: [$interpolate`${storage.events.arn}/index/UserIdIndex`],
  userSessions: [$interpolate`${storage.sessions.arn}/index/UserIdIndex`],
  queues: [queues.updates.arn, queues.taps.arn],
  deadLetters: [queues.deadLetters.arn],
  media: [storage.media.arn],
  greetings: [storage.greetings.arn],
  mediaObjects: [$interpolate`${storage.media.arn}/media/*`],
  dataKey: [storage.key],
  queueKey: [keys.queue.arn],
  logs: (["webhook", "worker"] as const).map(
    (name) => $interpolate`${here()}:log-group:/aws/lambda/${$app.name}-${stage.name}-${name}:*`,
  ),
  account: ["*"],
})

const here = () => {
  const { partition } = aws.getPartitionOutput()
  const { region } = aws.getRegionOutput()
  const { accountId } = aws.getCallerIdentityOutput()
  return $interpolate`arn:${partition}:logs:${region}:${accountId}`
}

/** What `sst shell` reads to know the stage: SST's state with its passphrase, and so the bot's token too. */
const shell = (stage: Stage) => {
  const { partition } = aws.getPartitionOutput()
  const { accountId } = aws.getCallerIdentityOutput()
  return [
    {
      actions: ["ssm:GetParameter"],
      resources: [
        $interpolate`arn:${partition}:ssm:*:${accountId}:parameter/sst/bootstrap`,
        $interpolate`arn:${partition}:ssm:*:${accountId}:parameter/sst/passphrase/${$app.name}/${stage.name}`,
      ],
    },
    {
      actions: ["s3:GetObject", "s3:ListBucket"],
      resources: [
        $interpolate`arn:${partition}:s3:::sst-state-*`,
        $interpolate`arn:${partition}:s3:::sst-state-*/*/${$app.name}/${stage.name}*`,
      ],
      conditions: [{ test: "StringEquals", variable: "aws:ResourceAccount", values: [accountId] }],
    },
  ]
}
