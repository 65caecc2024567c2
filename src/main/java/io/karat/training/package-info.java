/** Jobs that fit, compare and judge models outside a night. */
package io.karat.training;
