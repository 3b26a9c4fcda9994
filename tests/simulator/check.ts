import type { Tables } from "../../packages/local/store/Tables.ts"
import { remembered, unwanted } from "./checks/blocks.ts"
import { funnel, sessions } from "./checks/derived.ts"
import { type Check, evidenceOf } from "./checks/Evidence.ts"
import { ends, recounts, repeats } from "./checks/ends.ts"
import { forgotten, traceless } from "./checks/forgotten.ts"
import { groupAnswers, oncePerMinute } from "./checks/groups.ts"
import { edgesOnly, once } from "./checks/moves.ts"
import { profile } from "./checks/people.ts"
import { wellSpent } from "./checks/receives.ts"
import { blank, goodbyes, revived } from "./checks/revived.ts"
import { inHand, inOrder, limitKept, served, tapsFirst } from "./checks/rush.ts"
import { answered, bounded, counted, justified, oneByOne } from "./checks/sends.ts"
import { answersKept } from "./checks/steps.ts"
import { together } from "./checks/taps.ts"
import { came, sent, touches } from "./checks/touches.ts"
import type { History } from "./History.ts"
import type { Schedule } from "./Schedule.ts"

const checks: ReadonlyArray<Check> = [
  ends,
  repeats,
  recounts,
  once,
  edgesOnly,
  answersKept,
  justified,
  counted,
  bounded,
  oneByOne,
  answered,
  groupAnswers,
  oncePerMinute,
  together,
  unwanted,
  remembered,
  wellSpent,
  touches,
  came,
  sent,
  profile,
  funnel,
  sessions,
  forgotten,
  traceless,
  blank,
  revived,
  goodbyes,
  served,
  inOrder,
  inHand,
  tapsFirst,
  limitKept,
]

/** What must hold and did not; each begins with the word for what it is. */
export const check = (history: History, schedule: Schedule, tables: Tables["Service"]): ReadonlyArray<string> => {
  const evidence = evidenceOf(history, schedule, tables)
  return checks.flatMap((check) => check(evidence))
}
