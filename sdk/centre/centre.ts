/** The privacy centre: all that a visitor may see of what is kept, and do about it, in a dialog on the site's own page. */

import { STANDING_KEY } from '../../core/standing.ts'
import { DEEDS, type Given } from '../../view/controls.ts'
import type { Hand } from '../rights.entry.ts'
import { createDesk } from './desk.ts'
import { createFrame, type Frame } from './frame.ts'
import { type Lent, lentBy, type Verbs } from './lent.ts'
import { siteFacts } from './site.ts'
import { TABS, tabByKey } from './tabs.ts'
import { findVoice } from './words.ts'

let shown: Frame | undefined
let opening: Promise<void> | undefined

const valuesOf = (form: HTMLFormElement): Given =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]))

const isDeed = (name: string | undefined) => DEEDS.find(each => each === name)

/** Shows the centre, or leaves the one that is there. */
export const showCentre = async (hand: Hand, verbs: Verbs): Promise<void> => {
  if (shown?.dialog.isConnected) return shown.panel.focus()
  opening ??= open(lentBy(hand, verbs)).finally(() => {
    opening = undefined
  })
  return opening
}

const open = async (lent: Lent): Promise<void> => {
  const site = await siteFacts(lent.file)
  const { tongue, dir } = await findVoice(site.words)
  const end = new AbortController()
  const frame = createFrame(site.name, dir, tongue, () => end.abort())
  shown = frame
  const { dialog } = frame
  const desk = createDesk(lent, site, frame, tongue)
  const { signal } = end

  dialog.addEventListener('click', ({ target }) => {
    const at = target as Element
    const tab = TABS.find(each => each === at.closest<HTMLElement>('[data-tab]')?.dataset.tab)
    if (tab) desk.go(tab)
    const control = at.closest<HTMLElement>('button[data-does]')
    const deed = isDeed(control?.dataset.does)
    if (deed) void desk.act(deed, { ...control?.dataset })
  })
  dialog.addEventListener('submit', event => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const deed = isDeed(form.dataset.does)
    if (deed) void desk.act(deed, { ...valuesOf(form), ...form.dataset })
  })
  dialog.addEventListener('keydown', event => {
    if (!(event.target as Element).matches('[role=tab]')) return
    const tab = tabByKey(desk.state.tab, event.key, dialog.dir === 'rtl')
    if (!tab) return
    event.preventDefault()
    desk.go(tab)
  })
  // Somebody has decided elsewhere: on another tab, or in the extension.
  const elsewhere = (): void => (dialog.isConnected ? void desk.look() : frame.close())
  addEventListener('storage', ({ key }) => key === STANDING_KEY && elsewhere(), { signal })
  document.addEventListener('visibilitychange', () => document.hidden || elsewhere(), { signal })

  await desk.look(true)
}
