/** What each control does: it asks the page, reads what is kept anew, draws, and says what became of it. */

import type { Correction } from '../../core/correction.ts'
import type { Decision } from '../../core/decision.ts'
import type { Done } from '../../core/protocol/session.ts'
import { dpvReceipt, kantaraReceipt, recordOf } from '../../core/receipt.ts'
import type { SegmentId } from '../../core/segmentation.ts'
import type { Signal } from '../../core/signal.ts'
import type { Deed, Given } from '../../view/controls.ts'
import { corrected } from '../../view/correction.ts'
import { type Decided, isGranting } from '../../view/decision.ts'
import { download, fileName } from '../../view/download.ts'
import { type Scope, within } from '../../view/panels/erasure.ts'
import { createOpeners, scopeOf } from '../../view/panels/opening.ts'
import { readable } from '../../view/readable.ts'
import type { Tongue } from '../../view/tongue.ts'
import type { Frame } from './frame.ts'
import type { Lent } from './lent.ts'
import { findRemains } from './remains.ts'
import { firstState, hasTabs, screen } from './screens.ts'
import type { SiteFacts } from './site.ts'
import type { Tab } from './tabs.ts'

/** Ten times what 50,000 signals take: whoever waits longer is told so. */
const SLOW_MS = 8000

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
    Object.assign(state, { decision: decision ? decided(decision) : null, editing: undefined })
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
    const left = within(state.access?.signals ?? [], scope).length
    show({ stage: { at: 'gone', count: told.count, left } }, true)
  }

  const save = (ending: string, type: string, content: string): void => {
    download(window, fileName(site.name, ending), type, content)
    frame.say(words['done-download'])
  }

  const show = (change: Partial<typeof state>, moved = false): void => {
    Object.assign(state, change)
    draw(moved)
  }
  const openers = createOpeners(() => state, show)

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
    ...openers,
    change: given => {
      openers.change(given)
      frame.panel.querySelector<HTMLElement>('.ns-form [name]')?.focus()
    },
    save: given => {
      const signal = signalOf(given)
      return correct(
        { signal, to: corrected(signal, given as { [field: string]: string }, tongue) },
        words['done-save'],
      )
    },
    remove: given => correct({ signal: signalOf(given), to: null }, words['done-remove']),
    json: async () => save('json', JSON_TYPE, JSON.stringify(await lent.exportData(), null, 2)),
    readable: async () => {
      const access = await lent.exportData()
      if (access) save('html', 'text/html', readable(access, site.name, site, frame.dialog.dir, tongue))
    },
    receipt: ({ of }) => {
      const record = state.access && recordOf(state.access)
      if (!site.config || !record) return
      const receipt = (of === 'kantara' ? kantaraReceipt : dpvReceipt)(site.config, record, location.origin, words)
      const ending = of === 'kantara' ? 'json' : 'jsonld'
      save(`receipt-${record.day}.${ending}`, JSON_TYPE, JSON.stringify(receipt, null, 2))
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
