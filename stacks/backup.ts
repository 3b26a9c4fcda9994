import type { Stage } from "./stage.ts"
import type { Storage } from "./storage.ts"

/** At night where most people of the first brand are. */
const daily = "cron(0 2 * * ? *)"

/** AWS's own policy for its own service: what a backup needs differs by kind of table and changes with the service. */
const managed = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"

/**
 * A copy of the tables each night, kept for so many days in a vault of its own. Point-in-time recovery, always on, goes
 * back 35 days and ends with the table; this outlives it.
 */
export const backup = (stage: Stage, { users, sessions, events, settings }: Storage) => {
  if (stage.backupDays === undefined) return
  const name = `${$app.name}-${stage.name}`
  const kept = { retainOnDelete: stage.permanent }
  const vault = new aws.backup.Vault("BackupVault", { name }, kept)
  const plan = new aws.backup.Plan("BackupPlan", {
    name,
    rules: [
      {
        ruleName: "daily",
        targetVaultName: vault.name,
        schedule: daily,
        lifecycle: { deleteAfter: stage.backupDays },
      },
    ],
  })
  const role = new aws.iam.Role("BackupRole", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "backup.amazonaws.com" }),
    inlinePolicies: [],
  })
  const attached = new aws.iam.RolePolicyAttachment("BackupRolePolicy", { role: role.name, policyArn: managed })
  new aws.backup.Selection(
    "BackupSelection",
    {
      name,
      planId: plan.id,
      iamRoleArn: role.arn,
      resources: [users, sessions, events, settings].map((table) => table.arn),
    },
    { dependsOn: [attached] },
  )
}
