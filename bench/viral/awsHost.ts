import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb"
import { brand } from "@concierge/brands/concierge/brand.ts"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Effect from "effect/Effect"
import * as HttpServer from "effect/http/HttpServer"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { tables } from "../../packages/local/aws/dynamodb/tables.ts"
import { awsHostLayer } from "../../packages/local/aws/host.ts"
import { tell } from "../local/parent.ts"
import { paceKey, type Used } from "./run.ts"
import { layer as speechElsewhere } from "./speechElsewhere.ts"

/** Both functions as they are deployed, with ten containers of the worker. */
const place: { data: string; port: number } = JSON.parse(process.argv[2] ?? "")

const used = { accepted: 0, deferred: 0 }

/** Metrics are lines on their way to CloudWatch. */
const count = (line: string): void => {
  const found = /"(UpdatesAccepted|UpdatesDeferred)":(?:\[([\d,]+)\]|(\d+))/g
  for (const [, name, list, one] of line.matchAll(found)) {
    const sum = (list?.split(",") ?? [one ?? "0"]).reduce((total, value) => total + Number(value), 0)
    if (name === "UpdatesAccepted") used.accepted += sum
    else used.deferred += sum
  }
  if (/"level":"(ERROR|WARN)"/.test(line)) process.stderr.write(`${line.slice(0, 300)}\n`)
}

const host = awsHostLayer({
  brand,
  port: place.port,
  directory: `${place.data}/functions`,
  secret: Redacted.make("bench"),
  workers: 10,
  speech: speechElsewhere,
  print: count,
  prints: "everything",
})

const listening = Layer.effectDiscard(
  Effect.gen(function* () {
    yield* HttpServer.HttpServer
    const client = new DynamoDBClient()
    process.on("message", async () => {
      const command = new GetItemCommand({ TableName: tables.settings, Key: { key: { S: paceKey } } })
      const { Item } = await client.send(command)
      const paceWrites = Number(Item?.value?.M?.version?.N ?? 0)
      tell({ updates: used.accepted, copies: used.deferred, paceWrites } satisfies Used)
    })
    tell("listening")
  }),
)

NodeRuntime.runMain(Layer.launch(Layer.provide(listening, host)).pipe(Effect.provide(NodeFileSystem.layer)))
