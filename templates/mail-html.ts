/**
 * The HTML part of a mail, made from its text part: the same words, so that nothing is decided about one and sent as the
 * other. Built here and not by a mail framework: one column, no pictures, no tracking, nothing loaded from anywhere.
 */
export function mailHtml(mail: { subject: string; text: string; language: 'en' | 'es' }): string {
  const paragraphs = mail.text
    .split(/\n[ \t]*\n+/)
    .map((chunk) => `<p style="margin:0 0 16px">${chunk.trim().split('\n').map(line).join('<br>')}</p>`)
    .join('\n');
  return `<!doctype html>
<html lang="${mail.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${escapeHtml(mail.subject)}</title></head>
<body style="margin:0;padding:24px 16px"><div style="max-width:560px;margin:0 auto;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Arial,sans-serif">
${paragraphs}
</div></body></html>`;
}

/** Addresses of pages become links; everything else is text. */
function line(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/)
    .map((part, index) =>
      index % 2 === 1 ? `<a href="${escapeHtml(part)}">${escapeHtml(part)}</a>` : escapeHtml(part),
    )
    .join('');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
