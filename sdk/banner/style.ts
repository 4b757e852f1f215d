/**
 * The banner's looks. A constructable stylesheet passes a strict policy. Everything of the page's own style is taken back first, and what a
 * site may set are the custom properties of docs/theming.md.
 */

// What the text says scrolls, the buttons stay in sight: on a phone nobody should have to look for the "no".
// One weight beside the plain one, and no length in `ch`: each face of a font that a page has not used takes a slow phone some ms.
// Not `sticky`: tools that refuse for a visitor take the innermost thing that floats for the whole question.
const CSS = `
#nearside-consent[dir]{all:initial;color-scheme:light dark;
--a:var(--nearside-accent,#1f5c46);--b:var(--nearside-background,#fffdf8);--c:var(--nearside-text,#20261f);--q:var(--nearside-quiet,#4d554b);--l:var(--nearside-line,#d9d5c8);
--s:var(--nearside-size,16px);--r:var(--nearside-radius,8px);--d:var(--nearside-button,var(--b));--e:var(--nearside-button-text,var(--a));
font:var(--s)/1.45 var(--nearside-font,system-ui,sans-serif);color:var(--c);text-align:start}
#nearside-consent[dir] *{all:revert;box-sizing:border-box;margin:0;color:inherit;font-size:inherit;overflow-wrap:anywhere}
#nearside-consent[dir].n-1,#nearside-consent[dir] dialog{position:fixed;inset:auto 0 0;z-index:2147483647;display:grid;grid:minmax(0,1fr) auto/repeat(3,1fr);gap:12px 10px;box-sizing:border-box;width:auto;max-width:none;height:auto;
max-height:88vh;max-height:88dvh;padding:18px max(16px,calc(50vw - var(--nearside-width,960px)/2));border:0;background:var(--b);box-shadow:var(--nearside-shadow,0 0 0 1px var(--l),0 -8px 32px #0003)}
#nearside-consent[dir] .n-s{grid-column:1/-1;overflow:auto;overscroll-behavior:contain}
#nearside-consent[dir] :is(.n-s>*,legend){max-width:42em;margin:0 0 8px;padding:0;line-height:inherit}
#nearside-consent[dir] h2{font-size:1.25em;line-height:1.25}
#nearside-consent[dir] .n-s>ul{display:grid;gap:8px 32px;grid-template-columns:repeat(auto-fit,minmax(min(340px,100%),1fr));max-width:none;list-style:none}
#nearside-consent[dir] :is(li,p){white-space:pre-line;color:var(--q)}
#nearside-consent[dir] li::first-line{font-weight:700;color:var(--c)}
#nearside-consent[dir] a{color:var(--a)}
#nearside-consent[dir] button{min-height:44px;padding:6px 4px;font:inherit;font-weight:700;line-height:1.2;hyphens:auto;cursor:pointer;border-radius:var(--r);border:1.5px solid var(--a);background:var(--d);color:var(--e)}
@media(hover:hover){#nearside-consent[dir] button:hover{background:var(--e);color:var(--d)}}
#nearside-consent[dir] :focus-visible{outline:3px solid var(--a);outline-offset:2px}
#nearside-consent[dir] .n-s:focus-visible{outline-offset:-3px}
@media(max-width:480px){#nearside-consent[dir]{--s:var(--nearside-size,15px)}#nearside-consent[dir].n-1,#nearside-consent[dir] dialog{gap:8px;padding-block:12px}}
@media(prefers-color-scheme:dark){#nearside-consent[dir]{--a:var(--nearside-accent,#9fd8bd);--b:var(--nearside-background,#1b211d);--c:var(--nearside-text,#ece9df);--q:var(--nearside-quiet,#c3c6ba);--l:var(--nearside-line,#3b443d)}}
@media(prefers-contrast:more){#nearside-consent[dir]{--q:var(--c);--l:var(--c)}}
`

let adopted: CSSStyleSheet[] = []

export const adoptStyle = (css = CSS): void => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  adopted.push(sheet)
  document.adoptedStyleSheets.push(sheet)
}

export const dropStyle = (): void => {
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter(each => !adopted.includes(each))
  adopted = []
}
