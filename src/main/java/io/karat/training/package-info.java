/** Jobs that fit, compare, judge and simulate models outside a night. */
package io.karat.training;
