export { OperatorError } from './domain/errors.ts';
