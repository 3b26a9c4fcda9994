import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb"
import { DeleteObjectCommand, S3Client } from "@aws-sdk/client-s3"
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs"
import * as Effect from "effect/Effect"
import { tables } from "../../../packages/local/aws/dynamodb/tables.ts"
import { buckets } from "../../../packages/local/aws/s3/buckets.ts"
import { account, clientOptions } from "../../../packages/local/aws/sdk.ts"
import { attributesOf, type Insider } from "./Insider.ts"

type Variables = Readonly<Record<string, string>>

/** The environments of the functions that a host runs: they hold keys that are nowhere else. */
const functionsOf = async (host: number | undefined): Promise<ReadonlyArray<Variables>> => {
  const children = (await readFile(`/proc/${host}/task/${host}/children`, "utf8")).trim().split(" ")
  const environments = await Promise.all(children.map((child) => readFile(`/proc/${child}/environ`, "utf8")))
  return environments
    .map((text) => Object.fromEntries(text.split("\0").map((line) => line.split(/=(.*)/s, 2))))
    .filter((variables) => "SST_KEY" in variables)
}

/** Somebody who can read the environment of the functions, once both have been called, and has their permissions. */
export const insiderOf = (data: string, host: number | undefined): Insider => {
  const variable = async (name: string) => (await functionsOf(host))[0]?.[name] ?? ""
  const optionsFor = async (service: string) => clientOptions(await variable(`AWS_ENDPOINT_URL_${service}`))
  return {
    secrets: Effect.promise(async () => {
      const keys = new Set((await functionsOf(host)).map(({ SST_KEY }) => SST_KEY))
      return {
        "webhook secret": await readFile(join(data, "webhook-secret"), "utf8"),
        "AWS's secret key": await variable("AWS_SECRET_ACCESS_KEY"),
        ...Object.fromEntries([...keys].map((key, index) => [`key of a function's links (${index})`, key])),
      }
    }),
    spoil: (userId, text) =>
      Effect.promise(async () => {
        const command = new UpdateItemCommand({
          TableName: tables.users,
          Key: { userId: { S: userId } },
          UpdateExpression: "SET #state = :text, #run = :text",
          ExpressionAttributeNames: { "#state": "state", "#run": "run" },
          ExpressionAttributeValues: { ":text": { S: text } },
        })
        await new DynamoDBClient(await optionsFor("DYNAMODB")).send(command)
      }),
    enqueue: (updateId, body) =>
      Effect.promise(async () => {
        const options = await optionsFor("SQS")
        const attributes = Object.entries(attributesOf(updateId))
        const command = new SendMessageCommand({
          QueueUrl: `${options.endpoint}/${account}/UpdateQueue`,
          MessageBody: body,
          MessageAttributes: Object.fromEntries(
            attributes.map(([name, value]) => [name, { DataType: "String", StringValue: String(value) }]),
          ),
        })
        await new SQSClient(options).send(command)
      }),
    lose: (key) =>
      Effect.promise(async () => {
        const client = new S3Client(await optionsFor("S3"))
        await client.send(new DeleteObjectCommand({ Bucket: buckets.mediaBucket, Key: key }))
      }),
  }
}
