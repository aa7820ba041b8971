import { readFileSync } from 'node:fs';

/** A document set from a layout, or why it could not be. */
export type SetDocument = { kind: 'set'; pdf: Buffer; pages: number } | { kind: 'not-set'; why: string };

/** Sets one Typst layout with data as tagged PDF (PDF/UA-1); the fonts are the compiler's own, so every machine prints the same. */
export interface Typesetter {
  /** @param inputs what the layout reads as `sys.inputs`: data, never Typst */
  set(inputs: Record<string, string>): SetDocument;
}

/** The compiler is 51 MB and is loaded only where something is printed. */
export async function createTypesetter(layout: URL): Promise<Typesetter> {
  const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler');
  const mainFileContent = readFileSync(layout, 'utf8');
  const compiler = NodeCompiler.create({ fontArgs: [] });
  return {
    set(inputs) {
      const compiled = compiler.compile({ mainFileContent, inputs });
      const document = compiled.result;
      if (document === null) {
        const failure = compiled.takeDiagnostics();
        return {
          kind: 'not-set',
          why: failure === null ? 'no document' : JSON.stringify(compiler.fetchDiagnostics(failure)),
        };
      }
      const pages = document.numOfPages;
      const pdf = compiler.pdf(document, { pdfStandard: 'ua-1' });
      // The compiler remembers every sheet it has set; a print run must not grow with its length.
      compiler.evictCache(2);
      return { kind: 'set', pdf, pages };
    },
  };
}
