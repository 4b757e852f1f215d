/**
 * What both ends of the boundary to a site's page read with: the script there, and the extension's own pages. The build makes one file of it,
 * which goes before either (`scripts/vite/both-ends.ts`): made into each, it would be there twice, and the zip is held to a size. Modules named
 * here are taken from that file, so what anybody needs of one has to be named.
 */

export { COLLECTOR_DAYS, parseConfig, parseDraft, snapshotOf } from '../core/config.ts'
export {
  ALL_PAIRS,
  both,
  CATEGORIES,
  captures,
  categoriesIn,
  grantsOf,
  NONE,
  PURPOSES,
  pairsOf,
  product,
  serves,
  spared,
} from '../core/consent.ts'
export { decide, grantedBy, inForce, SIX_MONTHS } from '../core/decision.ts'
export { DATE, DAY_MS, dateOf, dayOf, EPOCH_MS, epochOf, MINUTE_MS } from '../core/epoch.ts'
export { parseEpsilon, shareUpTo } from '../core/epsilon.ts'
export { append, FIRST_HASH, foldEntries, verify } from '../core/ledger.ts'
export { parseEntry, parseFolded } from '../core/ledger-entry.ts'
export { checkLog, parseHead, parseLog } from '../core/log.ts'
export { DIFFERING, differingIn, MODEL_FAULTS, RefusedModel } from '../core/model-fault.ts'
export { featureName, needsOf } from '../core/needs.ts'
export {
  expected,
  fault,
  integer,
  list,
  mapOf,
  object,
  oneOf,
  optional,
  ParseError,
  parseJson,
  real,
  text,
  unique,
} from '../core/parse.ts'
export { derivePseudonym, PSEUDONYM } from '../core/pseudonym.ts'
export { mayReceive } from '../core/recipient.ts'
export { addRefusals, REFUSALS } from '../core/refusal.ts'
export {
  first,
  LAST_SEQ,
  last,
  parseReport,
  printReport,
  printTicket,
  segmentationId,
  segmentId,
} from '../core/report.ts'
export {
  categoryOf,
  hasField,
  isNumeric,
  isOpen,
  KIND_NAMES,
  KINDS,
  PAGE_KINDS,
  parseSignal,
  WORD,
  word,
  wordOf,
} from '../core/signal.ts'
export { checkSignature, parsePublicKey, parseSignature } from '../core/signature.ts'
export { parseAccount, parseRemains, parseSight } from './sight.ts'
export { pause, within } from './site/within.ts'
