import Handlebars from 'handlebars';
import type { TemplateEntry } from './entry.ts';
import { variableSchema } from './variables.ts';

type Names = {
  readonly variables: TemplateEntry['variables'];
  readonly where: string;
  /** Inside `each`: `this` is an item. */ readonly inEach: boolean;
};

/**
 * Walks a template's syntax tree and refuses whatever is not plain: text, a catalogued variable in double braces, and
 * `if`, `unless` and `each` over one. So no partial, helper, sub-expression, look-up, path, literal, raw output or
 * decorator can come in with an edited text, whatever the engine's own defences.
 * @throws with the template's name and the place
 */
export function checkSource(source: string, entry: Pick<TemplateEntry, 'variables'>, where: string): hbs.AST.Program {
  const program = Handlebars.parse(source);
  walk(program, { variables: entry.variables, where, inEach: false });
  return program;
}

function walk(program: hbs.AST.Program | undefined, names: Names): void {
  for (const statement of program?.body ?? []) {
    switch (statement.type) {
      case 'ContentStatement':
        break;
      case 'MustacheStatement':
        mustache(statement as hbs.AST.MustacheStatement, names);
        break;
      case 'BlockStatement':
        block(statement as hbs.AST.BlockStatement, names);
        break;
      default:
        refuse(names, statement, `${statement.type} is not allowed`);
    }
  }
}

function mustache(statement: hbs.AST.MustacheStatement, names: Names): void {
  if (!statement.escaped) refuse(names, statement, 'triple braces are not allowed');
  if (statement.params.length > 0 || pairsOf(statement.hash) > 0)
    refuse(names, statement, 'a variable takes no parameters');
  const name = nameOf(statement.path, names);
  if (name === 'this') return;
  if (variableSchema(name)?.kind === 'list') refuse(names, statement, `${name} is a list: use each`);
}

function block(statement: hbs.AST.BlockStatement, names: Names): void {
  const helper = statement.path.original;
  if (helper !== 'if' && helper !== 'unless' && helper !== 'each')
    refuse(names, statement, `block ${String(helper)} is not allowed`);
  const [subject] = statement.params;
  if (subject === undefined || statement.params.length > 1 || pairsOf(statement.hash) > 0)
    refuse(names, statement, `${helper} takes one variable`);
  if ((statement.program?.blockParams?.length ?? 0) > 0) refuse(names, statement, 'block parameters are not allowed');
  const name = nameOf(subject, names);
  if ((helper === 'each') !== (variableSchema(name)?.kind === 'list'))
    refuse(names, statement, `${name} is ${helper === 'each' ? 'no list' : 'a list'}`);
  walk(statement.program, { ...names, inEach: names.inEach || helper === 'each' });
  walk(statement.inverse, names);
}

/** The one catalogued name that an expression is; `this` inside `each`. */
function nameOf(expression: hbs.AST.Node, names: Names): string {
  if (expression.type !== 'PathExpression') refuse(names, expression, `${expression.type} is not allowed`);
  const path = expression as hbs.AST.PathExpression;
  if (names.inEach && path.original === 'this') return 'this';
  const [name] = path.parts;
  const plain = !path.data && path.depth === 0 && path.parts.length === 1 && path.original === name;
  if (!plain || typeof name !== 'string') refuse(names, expression, `${path.original} is not a plain name`);
  if (names.inEach) refuse(names, expression, 'inside each there is only {{this}}');
  if (!(names.variables as readonly string[]).includes(name))
    refuse(names, expression, `${name} is not in the catalogue entry`);
  return name;
}

const pairsOf = (hash: hbs.AST.Hash | undefined): number => hash?.pairs.length ?? 0;

function refuse(names: Names, node: hbs.AST.Node, why: string): never {
  throw new Error(`template ${names.where}, line ${node.loc.start.line}: ${why}`);
}
