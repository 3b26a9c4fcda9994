/**
 * A link of SST's own grants `dynamodb:*`, `s3:*` or `sqs:*`. These carry the name or address and grant nothing; what a
 * function may do stands in its `permissions`. Called before the first of them is created.
 */
export const narrowLinks = () => {
  sst.Linkable.wrap(sst.aws.Dynamo, (table) => ({ properties: { name: table.name } }))
  sst.Linkable.wrap(sst.aws.Bucket, (bucket) => ({ properties: { name: bucket.name } }))
  sst.Linkable.wrap(sst.aws.Queue, (queue) => ({ properties: { url: queue.url } }))
}
