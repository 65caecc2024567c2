/** A synthetic firm: invented customers and their history, with a structure that is known. */
package io.karat.generate;
