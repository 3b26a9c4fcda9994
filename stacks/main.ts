import path from "node:path"
import { alarms, alarmsToTry, edgeAlarms } from "./alarms.ts"
import { anomalies } from "./anomalies.ts"
import { backup } from "./backup.ts"
import { brandOf } from "./brand.ts"
import { budget } from "./budget.ts"
import { build } from "./code.ts"
import { dashboard } from "./dashboard.ts"
import { edge, originLock } from "./edge.ts"
import { keys } from "./keys.ts"
import { narrowLinks } from "./narrowLinks.ts"
import { operations } from "./operations.ts"
import { StageError } from "./options.ts"
import { savedQueries } from "./queries.ts"
import { queues } from "./queue.ts"
import { releases } from "./release.ts"
import { roles } from "./roles.ts"
import { secrets } from "./secrets.ts"
import { sources } from "./sources.ts"
import { stageOf } from "./stage.ts"
import { fileOptions, withFile } from "./stageFile.ts"
import { storage } from "./storage.ts"
import { tombstoneKey } from "./tombstoneKey.ts"
import { edgeTopics, topics } from "./topics.ts"
import { watch } from "./watch.ts"
import { watcher } from "./watcher.ts"
import { webhook, webhookPath } from "./webhook.ts"
import { worker } from "./worker.ts"

export const main = async () => {
  try {
    return await stacks()
  } catch (fault) {
    // Of a RunError Pulumi prints the message alone; of others a stack trace with it.
    throw fault instanceof StageError ? new $util.RunError(fault.message) : fault
  }
}

/** The whole stage, in the order in which one thing needs another; what it returns is printed after a deploy. */
const stacks = async () => {
  const file = fileOptions($app.stage, process.env, path.join($cli.paths.root, "stages"))
  const stage = stageOf($app.stage, withFile($app.stage, process.env, file))
  const brand = await brandOf(stage)
  narrowLinks()
  const base = { secrets: secrets(stage), keys: keys(stage) }
  build(stage)
  const stored = storage(stage, base.keys)
  backup(stage, stored)
  const moving = queues(stage, base.keys)
  const lock = originLock(stage)
  const receiving = webhook(stage, { ...base, queues: moving, originLock: lock })
  const working = worker(stage, {
    ...base,
    queues: moving,
    storage: stored,
    tombstoneKey: tombstoneKey(stage, base.secrets),
  })
  releases(stage, { webhook: receiving, worker: working })
  const front = edge(stage, receiving, lock)
  const webhookUrl = $interpolate`${front?.url ?? receiving.api.url}${webhookPath}`
  watcher(stage, { ...base, webhookUrl })
  savedQueries(stage)
  operations(stage, receiving, front)
  const people = roles(stage, { ...base, queues: moving, storage: stored })

  const watched = sources(stage, { webhook: receiving, worker: working, queues: moving, storage: stored })
  const told = topics(stage)
  for (const alarm of alarms(stage, watched)) watch(stage, alarm, told ?? {})
  if (told) budget(stage, told)
  if (front) {
    anomalies(stage, front.provider)
    const toldAtEdge = edgeTopics(stage, front.provider)
    for (const alarm of edgeAlarms(watched)) watch(stage, alarm, toldAtEdge, { provider: front.provider })
  }
  const board = dashboard(stage, brand, watched)

  return {
    webhookUrl,
    region: stage.region,
    dashboard: board.dashboardName,
    updateQueue: moving.updates.url,
    tapQueue: moving.taps.url,
    deadLetters: moving.deadLetters.url,
    usersTable: stored.users.name,
    sessionsTable: stored.sessions.name,
    eventsTable: stored.events.name,
    settingsTable: stored.settings.name,
    mediaBucket: stored.media.name,
    greetingsBucket: stored.greetings.name,
    // Keep it where the loss of the region cannot reach it: docs/deploy.md, "When a region is lost".
    ...(stored.recovery ? { recovery: stored.recovery, backfillRole: stored.backfill } : {}),
    ...(people ? { viewerPolicy: people.viewer.arn, operatorPolicy: people.operator.arn } : {}),
    // Each is the first of its topic's: set to ALARM for a minute, it proves that a mail arrives.
    ...(told ? { alarmsToTry: alarmsToTry(stage, watched) } : {}),
  }
}
