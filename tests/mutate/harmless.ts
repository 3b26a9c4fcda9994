/** Faults that change nothing anybody could see, each by `keyOf`, and why. */
export const harmless: Readonly<Record<string, string>> = {
  "packages/core/delivery/attempt.ts: if (now <= dead && committed.at >= (yield* WorkersSince)) {: >= → >":
    "at that very millisecond either is right",
  "packages/core/delivery/batch.ts: : Number(one.update.attributes.receivedAt > other.update.attributes.receivedAt): > → >=":
    "two that came in the same millisecond have no order",
  "packages/core/delivery/prove.ts: if (now <= plus(committed.at, lease) && committed.at >= (yield* WorkersSince)) return false: <= → <":
    "at that very millisecond either is right",
  "packages/core/delivery/prove.ts: if (now <= plus(committed.at, lease) && committed.at >= (yield* WorkersSince)) return false: >= → >":
    "at that very millisecond either is right",
  "packages/core/delivery/send.ts: const wait = Duration.millis(to.not_before === undefined ? 0 : Math.max(0, millisBetween(now, to.not_before))): 0 → 1 (2)":
    "a wait that is over is one of a millisecond",
  "packages/core/delivery/send.ts: to.topic !== undefined && to.chatId > 0: 0 → 1":
    "no chat of Telegram's has the id 1",
  "packages/core/delivery/send.ts: to.topic !== undefined && to.chatId > 0: > → >=":
    "no chat of Telegram's has the id 0",
  "packages/core/delivery/times.ts: export const lastBegin = Duration.seconds(65): 65 → 66":
    "a figure with room on both sides: times.test.ts holds what must hold between them",
  "packages/core/delivery/times.ts: export const lease = Duration.sum(deadline, Duration.seconds(10)): 10 → 11":
    "a figure with room on both sides: times.test.ts holds what must hold between them",
  "packages/core/delivery/times.ts: export const lostLeaseWait = Duration.seconds(1): 1 → 2":
    "a figure with room on both sides: times.test.ts holds what must hold between them",
  "packages/core/delivery/times.ts: export const actionAfter = Duration.millis(100): 100 → 101":
    "a figure with room on both sides: times.test.ts holds what must hold between them",
  "packages/core/delivery/times.ts: export const counterShards = 8: 8 → 9":
    "a figure with room on both sides: times.test.ts holds what must hold between them",
  "packages/core/delivery/times.ts: Duration.times(Duration.min(outageDelayMax, Duration.times(outageDelay, 2 ** Math.min(attempt, 20))), 1 + chance): 20 → 21":
    "the ceiling is reached after eight doublings",
  "packages/core/forgetting/erase.ts: const at = now > receivedAt ? now : receivedAt: > → >=": "gives the same",
  "packages/core/forgetting/erase.ts: if (rest.some(({ committed }) => plus(committed.at, lease) > now)) return false: > → >=":
    "at that very millisecond either is right",
  "packages/core/forgetting/forget.ts: return Option.isSome(tombstone) && times.some((at) => tombstone.value.at >= at): >= → >":
    "at that very millisecond either is right",
  "packages/core/groups/answerGroup.ts: if ((yield* currentIso) > plus(takenAt, lease)) return unseen: > → >=":
    "at that very millisecond either is right",
  'packages/core/onboarding/Action.ts: type === undefined ? (person === undefined ? id > 0 : id === person.id) : type === "private": 0 → 1':
    "no chat of Telegram's has the id 1",
  'packages/core/onboarding/Action.ts: type === undefined ? (person === undefined ? id > 0 : id === person.id) : type === "private": > → >=':
    "no chat of Telegram's has the id 0",
  "packages/core/onboarding/decide.ts: hinted_at !== undefined && at <= plus(hinted_at, oneGo) && hinted_at <= plus(at, oneGo): <= → < (2)":
    "at that very millisecond either is right",
  "packages/core/onboarding/decide.ts: return (last !== undefined && plus(last, doubleStart) >= at) || isBefore(plus(at, 999), latest(user)?.at): 999 → 1000":
    "Telegram's moments are whole seconds",
  "packages/core/onboarding/decide.ts: return (last !== undefined && plus(last, doubleStart) >= at) || isBefore(plus(at, 999), latest(user)?.at): >= → >":
    "at that very millisecond either is right",
  "packages/core/onboarding/profile.ts: if (user.profile_at !== undefined && at < user.profile_at) return user: < → <=":
    "at that very millisecond either is right",
  "packages/core/onboarding/proven.ts: const clockSkew = Duration.seconds(5): 5 → 6":
    "a figure with room on both sides: clocks differ by less",
  "packages/core/onboarding/proven.ts: return shownAt === undefined || plus(shownAt, clockSkew) >= message.since ? [{ step, message }] : []: >= → >":
    "at that very millisecond either is right",
  "packages/core/onboarding/touched.ts: last_touch_at > attributed_at ? last_touch_at : attributed_at: > → >=":
    "gives the same",
}
