/** Models: fitted on customers once, and then applied night after night. */
package io.karat.models;
