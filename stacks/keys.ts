import { keys as limits } from "./limits.ts"
import type { Stage } from "./stage.ts"

export type Keys = ReturnType<typeof keys>

/** Two keys, so that the webhook, which may use the queue's, cannot read what is stored. */
export const keys = (stage: Stage) => {
  // SST's "retain" leaves keys out, and data without its key is gone.
  const kept = { protect: stage.permanent, retainOnDelete: stage.permanent }
  return {
    data: rotatingKey(stage, "DataKey", "tables and buckets", {}, kept),
    queue: rotatingKey(stage, "QueueKey", "updates on their way", {}, kept),
  }
}

export const rotatingKey = (
  stage: Stage,
  name: string,
  use: string,
  args: Pick<aws.kms.KeyArgs, "policy">,
  opts: $util.CustomResourceOptions,
) => {
  const key = new aws.kms.Key(
    name,
    {
      description: `${$app.name} ${stage.name}: ${use}`,
      enableKeyRotation: true,
      deletionWindowInDays: stage.permanent ? limits.permanentDeletionDays : limits.personalDeletionDays,
      ...args,
    },
    opts,
  )
  const { provider } = opts
  new aws.kms.Alias(
    `${name}Alias`,
    { name: `alias/${$app.name}-${stage.name}-${name}`, targetKeyId: key.keyId },
    provider ? { provider } : {},
  )
  return key
}
