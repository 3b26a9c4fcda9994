import { fromIso, type Iso } from "@concierge/core/Time.ts"

/** How long ago, in one unit: "3 h". */
export const ago = (at: Iso, now: Iso): string => {
  const seconds = Math.max(0, Math.round((fromIso(now) - fromIso(at)) / 1000))
  if (Number.isNaN(seconds)) return "?"
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} d`
}
