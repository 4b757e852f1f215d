// One check at a time taken out of the real code: what the simulation must find.
import type { Planted } from './subject.ts'

/** `rare` ones show in one of several thousand sequences: only a soak looks that long. */
export const PLANTED: readonly (Planted & { readonly name: string; readonly rare?: true })[] = [
  {
    name: 'a worker goes on although the decision is not the one on disk, or ran out',
    file: 'worker/device.ts',
    find: 'allowed = draft.head.seq === decision?.seq && grantedBy(decision, now, config.notice) !== NONE',
    put: 'allowed = true',
  },
  {
    name: 'a worker takes in what its category was not granted for',
    file: 'worker/ingest.ts',
    find: 'return signal && captures(pairs, categoryOf(signal.kind)) ? signal : undefined',
    put: 'return signal ?? undefined',
  },
  {
    name: 'a batch is taken in although it was before',
    file: 'worker/ingest.ts',
    find: 'state.batches.includes(name)',
    put: 'false',
  },
  {
    name: 'a batch that is given twice at once is taken twice',
    file: 'worker/ingest.ts',
    find: 'const fresh = [...given]',
    put: "const fresh = batches.map(batch => [batch.page + '.' + batch.n, batch] as const)",
  },
  {
    name: 'what is denied stays on disk',
    file: 'worker/settle.ts',
    find: 'draft.remove.push(...denied.map(allOf))',
    put: '',
  },
  {
    name: 'a segment is reported that measurement was not granted for',
    file: 'worker/delivery.ts',
    find: "serves(head.pairs as Pairs, 'measurement', categoriesOf(model, it))",
    put: 'true',
  },
  {
    name: 'a report is sent that is not on the ledger',
    file: 'worker/delivery.ts',
    find: 'if (!attempts)\n      draft.events.push({',
    put: 'if (attempts < 0)\n      draft.events.push({',
  },
  {
    name: 'what a noised answer costs is forgotten',
    file: 'worker/noised.ts',
    find: 'state.budget = budget',
    put: 'void budget',
  },
  {
    name: 'a noised answer is given again with every change',
    file: 'worker/reporter.ts',
    find: '(once ? !seq : segment !== told',
    put: '(segment !== told',
  },
  {
    name: 'seq stands still',
    file: 'worker/reporter.ts',
    find: 'seq: state.seq + 1,',
    put: 'seq: Math.max(1, state.seq),',
  },
  {
    name: 'a lost race counts as won',
    file: 'worker/changes.ts',
    find: 'if (!(await vault.commit({ after, head, put, remove, afresh, firm }))) continue',
    put: 'await vault.commit({ after, head, put, remove, afresh, firm })',
  },
  {
    name: 'what is sent may be lost with the power',
    file: 'worker/changes.ts',
    find: "draft.events.some(({ type }) => type === 'report')",
    put: 'false',
    rare: true,
  },
  {
    name: 'what another tab wrote is passed over',
    file: 'worker/changes.ts',
    find: 'if (cache?.commit === head.commit)',
    put: 'if (cache)',
  },
  {
    name: 'the fold of another model is taken for this one',
    file: 'worker/ingest.ts',
    find: 'draft.state.model === modelId(model)',
    put: 'true',
  },
  {
    name: 'a fold that was cut short is taken for whole',
    file: 'core/feature.ts',
    find: 'from <= firstDay(specs, now)',
    put: 'from >= 0 || now < 0 || !specs',
    rare: true,
  },
  {
    name: 'a page goes on although another tab decided',
    file: 'sdk/nearside.ts',
    find: 'if (news === decision?.seq) return // Heard before.',
    put: 'if (capture) return',
    rare: true,
  },
  {
    name: 'a page that was told runs under the grant that the key still shows',
    file: 'sdk/nearside.ts',
    find: '(decision?.seq as number) > known && isGranted()',
    put: 'isGranted()',
    rare: true,
  },
  {
    name: 'a page notes what its category was not granted for',
    file: 'sdk/gate.ts',
    find: "if (!isGrant(decision, need.category)) return 'denied'",
    put: '',
  },
  {
    name: 'what the page kept outlives the grant',
    file: 'sdk/key.ts',
    find: 'const granted = attempt(() => isGrant(readDecision()))',
    put: 'const granted = true',
  },
  {
    name: 'a tab that makes a key passes over the one that another made',
    file: 'store/vault.ts',
    find: 'ring.made.after === commit',
    put: 'true',
  },
  {
    name: 'what is asked of a worker that is ended is never answered',
    file: 'sdk/rights.entry.ts',
    find: 'over.then(() => null), ',
    put: '',
  },
  {
    name: 'nothing is deleted after a no',
    file: 'sdk/nearside.ts',
    find: 'if (before) await guard(async () => (await begin()).forget())',
    put: '',
    rare: true,
  },
]
