/** A synthetic firm: invented customers and their history, with a known structure. */
package io.karat.generate;
