// What must hold at every commit, every request and whenever the world is at rest.
import { type Category, captures, NONE, type Pairs, serves } from '../../core/consent.ts'
import { foldAfresh } from '../../core/feature.ts'
import { type Entry, type Event, type Folded, verify } from '../../core/ledger.ts'
import { categoriesOf, type Model } from '../../core/model.ts'
import type { Commit } from '../../core/ports.ts'
import { parseAnyReport } from '../../core/private-report.ts'
import { parseTicket } from '../../core/report.ts'
import { categoryOf, type Signal } from '../../core/signal.ts'
import { PAGE_KEY, parsePageState, parseTail, STANDING_KEY, TAIL_KEY } from '../../core/standing.ts'
import { assignAll } from '../../store/access.ts'
import { FORGOTTEN, LEDGER, SIGNALS } from '../../store/keys.ts'
import { must } from './broken.ts'
import type { Server } from './collector.ts'
import type { Asked, Consents } from './consents.ts'
import type { Stored } from './disk.ts'
import { createReading, FOLDED } from './reading.ts'
import { createReportChecks } from './reports-check.ts'
import { COLLECTOR, models } from './site.ts'
import { createTallyCheck } from './tally-check.ts'
import { toyDigest } from './toy-cipher.ts'
import type { Realm } from './world.ts'

/** Notes the end of something begun in time, or puts in order what is there. */
const CLOSING: readonly Event['type'][] = ['answer', 'deletion', 'fold']

/** Works on what is there already. */
const SETTLING: readonly Event['type'][] = ['segment', 'correction', 'model']

const isNothing = (it: object): boolean => Object.keys(it).length === 0

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

export const createInvariants = (
  consents: Consents,
  server: Pick<Server, 'rows' | 'tokens' | 'erased' | 'cells' | 'handled'>,
) => {
  const reading = createReading()
  const { readingOf, signalsOn, ledgerOf, stateOf } = reading
  /** Has a page left last words that none has seen yet? It may have gone before it heard of a no. */
  let unread = false
  const { journal, tokens, ...reports } = createReportChecks(reading, server)

  const categoryOfKey = (key: string): Category => key.slice(SIGNALS.length).split('/')[0] as Category

  const isGranted = (pairs: Pairs, key: string, signals: readonly Signal[]): boolean =>
    captures(pairs, categoryOfKey(key)) && signals.every(({ kind }) => captures(pairs, categoryOf(kind)))

  const checkConsent = (database: Stored, before: Stored, { head, put }: Commit, asked: Asked): void => {
    // Sealed anew, or put in order: that it is there is nothing new.
    const fresh = put.filter(({ key, data }) => {
      if (!key.startsWith(SIGNALS) && !key.startsWith(LEDGER)) return false
      const stood = before.records.get(key)
      return !stood || !same(readingOf(database, key, data), readingOf(before, key, stood))
    })
    const events = fresh
      .filter(({ key }) => key.startsWith(LEDGER) && key !== FOLDED)
      .map(it => readingOf(database, it.key, it.data) as Entry)
    const signals = fresh.filter(({ key }) => key.startsWith(SIGNALS))
    const began = events.map(({ event }) => event).filter(event => !CLOSING.includes(event.type))
    const begins = signals.length > 0 || began.length > 0
    const { allowed, kept, everAllowed } = asked
    // What is kept may be set right while it is paused, and what follows from that is worked out.
    const settles = began.length > 0 && began.every(it => SETTLING.includes(it.type) || ('paused' in it && it.paused))
    const corrects = began.some(({ type }) => type === 'correction')
    const may = !begins ? everAllowed : settles && (corrects || !signals.length) ? kept : allowed
    const what = fresh.map(({ key }) => key)
    must(!begins || may !== NONE, 'nothing is written without a grant in force', what, may, everAllowed)
    if (head.seq !== before.head.seq || head.pairs !== before.head.pairs)
      must((head.pairs & ~everAllowed) === 0, 'no more is granted on disk than was granted', head.pairs, everAllowed)
    for (const { key, data } of signals)
      must(
        isGranted(may, key, readingOf(database, key, data) as Signal[]),
        'no signal is written without its grant',
        key,
        may,
        head,
        before.head,
      )
    if (head.pairs === before.head.pairs) return
    for (const [key, data] of database.records)
      if (key.startsWith(SIGNALS))
        must(
          isGranted(head.pairs as Pairs, key, (readingOf(database, key, data) ?? []) as Signal[]),
          'no signal is left without its grant',
          key,
          head.pairs,
        )
  }

  const checkTaken = (database: Stored): void => {
    const seen = new Set<string>()
    const sealed = database.records.get(FORGOTTEN)
    const forgotten = (sealed ? readingOf(database, FORGOTTEN, sealed) : []) as readonly string[]
    for (const signal of signalsOn(database)) {
      const one = signal.id === undefined ? `${signal.at}` : `${signal.kind} ${signal.id}`
      must(!seen.has(one), 'no signal is taken twice', signal)
      must(!forgotten.includes(`${signal.id}`), 'what the visitor took out stays out', signal)
      seen.add(one)
    }
  }

  const checkLedger = (database: Stored, before: Stored, { put }: Commit): void => {
    for (const { key, data } of put) {
      if (!key.startsWith(LEDGER) || key === FOLDED) continue
      const entry = readingOf(database, key, data) as Entry
      const stood = before.records.get(key)
      const stands = stood && readingOf(before, key, stood)
      // Sealed anew, it says the same; damaged, it is mended.
      must(!stands || same(entry, stands), 'no entry of the ledger is written over', stands, entry)
      if (stood) continue
      const { event } = entry
      if (event.type === 'report') {
        reports.checkReport(database, event.body)
        reports.checkPinned(database, event.body)
        reports.checkSpent(database)
        reports.noteDrawn(database, event)
      }
      if (event.type === 'answer') reports.checkAnswer(database, event)
    }
  }

  /** As the device has it, made from nothing but the signals that are kept. */
  const checkSegments = (database: Stored, { stamps }: Asked): void => {
    const state = stateOf(database)
    const model = models.get(state?.model ?? '')
    if (!state || !model) return
    const pairs = database.head.pairs as Pairs
    const { seen } = state.fold
    const fold = { ...foldAfresh(model.features, signalsOn(database)), ...(seen ? { seen } : {}) }
    const fresh = (now: number): string =>
      JSON.stringify(assignAll(model, { ...state, fold }, pairs, now).map(it => [it.segmentation, it.segment]))
    const kept = JSON.stringify(model.segmentations.map(({ id }) => [id, state.assigned[id]]))
    for (const now of stamps) if (fresh(now) === kept) return
    must(
      false,
      'segments are what the kept signals say',
      kept,
      fresh(stamps[0] ?? 0),
      stamps,
      state.fold,
      signalsOn(database),
    )
  }

  const checkTally = createTallyCheck(server, journal, tokens)

  return {
    drawn: reports.drawn,
    /** A page begins, and sees to what others have left. */
    loaded: (): void => {
      unread = false
    },
    /** A page leaves its last words: of what it noted while that was granted. */
    parked: (page: Realm, text: string): void => {
      unread = true
      for (const { signals } of parseTail(text))
        for (const { kind, at } of signals) {
          const may = consents.allowedTo(page, at)
          must(captures(may, categoryOf(kind)), 'no last words are left without a grant', kind, may)
        }
    },
    committed: (database: Stored, before: Stored, commit: Commit, asked: Asked): void => {
      checkConsent(database, before, commit, asked)
      checkLedger(database, before, commit)
      // Which batches were taken is lost with the state; all else is made again, or known to be missing.
      if (database.damaged) return
      const moved = commit.remove.length > 0 || commit.put.some(({ key }) => key.startsWith(SIGNALS))
      if (moved) checkTaken(database)
      if (moved || !same(stateOf(database)?.assigned, stateOf(before)?.assigned)) checkSegments(database, asked)
    },

    posted: (worker: Realm, url: string, body: string): void => {
      if (url === `${COLLECTOR}/v1/reports`) {
        const it = parseAnyReport(body)
        const model = models.get(it.model) as Model
        const question = model.segmentations.find(({ id }) => id === it.segmentation)
        const { allowed: pairs } = consents.asking(worker)
        must(
          question !== undefined && serves(pairs, 'measurement', categoriesOf(model, question)),
          'nothing is reported without a grant in force',
          body,
          pairs,
        )
        must(reports.isNoted(body), 'a report is on the ledger before it is sent', body)
      } else {
        must(url === `${COLLECTOR}/v1/erasures`, 'nothing else is sent', url)
        must(journal.has(parseTicket(body).pseudonym), 'a ticket names what was reported', body)
      }
    },

    /** Nothing is on its way any more. @param shown what the pages still show */
    atRest: async (
      database: Stored | undefined,
      keys: ReadonlyMap<string, string>,
      shown: readonly object[],
    ): Promise<void> => {
      checkTally()
      if (database) {
        const entries = ledgerOf(database)
        const whole = entries.map(({ entry }) => entry).filter(entry => entry !== undefined)
        const folded = database.records.get(FOLDED)
        const rest = folded && (readingOf(database, FOLDED, folded) as Folded)
        const first = await verify({ digest: toyDigest }, whole, rest, stateOf(database)?.ledger)
        must(database.damaged || first === undefined, 'the ledger verifies', first, whole)
      }
      if (consents.isPaused()) must(shown.every(isNothing), 'while it is paused no page shows a segment', shown)
      if (!consents.isOver()) return
      // An eraser that came too late may have made an empty one: there is nothing in it to read.
      const left = [...(database?.records.keys() ?? []), ...(database?.secret ? ['key'] : [])]
      must(!left.length, 'after a no nothing is left on disk', left)
      must(shown.every(isNothing), 'after a no no page shows a segment', shown)
      const kept = [...keys.keys()].filter(
        key => key !== STANDING_KEY && key !== PAGE_KEY && !(unread && key.startsWith(TAIL_KEY)),
      )
      const { needs, segments } = parsePageState(keys.get(PAGE_KEY) ?? null)
      must(!kept.length && !needs && !segments, 'after a no only tickets are left in the key', kept, needs, segments)
    },
  }
}

export type Invariants = ReturnType<typeof createInvariants>
