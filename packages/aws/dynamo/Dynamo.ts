import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DeleteItemCommandInput,
  DynamoDBClient,
  GetItemCommand,
  type KeysAndAttributes,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from "@aws-sdk/client-dynamodb"
import type { Unavailable } from "@concierge/core/services/reasons.ts"
import * as Arr from "effect/Array"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import { call, nameOf, type Policy } from "../sdk/call.ts"
import { EarlyAgent } from "../sdk/EarlyAgent.ts"
import { quiet } from "../sdk/quiet.ts"
import { rehearse } from "../sdk/rehearse.ts"
import type { Item } from "./attributes.ts"

/**
 * Four attempts within 4.8 s, as long as the lease allows a write to be under way. DynamoDB answers in milliseconds, so
 * that what takes a second is lost. The first repeat comes soon, for a connection that died while the container was
 * frozen; the last late, for a partition that is being split.
 */
const itemPolicy: Policy = {
  timeout: Duration.seconds(1),
  retry: Schedule.exponential("50 millis", 3).pipe(Schedule.jittered, Schedule.upTo({ times: 3 })),
}

/** What BatchGetItem and BatchWriteItem take. */
const getBatch = 100
const writeBatch = 25

export interface Options {
  /** Connections that are to be open, and the first request rehearsed, when the layer is built. */
  readonly early?: number
}

export interface TableNames {
  readonly users: string
  readonly events: string
  readonly sessions: string
  readonly settings: string
}

/** DynamoDB as the stores use it: each call is one request, and a condition that does not hold is an answer. */
export class Dynamo extends Context.Service<
  Dynamo,
  {
    readonly tables: TableNames
    /** A read of everything that was written before. */
    get(table: string, key: Item): Effect.Effect<Item | undefined, Unavailable>
    /** False: the condition did not hold. */
    put(input: PutItemCommandInput): Effect.Effect<boolean, Unavailable>
    /** The item as `ReturnValues` asks for it. Undefined: the condition did not hold. */
    update(input: UpdateItemCommandInput): Effect.Effect<Item | undefined, Unavailable>
    /** False: the condition did not hold. */
    remove(input: DeleteItemCommandInput): Effect.Effect<boolean, Unavailable>
    /** All pages. */
    query(input: QueryCommandInput): Effect.Effect<ReadonlyArray<Item>, Unavailable>
    /** Those of the keys that there is an item of, in any order; each key once. */
    getAll(
      table: string,
      keys: ReadonlyArray<Item>,
      options?: Omit<KeysAndAttributes, "Keys">,
    ): Effect.Effect<ReadonlyArray<Item>, Unavailable>
    removeAll(table: string, keys: ReadonlyArray<Item>): Effect.Effect<void, Unavailable>
  }
>()("@concierge/aws/dynamo/Dynamo") {}

/** Region, credentials and any endpoint come from the environment. */
export const layer = (tables: TableNames, { early = 0 }: Options = {}): Layer.Layer<Dynamo> =>
  Layer.effect(
    Dynamo,
    Effect.gen(function* () {
      const httpsAgent = new EarlyAgent()
      const client = yield* Effect.acquireRelease(
        Effect.sync(() => quiet(new DynamoDBClient({ maxAttempts: 1, requestHandler: { httpsAgent } }))),
        (client) => Effect.sync(() => client.destroy()),
      )
      if (early > 0) {
        yield* rehearse(httpsAgent, early, (sendTo) => {
          const command = new GetItemCommand({ TableName: tables.users, Key: { userId: { S: "none" } } })
          command.middlewareStack.add(
            () =>
              ({ request }) =>
                sendTo(request),
            { step: "deserialize", priority: "low" },
          )
          return client.send(command)
        })
      }
      const request = <A>(send: (options: { readonly abortSignal: AbortSignal }) => Promise<A>) =>
        call((abortSignal) => send({ abortSignal }), itemPolicy)
      return Dynamo.of({
        tables,
        get: (table, key) => {
          const command = new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true })
          return Effect.map(
            request((options) => client.send(command, options)),
            ({ Item }) => Item,
          )
        },
        put: (input) => {
          const command = new PutItemCommand(input)
          return Effect.map(
            ifHolds(request((options) => client.send(command, options))),
            (output) => output !== undefined,
          )
        },
        update: (input) => {
          const command = new UpdateItemCommand(input)
          return Effect.map(
            ifHolds(request((options) => client.send(command, options))),
            (output) => output && (output.Attributes ?? {}),
          )
        },
        remove: (input) => {
          const command = new DeleteItemCommand(input)
          return Effect.map(
            ifHolds(request((options) => client.send(command, options))),
            (output) => output !== undefined,
          )
        },
        query: Effect.fnUntraced(function* (input) {
          const items: Array<Item> = []
          let from: Item | undefined
          do {
            const command = new QueryCommand({ ...input, ...(from !== undefined && { ExclusiveStartKey: from }) })
            const page = yield* request((options) => client.send(command, options))
            items.push(...(page.Items ?? []))
            from = page.LastEvaluatedKey
          } while (from !== undefined)
          return items
        }),
        getAll: Effect.fnUntraced(function* (table, keys, options) {
          const items: Array<Item> = []
          yield* inBatches(keys, getBatch, async (Keys, abortSignal) => {
            const command = new BatchGetItemCommand({
              RequestItems: { [table]: { ...options, Keys, ConsistentRead: true } },
            })
            const { Responses, UnprocessedKeys } = await client.send(command, { abortSignal })
            items.push(...(Responses?.[table] ?? []))
            return UnprocessedKeys?.[table]?.Keys ?? []
          })
          return items
        }),
        removeAll: (table, keys) =>
          inBatches(keys, writeBatch, async (batch, abortSignal) => {
            const requests = batch.map((Key) => ({ DeleteRequest: { Key } }))
            const command = new BatchWriteItemCommand({ RequestItems: { [table]: requests } })
            const { UnprocessedItems } = await client.send(command, { abortSignal })
            return (UnprocessedItems?.[table] ?? []).map(({ DeleteRequest }) => DeleteRequest?.Key ?? {})
          }),
      })
    }),
  )

const ifHolds = <A>(write: Effect.Effect<A, Unavailable>): Effect.Effect<A | undefined, Unavailable> =>
  Effect.catchIf(
    write,
    ({ cause }) => nameOf(cause) === "ConditionalCheckFailedException",
    () => Effect.succeed(undefined),
  )

/** `send` gives back the keys that the table had no capacity for; they are asked for again under the same policy. */
const inBatches = (
  keys: ReadonlyArray<Item>,
  size: number,
  send: (keys: Array<Item>, abortSignal: AbortSignal) => Promise<Array<Item>>,
): Effect.Effect<void, Unavailable> =>
  Effect.forEach(
    Arr.chunksOf(keys, size),
    (batch) => {
      let left = [...batch]
      return call(async (abortSignal) => {
        left = await send(left, abortSignal)
        if (left.length > 0) throw new Error(`${left.length} of ${batch.length} keys were not processed`)
      }, itemPolicy)
    },
    { discard: true },
  )
