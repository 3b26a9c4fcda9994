/** Who may do what on a stage. The stacks make a policy of each of the first two; the third is whoever deploys. */
export type Role = "viewer" | "operator" | "administrator"

/** What of a stage a command may ask AWS for; `account`: what has no narrower resource. */
export type Thing =
  | "users"
  | "sessions"
  | "events"
  | "settings"
  | "userEvents"
  | "userSessions"
  | "queues"
  | "deadLetters"
  | "media"
  | "greetings"
  | "mediaObjects"
  | "dataKey"
  | "queueKey"
  | "logs"
  | "account"

export type Actions = Readonly<Partial<Record<Thing, ReadonlyArray<string>>>>

interface Access {
  readonly role: Role
  readonly does: Actions
}

const readsSettings: Actions = { settings: ["dynamodb:GetItem", "dynamodb:Scan"], dataKey: ["kms:Decrypt"] }
const writesSettings: Actions = {
  settings: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
  dataKey: ["kms:Decrypt"],
}
const readsEvents: Actions = {
  events: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Scan", "dynamodb:DescribeTable"],
  dataKey: ["kms:Decrypt"],
}
const readsPeople: Actions = {
  users: ["dynamodb:GetItem"],
  events: ["dynamodb:GetItem", "dynamodb:BatchGetItem"],
  sessions: ["dynamodb:GetItem", "dynamodb:BatchGetItem"],
  userEvents: ["dynamodb:Query"],
  userSessions: ["dynamodb:Query"],
  dataKey: ["kms:Decrypt"],
}
/** A letter that is read is hidden, and given back. */
const readsDead: Actions = {
  deadLetters: ["sqs:ReceiveMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"],
  queueKey: ["kms:Decrypt"],
}
const sends: Actions = { queues: ["sqs:SendMessage"], queueKey: ["kms:GenerateDataKey", "kms:Decrypt"] }
const forgets: Actions = merged([
  readsPeople,
  writesSettings,
  {
    users: ["dynamodb:UpdateItem", "dynamodb:DeleteItem"],
    events: ["dynamodb:PutItem", "dynamodb:UpdateItem"],
    sessions: ["dynamodb:BatchWriteItem"],
  },
])
const health: Actions = {
  users: ["dynamodb:DescribeTable"],
  sessions: ["dynamodb:DescribeTable"],
  events: ["dynamodb:DescribeTable"],
  settings: ["dynamodb:DescribeTable"],
  queues: ["sqs:GetQueueAttributes"],
  deadLetters: ["sqs:GetQueueAttributes"],
  media: ["s3:ListBucket"],
  greetings: ["s3:ListBucket"],
  logs: ["logs:FilterLogEvents"],
  account: [
    "cloudfront:ListDistributions",
    "cloudwatch:DescribeAlarms",
    "cloudwatch:GetMetricData",
    "lambda:GetAccountSettings",
    "polly:DescribeVoices",
    "sns:ListSubscriptions",
  ],
}
const nothing: Actions = {}

/** Each command, by its longest name that is listed. What it asks of Telegram is the bot's token's affair. */
export const access: Readonly<Record<string, Access>> = {
  preflight: { role: "administrator", does: nothing },
  doctor: { role: "viewer", does: merged([health, readsEvents]) },
  "doctor --alarm": {
    role: "operator",
    does: { account: ["cloudwatch:SetAlarmState", "cloudwatch:DescribeAlarmHistory"] },
  },
  funnel: { role: "viewer", does: readsSettings },
  recount: { role: "viewer", does: merged([readsSettings, readsEvents]) },
  "recount --repair": { role: "operator", does: writesSettings },
  link: { role: "viewer", does: readsSettings },
  "link create": { role: "operator", does: writesSettings },
  "link edit": { role: "operator", does: writesSettings },
  "link disable": { role: "operator", does: writesSettings },
  webhook: { role: "viewer", does: nothing },
  "webhook set": { role: "operator", does: nothing },
  "webhook delete": { role: "operator", does: nothing },
  commands: { role: "operator", does: nothing },
  profile: { role: "operator", does: nothing },
  media: {
    role: "viewer",
    does: merged([
      readsSettings,
      { media: ["s3:ListBucket"], mediaObjects: ["s3:GetObject"], dataKey: ["kms:Decrypt"] },
    ]),
  },
  "media upload": {
    role: "operator",
    does: merged([
      writesSettings,
      { settings: ["dynamodb:DeleteItem"], mediaObjects: ["s3:PutObject"], dataKey: ["kms:GenerateDataKey"] },
    ]),
  },
  dlq: { role: "viewer", does: merged([readsDead, readsPeople]) },
  "dlq redrive": { role: "operator", does: merged([sends, { deadLetters: ["sqs:DeleteMessage"] }]) },
  "dlq drop": { role: "operator", does: { deadLetters: ["sqs:DeleteMessage"] } },
  parked: { role: "viewer", does: merged([readsEvents, readsPeople]) },
  "parked retry": { role: "operator", does: sends },
  update: { role: "viewer", does: merged([readsPeople, readsDead]) },
  user: { role: "viewer", does: merged([readsPeople, readsSettings]) },
  "user export": { role: "operator", does: merged([readsPeople, readsSettings, readsDead]) },
  "user forget": { role: "operator", does: forgets },
  smoke: { role: "operator", does: forgets },
  trace: {
    role: "viewer",
    does: {
      events: ["dynamodb:GetItem"],
      dataKey: ["kms:Decrypt"],
      logs: ["logs:StartQuery"],
      // Of a query's id, whose groups were allowed before.
      account: ["logs:GetQueryResults"],
    },
  },
  secrets: { role: "administrator", does: nothing },
  backup: { role: "administrator", does: nothing },
  restore: { role: "administrator", does: nothing },
}

/** Which role what was typed needs: by its words and flags, as many of them as are listed together. */
export const roleOf = (typed: ReadonlyArray<string>): Role | undefined => access[listedAs(typed)]?.role

/** The longest name by which what was typed is listed. */
export const listedAs = ([command = "", ...words]: ReadonlyArray<string>): string =>
  words.map((word) => `${command} ${word}`).find((name) => name in access) ?? command

/** All that a role's commands do; the operator's with the viewer's. */
export const actionsOf = (role: "viewer" | "operator"): Actions =>
  merged(
    Object.values(access)
      .filter((command) => command.role === "viewer" || command.role === role)
      .map(({ does }) => does),
  )

function merged(all: ReadonlyArray<Actions>): Actions {
  const entries = all.flatMap((actions) => Object.entries(actions))
  return Object.fromEntries(
    [...new Set(entries.map(([thing]) => thing))].map((thing) => [
      thing,
      [...new Set(entries.flatMap(([name, actions]) => (name === thing ? actions : [])))].sort(),
    ]),
  )
}
