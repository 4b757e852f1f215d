/** What a page is given: elements made one by one, so that no text can become markup, and a strict policy has nothing to forbid. */

export type Child = Node | string | undefined | false

export const element = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: { [name: string]: string },
  ...children: Child[]
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(tag)
  for (const name in attributes) made.setAttribute(name, attributes[name] as string)
  for (const child of children) if (child) made.append(child)
  return made
}
