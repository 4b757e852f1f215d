/** What a visitor may press in the extension's own pages, by name, and the buttons that say so. */

import type { Given, Weight } from '../../view/controls.ts'
import { type Attributes, type Child, type ElementNode, h } from '../../view/element.ts'

export type Does<D extends string> = { readonly [N in D]: (given: Given) => unknown }

/** @param data what it is about, in attributes `data-…` */
export const press = <D extends string>(
  does: D,
  label: Child,
  weight: Weight = 'plain',
  data: Attributes = {},
): ElementNode =>
  h('button', { type: 'button', class: `ns-button ns-button-${weight}`, 'data-does': does, ...data }, label)

const valuesOf = (form: HTMLFormElement): Given =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]))

/** What was pressed, sent or switched; undefined where it was none of our controls. */
export const deedIn = ({ type, target }: Event): [name: string, given: Given] | undefined => {
  const control =
    type === 'submit'
      ? (target as HTMLFormElement)
      : (target as Element).closest<HTMLElement>(
          type === 'click' ? 'button[data-does]' : 'input[data-does], select[data-does]',
        )
  const name = control?.dataset.does
  if (!control || !name) return undefined
  const said =
    control instanceof HTMLFormElement
      ? valuesOf(control)
      : control instanceof HTMLInputElement
        ? { on: control.checked ? 'on' : '', value: control.value }
        : control instanceof HTMLSelectElement
          ? { value: control.value }
          : {}
  return [name, { ...said, ...control.dataset }]
}

/** Hears all controls of a page: buttons, forms, switches and choices. */
export const hearDeeds = (act: (name: string, given: Given) => void): void => {
  for (const type of ['click', 'submit', 'change'])
    document.addEventListener(type, event => {
      const deed = deedIn(event)
      if (!deed) return
      if (type === 'submit') event.preventDefault()
      act(...deed)
    })
}
