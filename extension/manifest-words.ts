/** What browsers and stores say of the extension, by language: they look it up themselves. */
export const MANIFEST_WORDS = {
  en: {
    description: 'See what a site that uses Nearside keeps about you in this browser, and delete it.',
    title: 'What does this site keep?',
  },
  de: {
    description: 'Sieh, was eine Seite mit Nearside in diesem Browser über dich speichert, und lösche es.',
    title: 'Was speichert diese Seite?',
  },
  fr: {
    description: 'Voyez ce qu’un site qui utilise Nearside conserve sur vous dans ce navigateur, et effacez-le.',
    title: 'Que conserve ce site ?',
  },
  es: {
    description: 'Mira lo que un sitio que usa Nearside guarda sobre ti en este navegador, y bórralo.',
    title: '¿Qué guarda este sitio?',
  },
  'pt-br': {
    description: 'Veja o que um site que usa o Nearside guarda sobre você neste navegador, e apague.',
    title: 'O que este site guarda?',
  },
}
