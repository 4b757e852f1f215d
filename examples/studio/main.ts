/** Segment Studio: files in, a model and its card out, and nothing sent anywhere. */

import type { ElementNode } from '../../view/element.ts'
import { toDom } from '../../view/to-dom.ts'
import { type Choices, recipeFrom } from './choices.ts'
import type { FromWorker, Learned, Looked, ToWorker } from './protocol.ts'
import { chooseScreen, doneScreen, dropScreen, learnScreen, progressPart, waitScreen } from './screens.ts'

const root = document.querySelector('#studio') as HTMLElement
const find = (id: string): HTMLElement | null => document.getElementById(id)
const press = (id: string, then: () => void): void => find(id)?.addEventListener('click', then)

const draw = (tree: ElementNode): void => {
  root.replaceChildren(toDom(document, tree))
  find('step')?.focus()
}

let files: readonly File[] = []
let worker: Worker | undefined

/** One task at a time: a worker that is asked anew is a new one, so that ending it ends all. */
const ask = (message: ToWorker, hear: (answer: FromWorker) => void): void => {
  worker?.terminate()
  worker = new Worker(new URL('./worker.entry.ts', import.meta.url), { type: 'module' })
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => hear(data)
  worker.onerror = () => hear({ type: 'fault', message: 'The worker could not go on: the file may be too large.' })
  worker.postMessage(message)
}

const begin = (message?: string): void => {
  worker?.terminate()
  draw(dropScreen(message))
  find('files')?.addEventListener('change', event => take((event.target as HTMLInputElement).files))
}

/** Whoever was here before goes on where they left off: at the files. */
const beginAgain = (message?: string): void => {
  begin(message)
  find('files')?.focus()
}

const take = (given: FileList | null | undefined): void => {
  if (!given?.length) return
  files = [...given]
  last = undefined
  draw(waitScreen(`Reading ${files.map(({ name }) => name).join(', ')}`))
  press('cancel', () => beginAgain())
  ask({ type: 'look', files }, answer => {
    if (answer.type === 'fault') beginAgain(answer.message)
    if (answer.type === 'looked') choose(answer.looked)
  })
}

const chosenIn = (form: HTMLFormElement): Choices => {
  const data = new FormData(form)
  const text = (name: string): string => String(data.get(name) ?? '')
  return {
    name: text('name'),
    basis: text('basis'),
    features: data.getAll('features').map(String),
    k: text('k') ? Number(text('k')) : { from: 2, to: 8 },
    method: text('method') === 'ward' ? 'ward' : 'kmeans',
    minimumSize: Number(text('minimum')),
    ...(text('foretell') ? { foretell: JSON.parse(text('foretell')) } : {}),
  }
}

/** Whoever comes back finds what they had chosen. */
let last: FormData | undefined

const restore = (form: HTMLFormElement, data: FormData): void => {
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')) {
    if (field.type === 'checkbox') (field as HTMLInputElement).checked = data.getAll(field.name).includes(field.value)
    else field.value = String(data.get(field.name) ?? '')
  }
}

const choose = (looked: Looked, message?: string): void => {
  draw(chooseScreen(looked, message))
  const form = find('choices')
  if (last && form) restore(form as HTMLFormElement, last)
  press('again', () => beginAgain())
  form?.addEventListener('submit', event => {
    event.preventDefault()
    last = new FormData(event.target as HTMLFormElement)
    const drafted = looked.recipe as string
    learn(looked, looked.given ? drafted : recipeFrom(drafted, chosenIn(event.target as HTMLFormElement)))
  })
}

const learn = (looked: Looked, recipe: string): void => {
  draw(learnScreen())
  press('cancel', () => {
    worker?.terminate()
    choose(looked)
  })
  ask({ type: 'learn', files, recipe }, answer => {
    if (answer.type === 'progress')
      find('progress')?.replaceWith(toDom(document, progressPart(answer.done, answer.what)))
    if (answer.type === 'fault') choose(looked, answer.message)
    if (answer.type === 'learned') show(looked, answer.learned)
  })
}

const save = (name: string, type: string, text: string): void => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  // The browser has taken it by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href))
}

const show = (looked: Looked, learned: Learned): void => {
  const { name, model, card, recipe, named } = learned
  draw(doneScreen(learned))
  press('save-model', () => save(`${name}.model.json`, 'application/json', model))
  press('save-card', () => save(`${name}.card.html`, 'text/html', card))
  press('save-recipe', () => save(`${name}.recipe.json`, 'application/json', recipe))
  press('save-named', () => save(`${name}.named.recipe.json`, 'application/json', named))
  press('back', () => choose(looked))
  press('again', () => beginAgain())
}

addEventListener('dragover', event => {
  event.preventDefault()
  find('drop')?.classList.add('st-over')
})
addEventListener('dragleave', event => {
  if (!event.relatedTarget) find('drop')?.classList.remove('st-over')
})
addEventListener('drop', event => {
  event.preventDefault()
  if (find('drop')) take(event.dataTransfer?.files)
})

begin()
