import { Timer } from "@concierge/aws/sdk/call.ts"
import { it } from "@effect/vitest"
import * as Layer from "effect/Layer"
import { dynamoDb } from "../../packages/local/aws/dynamodb/dynamoDb.ts"
import { dynamoStores } from "../layers/dynamoStores.ts"
import { dynoxideBinary, dynoxideEndpoint } from "../layers/dynoxide.ts"
import { archiveContract } from "./suites/archive.ts"
import { eventsContract } from "./suites/events.ts"
import { linksContract } from "./suites/links.ts"
import { parkedContract } from "./suites/parked.ts"
import { sessionsContract } from "./suites/sessions.ts"
import { settingsContract } from "./suites/settings.ts"
import { shapeContract } from "./suites/shape.ts"
import { usersContract } from "./suites/users.ts"

/** Fifty calls at once take an emulator on a busy machine its time. What a time-out does is tested where time is the test's. */
const patient = Layer.succeed(Timer, () => () => {})

const contracts = (name: string, onEmulator: ReturnType<typeof dynamoStores>) => {
  const stores = Layer.merge(onEmulator, patient)
  usersContract(name, stores)
  eventsContract(name, stores)
  parkedContract(name, stores)
  sessionsContract(name, stores)
  settingsContract(name, stores)
  linksContract(name, stores)
  archiveContract(name, stores)
  shapeContract(name, stores)
}

contracts("DynamoDB as dynalite has it", dynamoStores(dynamoDb))

const binary = dynoxideBinary()
if (binary === undefined) {
  const reason = `DynamoDB as dynoxide has it: no binary for ${process.platform} ${process.arch} is installed`
  console.info(reason)
  it.skip(reason, () => {})
} else {
  contracts("DynamoDB as dynoxide has it", dynamoStores(dynoxideEndpoint(binary)))
}
