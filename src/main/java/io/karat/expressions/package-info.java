/** Expressions that users write: the allowed functions, conditions over columns, try semantics. */
package io.karat.expressions;
