/** DevTools may be dark where the rest of the system is not, or light where it is dark; and may be changed while they are open. */

/** Chromium calls light `default`. */
const show: Hear = name => {
  document.documentElement.dataset.theme = name === 'dark' ? 'dark' : 'light'
}

type Hear = (name: string) => void

interface ThemedPanels {
  readonly themeName: string
  /** Firefox. */
  readonly onThemeChanged?: { addListener(hear: Hear): void }
  /** Chromium. */
  readonly setThemeChangeHandler?: (hear: Hear) => void
}

export const followTheme = (panels: ThemedPanels): void => {
  show(panels.themeName)
  if (panels.setThemeChangeHandler) panels.setThemeChangeHandler(show)
  else panels.onThemeChanged?.addListener(show)
}
