type Child = Node | string | null;
type Attributes = Record<string, string | boolean | EventListener>;

/** An element with attributes, listeners (`onclick`) and children. Text is always text: nothing here parses HTML. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A labelled field. */
export function field(label: string, attributes: Attributes & { name: string }, hint?: string): HTMLElement {
  const id = `f-${attributes.name}`;
  const hintId = `${id}-hint`;
  return h(
    'p',
    { class: 'field' },
    h('label', { for: id }, label),
    h('input', {
      id,
      autocomplete: 'off',
      ...attributes,
      ...(hint === undefined ? {} : { 'aria-describedby': hintId }),
    }),
    hint === undefined ? null : h('span', { id: hintId, class: 'hint' }, hint),
  );
}

/** What a form's field holds. */
export function typed(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value.trim() : '';
}
