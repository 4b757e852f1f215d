/** The views' tabs: arrow keys go from one to the next, and only the one in front is reached by Tab. */

import { place, type View } from './view.ts'

export interface Tabs {
  readonly element: HTMLElement
  /** All views; only the one in front is seen. */
  readonly panels: HTMLElement
  /** Brings a view to the front. */
  show(view: View): void
}

export const createTabs = (views: readonly View[], first: View, bring: (view: View) => void): Tabs => {
  const element = place('dt-tabs', 'nav')
  const list = place('dt-tab-list')
  const panels = place('dt-panels', 'main')
  element.setAttribute('aria-label', 'Views')
  list.setAttribute('role', 'tablist')
  element.append(list)

  const buttons = views.map(({ id, title, element: body }) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.id = `tab-${id}`
    button.className = 'dt-tab'
    button.textContent = title
    button.setAttribute('role', 'tab')
    button.setAttribute('aria-controls', `view-${id}`)
    body.id = `view-${id}`
    body.classList.add('dt-view')
    body.setAttribute('role', 'tabpanel')
    body.setAttribute('aria-labelledby', button.id)
    return button
  })

  const show = (front: number): void => {
    buttons.forEach((button, i) => {
      button.setAttribute('aria-selected', String(i === front))
      button.tabIndex = i === front ? 0 : -1
    })
    views.forEach(({ element: body }, i) => {
      body.hidden = i !== front
    })
  }

  const open = (i: number): void => {
    const at = (i + views.length) % views.length
    show(at)
    buttons[at]?.focus()
    bring(views[at] as View)
  }

  list.append(...buttons)
  panels.append(...views.map(({ element: body }) => body))
  list.addEventListener('click', ({ target }) => {
    const i = buttons.indexOf((target as Element).closest('button') as HTMLButtonElement)
    if (i >= 0) open(i)
  })
  list.addEventListener('keydown', event => {
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    const step = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: views.length - 1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    open(step)
  })
  show(views.indexOf(first))
  return { element, panels, show: view => show(views.indexOf(view)) }
}
