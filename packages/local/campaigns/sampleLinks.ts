import type { Link } from "@concierge/core/attribution/Link.ts"
import { linkPayload } from "@concierge/core/attribution/StartPayload.ts"
import { type Iso, minus } from "@concierge/core/Time.ts"

/** The links that visitors come by, the same whenever they come; one is over, and one was never made. */
export const sampleLinks = (now: Iso): ReadonlyArray<readonly [id: string, link: Link]> => [
  [
    "samplePosterNort",
    { name: "Poster, north station", createdAt: now, utm: { source: "poster", campaign: "spring" } },
  ],
  ["sampleVideoAdOne", { name: "Video ad", createdAt: now, utm: { source: "video", campaign: "spring" } }],
  ["samplePartnerAna", { name: "Partner Ana", createdAt: now, ref_code: "ana", utm: { campaign: "partners" } }],
  [
    "sampleWinterOver",
    {
      name: "Winter flyer",
      createdAt: minus(now, "60 days"),
      expiresAt: minus(now, "30 days"),
      utm: { source: "flyer", campaign: "winter" },
    },
  ],
]

export const samplePayloads = (links: ReadonlyArray<readonly [string, Link]>): ReadonlyArray<string> => [
  ...links.flatMap(([id]) => [linkPayload(id), `${linkPayload(id)}-click42`]),
  linkPayload("sampleNobodyMade"),
  "ref_summer24",
  "undefined",
  "",
]
