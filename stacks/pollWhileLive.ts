import type { Stage } from "./stage.ts"

/**
 * While `sst dev` runs, so do the worker's pollers, and no longer. Nobody at home, SST's stub gives Lambda an answer after
 * 16 s, which for a queue means success: the updates would be acknowledged and lost. With the pollers off they wait, four
 * days at most, until `sst dev` runs again; the webhook's own stub answers 500, and Telegram keeps what it has.
 */
export const pollWhileLive = (stage: Stage, mappings: ReadonlyArray<aws.lambda.EventSourceMapping>) => {
  if (!$dev) return
  new sst.x.DevCommand("Poller", {
    dev: {
      title: "Poller (stops with sst dev)",
      command: $interpolate`node_modules/.bin/node stacks/live/poller.ts ${stage.region} ${$util.all(mappings.map(({ uuid }) => uuid)).apply((uuids) => uuids.join(" "))}`,
      autostart: true,
    },
  })
}
