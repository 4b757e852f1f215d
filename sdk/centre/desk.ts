/** What each control does: it asks the page, reads what is kept anew, draws, and says what became of it. */

import type { Correction } from '../../core/correction.ts'
import type { Decision } from '../../core/decision.ts'
import type { Done } from '../../core/protocol/session.ts'
import { dpvReceipt, kantaraReceipt, recordOf } from '../../core/receipt.ts'
import type { SegmentId } from '../../core/segmentation.ts'
import type { Signal } from '../../core/signal.ts'
import type { Deed } from '../../view/controls.ts'
import { corrected } from '../../view/correction.ts'
import { type Decided, isGranting } from '../../view/decision.ts'
import { type Scope, within } from '../../view/panels/erasure.ts'
import { ENTRIES_AT_ONCE } from '../../view/panels/sent.ts'
import { readable } from '../../view/readable.ts'
import { DAYS_AT_ONCE, NOTES_AT_ONCE } from '../../view/timeline.ts'
import type { Tongue } from '../../view/tongue.ts'
import { download } from './download.ts'
import type { Frame } from './frame.ts'
import type { Lent } from './lent.ts'
import { findRemains } from './remains.ts'
import { firstState, hasTabs, screen } from './screens.ts'
import type { SiteFacts } from './site.ts'
import type { Tab } from './tabs.ts'

/** Ten times what 50,000 signals take: whoever waits longer is told so. */
const SLOW_MS = 8000

/** What a control is about, in its `data-…`, and what its form says. */
export interface Given {
  readonly [name: string]: string | undefined
}

const decided = ({ seq, grants, expires, notice, paused }: Decision): Decided => ({
  ...{ seq, grants, expires, notice },
  ...(paused ? { paused } : {}),
})

const JSON_TYPE = 'application/json'

export const createDesk = (lent: Lent, site: SiteFacts, frame: Frame, tongue: Tongue) => {
  const state = firstState()
  const { words } = tongue
  let looks = 0
  let busy = false

  const draw = (moved = false): void =>
    frame.show(screen(state, site, Date.now(), tongue), hasTabs(state) ? state.tab : undefined, moved)

  /** Reads what is kept anew. */
  const look = async (moved = false): Promise<void> => {
    const mine = ++looks
    const decision = lent.decision()
    state.decision = decision ? decided(decision) : null
    state.editing = undefined
    const slow = setTimeout(() => {
      state.at = 'slow'
      draw()
    }, SLOW_MS)
    try {
      const access = state.decision && isGranting(state.decision) ? await lent.exportData() : null
      if (mine !== looks) return
      Object.assign(state, { at: 'ready', access, ...(access ? {} : { tab: 'overview' }) })
    } catch (error) {
      if (mine !== looks) return
      Object.assign(state, { at: 'unread', problem: (error as Error)?.message ?? String(error) })
    } finally {
      clearTimeout(slow)
    }
    draw(moved)
  }

  const tell = (told: Done | null, said: string): void =>
    frame.say(told && !told.refused ? said : tongue.phrased(words['centre-failed'], { problem: told?.refused ?? '' }))

  const correct = async (correction: Correction, said: string): Promise<void> => {
    const told = await lent.correct(correction)
    await look()
    tell(told, said)
  }

  const signalOf = ({ note }: Given): Signal => state.access?.signals[Number(note)] as Signal

  /** A scope as its control names it; days begin and end where the reader is. */
  const scopeOf = ({ category, from, to }: Given): Scope => {
    const instant = (given: string | undefined, end: string): number | undefined =>
      given ? (given.includes('-') ? Date.parse(`${given}T${end}`) : Number(given)) : undefined
    const read = { category, from: instant(from, '00:00:00'), to: instant(to, '23:59:59.999') }
    return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as Scope
  }

  const eraseAll = async (): Promise<void> => {
    await lent.eraseAll()
    const decision = lent.decision()
    Object.assign(state, firstState(), { at: 'gone', decision: decision ? decided(decision) : null })
    state.found = await findRemains()
    draw(true)
  }

  const erasePart = async (given: Scope): Promise<void> => {
    // What is noticed from now on is not meant.
    const scope = { ...given, to: given.to ?? Date.now() }
    const told = await lent.erase(scope)
    await look()
    if (!told || told.refused) return tell(told, '')
    state.stage = { at: 'gone', count: told.count, left: within(state.access?.signals ?? [], scope).length }
    draw(true)
  }

  const named = (ending: string): string => `nearside-${site.name.replace(/[^\p{L}\p{N}.-]+/gu, '-')}.${ending}`

  const show = (change: Partial<typeof state>, moved = false): void => {
    Object.assign(state, change)
    draw(moved)
  }

  const does: { readonly [D in Deed]: (given: Given) => unknown } = {
    choices: () => {
      frame.close()
      return lent.choices()
    },
    pause: async () => {
      await lent.pause(true)
      await look()
      frame.say(words['centre-paused'])
    },
    resume: async () => {
      await lent.pause(false)
      await look()
      frame.say(words['centre-granted'])
    },
    withdraw: async () => {
      await lent.withdraw()
      await look(true)
      frame.say(words['centre-refused'])
    },
    forget: eraseAll,
    right: given =>
      correct({ segmentation: given.of as string, segment: given.segment as SegmentId }, words['done-noted']),
    choose: given =>
      correct({ segmentation: given.of as string, segment: given.segment as SegmentId }, words['done-noted']),
    not: given => correct({ segmentation: given.of as string, not: given.segment as SegmentId }, words['done-noted']),
    undo: given => correct({ segmentation: given.of as string, segment: null }, words['done-noted']),
    day: ({ day }) => {
      const key = Number(day)
      if (!state.notes.delete(key)) state.notes.set(key, NOTES_AT_ONCE)
      draw()
    },
    days: () => show({ days: state.days + DAYS_AT_ONCE }),
    notes: ({ day }) => {
      state.notes.set(Number(day), (state.notes.get(Number(day)) ?? 0) + NOTES_AT_ONCE)
      draw()
    },
    entries: () => show({ entries: state.entries + ENTRIES_AT_ONCE }),
    change: ({ note }) => {
      show({ editing: Number(note) })
      frame.panel.querySelector<HTMLElement>('.ns-form [name]')?.focus()
    },
    cancel: () => show({ editing: undefined }),
    save: given => {
      const signal = signalOf(given)
      return correct(
        { signal, to: corrected(signal, given as { [field: string]: string }, tongue) },
        words['done-save'],
      )
    },
    remove: given => correct({ signal: signalOf(given), to: null }, words['done-remove']),
    json: async () => {
      download(named('json'), JSON_TYPE, JSON.stringify(await lent.exportData(), null, 2))
      frame.say(words['done-download'])
    },
    readable: async () => {
      const access = await lent.exportData()
      if (access) download(named('html'), 'text/html', readable(access, site.name, site, frame.dialog.dir, tongue))
      frame.say(words['done-download'])
    },
    receipt: ({ of }) => {
      const record = state.access && recordOf(state.access)
      if (!site.config || !record) return
      const receipt = (of === 'kantara' ? kantaraReceipt : dpvReceipt)(site.config, record, location.origin, words)
      const ending = of === 'kantara' ? 'json' : 'jsonld'
      download(named(`receipt-${record.day}.${ending}`), JSON_TYPE, JSON.stringify(receipt, null, 2))
      frame.say(words['done-download'])
    },
    ask: given => show({ stage: { at: 'asking', scope: scopeOf(given) } }, true),
    keep: () => show({ stage: { at: 'choosing' } }, true),
    erase: given => {
      const scope = scopeOf(given)
      return Object.keys(scope).length ? erasePart(scope) : eraseAll()
    },
    again: () => (state.at === 'gone' ? eraseAll() : look(true)),
  }

  return {
    look,
    state,
    go: (tab: Tab): void => show({ tab, stage: { at: 'choosing' }, editing: undefined }),
    /** One thing at a time; what fails is said in words, and never reaches the page. */
    act: async (deed: Deed, given: Given): Promise<void> => {
      if (busy) return
      busy = true
      frame.panel.setAttribute('aria-busy', 'true')
      frame.say('')
      try {
        await does[deed](given)
      } catch (error) {
        frame.say(tongue.phrased(words['centre-failed'], { problem: (error as Error)?.message ?? String(error) }))
      } finally {
        busy = false
        frame.panel.removeAttribute('aria-busy')
      }
    },
  }
}

export type Desk = ReturnType<typeof createDesk>
