/** What may be pressed in the panel, by name: a view listens for these. */

import { type Attributes, type Child, type ElementNode, h } from '../../../view/element.ts'

export const PRESSES = [
  'jump',
  'because',
  'pause',
  'clear',
  'copy',
  'reload',
  'reset',
  'drop-model',
  'save',
  'report',
  'save-report',
  'close',
] as const
export type Press = (typeof PRESSES)[number]

/** @param data what it is about, in attributes `data-…` */
export const press = (
  does: Press,
  label: Child,
  data: Attributes = {},
  looks: 'dt-button' | 'dt-link' = 'dt-button',
): ElementNode =>
  h(
    'button',
    { type: 'button', class: looks, 'data-press': does, 'data-key': `${does} ${data['data-n'] ?? ''}`, ...data },
    label,
  )

/** Hears what is pressed in an element, whatever was drawn in it since. */
export const onPress = (element: HTMLElement, act: (does: Press, button: HTMLElement) => void): void =>
  element.addEventListener('click', ({ target }) => {
    const button = (target as Element).closest<HTMLElement>('[data-press]')
    const does = PRESSES.find(each => each === button?.dataset.press)
    if (button && does) act(does, button)
  })
