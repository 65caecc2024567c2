/** What BI sees: releases that appear whole or not at all, and the way back from them. */
package io.karat.publishing;
