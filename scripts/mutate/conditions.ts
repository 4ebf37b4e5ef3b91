import ts from 'typescript';

import { type Change, short } from './mutant.ts';

/** A condition replaced by what it would always be. */
export interface Decided extends Change {
  readonly was: string;
}

const ALWAYS = new Set(['some', 'every', 'filter', 'find', 'findLast']);

const isLogical = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) &&
  [ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken].includes(node.operatorToken.kind);

const isBoolean = (type: ts.TypeNode | undefined): boolean => type?.kind === ts.SyntaxKind.BooleanKeyword;

/** Is this the body of a function whose answer is yes or no? */
const isAnswer = (node: ts.Node, parent: ts.Node): boolean => {
  if (ts.isReturnStatement(parent)) {
    const made = ts.findAncestor(parent, ts.isFunctionLike);
    return isBoolean(made?.type);
  }
  if (!ts.isArrowFunction(parent) || parent.body !== node) return false;
  if (isBoolean(parent.type)) return true;
  const call = parent.parent;
  return (
    ts.isCallExpression(call) &&
    ts.isPropertyAccessExpression(call.expression) &&
    ALWAYS.has(call.expression.name.text)
  );
};

/** Is this read as yes or no? */
const isCondition = (node: ts.Node): boolean => {
  const { parent } = node;
  if (parent === undefined) return false;
  if (ts.isParenthesizedExpression(parent)) return isCondition(parent);
  return (
    (ts.isIfStatement(parent) && parent.expression === node) ||
    (ts.isConditionalExpression(parent) && parent.condition === node) ||
    (ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken) ||
    (isLogical(parent) && isCondition(parent)) ||
    isAnswer(node, parent)
  );
};

/** Every condition of a source, and every part of one, decided: always yes, and always no. */
export const decidedConditions = (name: string, text: string): readonly Decided[] => {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const found: Decided[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isExpression(node) && !ts.isParenthesizedExpression(node) && isCondition(node)) {
      const was = node.getText(source);
      if (was !== 'true' && was !== 'false')
        for (const value of ['true', 'false'])
          found.push({ start: node.getStart(source), end: node.end, with: value, was: short(was) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

/** Does this statement only turn somebody or something away? */
const turnsAway = (statement: ts.Statement): boolean => {
  const only =
    ts.isBlock(statement) && statement.statements.length === 1 ? statement.statements[0] : statement;
  if (only === undefined || ts.isBlock(only)) return false;
  if (ts.isReturnStatement(only)) {
    const given = only.expression;
    return (
      given === undefined ||
      given.kind === ts.SyntaxKind.NullKeyword ||
      given.kind === ts.SyntaxKind.FalseKeyword ||
      /^(?:undefined$|refuse\(|\{ refusal)/u.test(given.getText())
    );
  }
  return ts.isThrowStatement(only) || ts.isContinueStatement(only) || ts.isBreakStatement(only);
};

/** The parts of `a || b || c`, and the whole. */
const parts = (node: ts.Expression): readonly ts.Expression[] => {
  const bare = ts.isParenthesizedExpression(node) ? node.expression : node;
  return isLogical(bare) && bare.operatorToken.kind === ts.SyntaxKind.BarBarToken
    ? [bare, ...[bare.left, bare.right].flatMap((side) => parts(side))]
    : [bare];
};

/** Every guard of a source, an `if` that turns away, taken out: as a whole, and each of its reasons. */
export const guardsTakenOut = (name: string, text: string): readonly Decided[] => {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const found: Decided[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIfStatement(node) && node.elseStatement === undefined && turnsAway(node.thenStatement))
      for (const part of parts(node.expression))
        found.push({
          start: part.getStart(source),
          end: part.end,
          with: 'false',
          was: short(part.getText(source)),
        });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};
