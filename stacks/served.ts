import { burns, fewestLate, latePercent, objective } from "@concierge/core/observe/objective.ts"
import type { Alarm } from "./alarms.ts"
import type { Sources } from "./sources.ts"
import type { Stage } from "./stage.ts"

// Whether people are served, whatever the parts say of themselves.

/** The objective's alarms: one of a fast window, one of a slow one, both on the share of /starts that are late. */
export const burning = ({ own }: Sources): ReadonlyArray<Alarm> =>
  (["fast", "slow"] as const).map((pace) => {
    const { hours, rate } = burns[pace]
    return {
      name: pace === "fast" ? "StartsLateFast" : "StartsLateSlow",
      severity: pace === "fast" ? "critical" : "warning",
      over: latePercent(rate),
      windowSeconds: hours * 3_600,
      says: `In ${hours} h over ${latePercent(rate)} % of the /starts had no video within ${objective.within / 1_000} s, Telegram's own limit not counted: what may be late in a month is used up ${rate} times as fast as it should. The saved query "slowest updates" says where the time goes.`,
      series: {
        starts: own("StartToVideo", "SampleCount"),
        good: own("StartToVideo", `PR(:${objective.within})`),
      },
      value: `IF(starts * (100 - good) / 100 >= ${fewestLate}, 100 - good, 0)`,
    }
  })

/** Every other alarm takes no traffic for good news. Where there is no watcher, nothing is to be seen. */
export const silence = (stage: Stage, { own }: Sources): ReadonlyArray<Alarm> =>
  stage.permanent
    ? [
        {
          name: "BotSilent",
          severity: "critical",
          over: 0,
          times: 2,
          missing: "breaching",
          says: "Telegram delivers elsewhere, cannot deliver, or does not answer, or nobody asks it any more: look at the watcher's log, then at getWebhookInfo.",
          series: { silent: own("BotSilent", "Maximum") },
        },
      ]
    : []
